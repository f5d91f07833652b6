//! The global scope: `ARG`s above the first `FROM`, and the platform's own. Only `FROM` lines see it.

use std::{borrow::Cow, sync::LazyLock};

use crate::{
    diagnostic::Diagnostic,
    image::Platform,
    order::{Map, Places},
    scope::expand::{ExpandError, Expanded, expand},
    syntax::{BUILD, Instruction, InstructionKind, Text},
};

/// The variables of the global scope.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Globals {
    /// Names and values, in the order of definition.
    all: Cow<'static, [(Fixed, Fixed)]>,
    places: Places,
}

/// Most names and values are the same in every build.
type Fixed = Cow<'static, str>;

/// What decides about the global scope besides the file.
#[derive(Debug, Clone, Copy)]
pub struct GlobalOptions<'a> {
    /// `--build-arg`.
    pub build_args: &'a Map<String>,
    /// The value of `TARGETSTAGE`.
    pub target: &'a str,
    /// The machine that builds.
    pub build: &'a Platform,
    /// The machine that the image is for.
    pub platform: &'a Platform,
}

impl Globals {
    /// Reads the `ARG`s above the first `FROM`, for `linux/amd64`. `target` is the value of `TARGETSTAGE`.
    pub fn new(
        global: &[Instruction<'_>],
        build_args: &Map<String>,
        target: &str,
        escape: char,
    ) -> (Self, Vec<Diagnostic>) {
        let platform = &Platform::default();
        let options = GlobalOptions { build_args, target, build: platform, platform };
        Self::with(global, &options, escape)
    }

    /// Reads the `ARG`s above the first `FROM`. What every build has, BuildKit's automatic arguments, stands above them.
    pub fn with(
        global: &[Instruction<'_>],
        options: &GlobalOptions<'_>,
        escape: char,
    ) -> (Self, Vec<Diagnostic>) {
        Self::automatic(options).read(global, options.build_args, escape)
    }

    /// The same as if the `ARG`s of the file were given no values; `None` if a default value cannot be expanded.
    pub fn defaults(
        global: &[Instruction<'_>],
        options: &GlobalOptions<'_>,
        escape: char,
    ) -> Option<Self> {
        let (globals, errors) = Self::automatic(options).read(global, &Map::new(), escape);
        errors.is_empty().then_some(globals)
    }

    fn read(
        self,
        global: &[Instruction<'_>],
        build_args: &Map<String>,
        escape: char,
    ) -> (Self, Vec<Diagnostic>) {
        let mut globals = self;
        let mut errors = Vec::new();
        for instruction in global {
            let InstructionKind::Arg(arg) = &instruction.kind else { continue };
            for variable in &arg.variables {
                let name = variable.name.as_str();
                let value = match (build_args.get(name), &variable.default) {
                    (Some(given), _) => Ok(given.clone()),
                    (None, Some(default)) => globals.expand(default, escape).map(|it| it.text),
                    (None, None) => continue,
                };
                match value {
                    Ok(value) => globals.set(name.to_owned(), value),
                    Err(error) => errors.push(*error),
                }
            }
        }
        (globals, errors)
    }

    /// What every build has.
    fn automatic(options: &GlobalOptions<'_>) -> Self {
        let is_common = |it: &Platform| *it == *COMMON_PLATFORM;
        if is_common(options.build)
            && is_common(options.platform)
            && options.target == COMMON_TARGET
            && options.build_args.is_empty()
        {
            return Self { all: Cow::Borrowed(&COMMON_ALL), places: Places::default() };
        }
        let mut all = automatic(options.build, options.platform, options.target);
        if !options.build_args.is_empty() {
            for (name, value) in &mut all {
                if let Some(given) = options.build_args.get(name.as_ref()) {
                    *value = given.clone().into();
                }
            }
        }
        Self { all: all.into(), places: Places::default() }
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.places.find(name, self.all.len(), &|it| self.all.get(it).map(|it| it.0.as_ref()))
    }

    /// Sets a variable.
    pub(crate) fn set(&mut self, name: impl Into<Fixed>, value: impl Into<Fixed>) {
        let (name, value) = (name.into(), value.into());
        let place = self.place(&name);
        let all = self.all.to_mut();
        match place.and_then(|it| all.get_mut(it)) {
            Some(old) => old.1 = value,
            None => {
                all.push((name, value));
                self.note();
            }
        }
    }

    /// Takes a variable away.
    pub(crate) fn remove(&mut self, name: &str) {
        if let Some(place) = self.place(name) {
            self.all.to_mut().remove(place);
            self.places = Places::default();
            self.note();
        }
    }

    fn note(&mut self) {
        let all = &self.all;
        self.places.note(all.len(), &|it| all.get(it).map(|it| it.0.as_ref()));
    }

    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all.get(self.place(name)?).map(|it| it.1.as_ref())
    }

    /// The names of the variables that have a value, in the order of definition.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|it| it.0.as_ref())
    }

    /// A word of a `FROM` line, expanded.
    pub fn expand(&self, word: &Text<'_>, escape: char) -> Result<Expanded, Box<Diagnostic>> {
        expand(word, escape, &|name| self.get(name)).map_err(|it| cannot_expand(word, &it))
    }
}

const BUILD_NAMES: [&str; 5] =
    ["BUILDPLATFORM", "BUILDOS", "BUILDOSVERSION", "BUILDARCH", "BUILDVARIANT"];
const TARGET_NAMES: [&str; 5] =
    ["TARGETPLATFORM", "TARGETOS", "TARGETOSVERSION", "TARGETARCH", "TARGETVARIANT"];

const TARGET_STAGE: &str = "TARGETSTAGE";

/// The target of a file whose last stage has no name.
const COMMON_TARGET: &str = "default";

/// What a build of such a file has on the simulated machine for the same: most builds.
static COMMON_ALL: LazyLock<Vec<(Fixed, Fixed)>> = LazyLock::new(|| {
    let platform = &*COMMON_PLATFORM;
    automatic(platform, platform, COMMON_TARGET)
});

static COMMON_PLATFORM: LazyLock<Platform> = LazyLock::new(Platform::default);

/// The variables of the platforms and of the target.
fn automatic(build: &Platform, target: &Platform, stage: &str) -> Vec<(Fixed, Fixed)> {
    // They are few, and each is another one: nobody has to look for them.
    let mut all = Vec::with_capacity(16);
    for (names, it) in [(BUILD_NAMES, build), (TARGET_NAMES, target)] {
        all.extend(names.into_iter().map(Fixed::from).zip(values_of(it)));
    }
    all.push((TARGET_STAGE.into(), fixed(stage)));
    all
}

/// The commonest values.
const COMMON: [&str; 5] = ["", "linux", "amd64", "arm64", "default"];

/// A value, which is not copied if it is a common one.
fn fixed(value: &str) -> Fixed {
    match COMMON.into_iter().find(|it| *it == value) {
        Some(common) => common.into(),
        None => value.to_owned().into(),
    }
}

/// What the variables of a platform say, in the order of their names.
fn values_of(it: &Platform) -> [Fixed; 5] {
    let Platform { os, architecture, variant, os_version, os_features: _ } = it;
    [it.to_string().into(), fixed(os), fixed(os_version), fixed(architecture), fixed(variant)]
}

/// Docker's error for a word that it cannot expand.
pub fn cannot_expand(word: &Text<'_>, error: &ExpandError) -> Box<Diagnostic> {
    let message = format!("failed to process {:?}: {error}", word.as_str());
    let help = match error {
        ExpandError::MissingBrace => "Close the substitution with a brace.",
        ExpandError::OpenQuote(_) => "Close the quote, or write the escape character before it.",
        ExpandError::Required(..) => "Give the variable a value, for example with --build-arg.",
        ExpandError::Modifier(_) | ExpandError::BadSubstitution | ExpandError::MissingSlash => {
            "Docker knows ${name}, ${name:-x}, ${name:+x}, ${name:?x}, ${name#x}, ${name%x} and ${name/x/y}."
        }
        ExpandError::Pattern(..) => "Only *, ? and the backslash can be escaped in a pattern.",
        ExpandError::TooDeep | ExpandError::TooLong => {
            "Dockwright does not simulate texts of this size."
        }
    };
    Box::new(Diagnostic { code: BUILD, ..Diagnostic::error(word.span, message).with_help(help) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_most_builds_have_is_what_the_rules_give() {
        let platform = &Platform::default();
        let names = BUILD_NAMES.into_iter().chain(TARGET_NAMES);
        let values = [values_of(platform), values_of(platform)].concat();
        let target = (TARGET_STAGE.into(), COMMON_TARGET.into());
        let expected: Vec<_> = names.map(Fixed::from).zip(values).chain([target]).collect();
        let build_args = &Map::new();
        let options =
            GlobalOptions { build_args, target: COMMON_TARGET, build: platform, platform };
        let globals = Globals::automatic(&options);
        assert!(matches!(globals.all, Cow::Borrowed(_)));
        assert_eq!(*globals.all, *expected);
    }
}
