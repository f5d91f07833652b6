//! The global scope: `ARG`s above the first `FROM`, and the platform's own. Only `FROM` lines see it.

use std::collections::BTreeMap;

use crate::{
    diagnostic::Diagnostic,
    image::Platform,
    scope::expand::{ExpandError, Expanded, expand},
    syntax::{BUILD, Instruction, InstructionKind, Text},
};

/// The variables of the global scope.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Globals {
    values: BTreeMap<String, String>,
    /// The names with a value, in the order of definition.
    names: Vec<String>,
}

/// What decides about the global scope besides the file.
#[derive(Debug, Clone, Copy)]
pub struct GlobalOptions<'a> {
    /// `--build-arg`.
    pub build_args: &'a BTreeMap<String, String>,
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
        build_args: &BTreeMap<String, String>,
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
        let (globals, errors) = Self::automatic(options).read(global, &BTreeMap::new(), escape);
        errors.is_empty().then_some(globals)
    }

    fn read(
        self,
        global: &[Instruction<'_>],
        build_args: &BTreeMap<String, String>,
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
                    Ok(value) => globals.set(name, value),
                    Err(error) => errors.push(*error),
                }
            }
        }
        (globals, errors)
    }

    /// What every build has.
    fn automatic(options: &GlobalOptions<'_>) -> Self {
        let mut globals = Self::default();
        for (prefix, it) in [("BUILD", options.build), ("TARGET", options.platform)] {
            for (name, value) in [
                ("PLATFORM", it.to_string().as_str()),
                ("OS", &it.os),
                ("OSVERSION", &it.os_version),
                ("ARCH", &it.architecture),
                ("VARIANT", &it.variant),
            ] {
                globals.set(&format!("{prefix}{name}"), value.to_owned());
            }
        }
        globals.set("TARGETSTAGE", options.target.to_owned());
        for name in globals.names.clone() {
            if let Some(given) = options.build_args.get(&name) {
                globals.set(&name, given.clone());
            }
        }
        globals
    }

    /// Sets a variable.
    pub(crate) fn set(&mut self, name: &str, value: String) {
        if self.values.insert(name.to_owned(), value).is_none() {
            self.names.push(name.to_owned());
        }
    }

    /// Takes a variable away.
    pub(crate) fn remove(&mut self, name: &str) {
        if self.values.remove(name).is_some() {
            self.names.retain(|it| it != name);
        }
    }

    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// The names of the variables that have a value, in the order of definition.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// A word of a `FROM` line, expanded.
    pub fn expand(&self, word: &Text<'_>, escape: char) -> Result<Expanded, Box<Diagnostic>> {
        expand(word, escape, &|name| self.get(name)).map_err(|it| cannot_expand(word, &it))
    }
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
