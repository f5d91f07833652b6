//! BuildKit's build checks: what `docker build` and `docker build --check` warn about.
//!
//! The rules are those of BuildKit's `frontend/dockerfile/linter`. They run in the order of a build, and an error ends
//! them where it ends the build: first the text, then each instruction, then the file, then the `FROM` lines, then the
//! stages that are built.

mod consistent_instruction_casing;
mod copy_ignored_file;
mod duplicate_stage_name;
mod expose_invalid_format;
mod expose_proto_casing;
mod file;
mod from_as_casing;
mod from_platform_flag_const_disallowed;
mod invalid_base_image_platform;
mod invalid_default_arg_in_from;
mod invalid_definition_description;
mod json_args_recommended;
mod legacy_key_value_format;
mod maintainer_deprecated;
mod multiple_instructions_disallowed;
mod no_empty_continuation;
mod redundant_target_platform;
mod reserved_stage_name;
mod secrets_used_in_arg_or_env;
mod stage_name_casing;
mod step;

#[cfg(test)]
mod tests;
mod undefined_arg_in_from;
mod undefined_var;
mod workdir_relative_path;

use step::Above;

use crate::{
    diagnostic::Diagnostic,
    ignore,
    image::Platform,
    order,
    simulate::{Options, Warning, similar::MAX_COMPARED, step::wrong},
    syntax::{CheckOptions, check_options::check_directive},
    text::{LineIndex, Span},
};

/// The build argument that replaces `# check=`.
const BUILD_ARGUMENT: &str = "BUILDKIT_DOCKERFILE_CHECK";
/// More warnings are not kept: nobody reads them, and a hostile file has a million of them.
const MAX_WARNINGS: usize = 1_000;

const HELP: &str = "Options look like skip=StageNameCasing,UndefinedVar;error=true, or skip=all.";

/// All build checks, in BuildKit's order.
pub const RULES: [&Rule; 22] = [
    &stage_name_casing::RULE,
    &from_as_casing::RULE,
    &no_empty_continuation::RULE,
    &consistent_instruction_casing::RULE,
    &duplicate_stage_name::RULE,
    &reserved_stage_name::RULE,
    &json_args_recommended::RULE,
    &maintainer_deprecated::RULE,
    &undefined_arg_in_from::RULE,
    &workdir_relative_path::RULE,
    &undefined_var::RULE,
    &multiple_instructions_disallowed::RULE,
    &legacy_key_value_format::RULE,
    &invalid_base_image_platform::RULE,
    &redundant_target_platform::RULE,
    &secrets_used_in_arg_or_env::RULE,
    &invalid_default_arg_in_from::RULE,
    &from_platform_flag_const_disallowed::RULE,
    &copy_ignored_file::RULE,
    &invalid_definition_description::RULE,
    &expose_proto_casing::RULE,
    &expose_invalid_format::RULE,
];

impl Warning {
    /// What Docker prints: `Rule: message (line 3)`.
    pub fn docker_text(&self, source: &str) -> String {
        let line = LineIndex::new(source).line(self.span.start);
        format!("{}: {} (line {line})", self.rule, self.message)
    }
}

/// A build check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its name, such as `StageNameCasing`.
    pub name: &'static str,
    /// What it is about, in BuildKit's words.
    pub description: &'static str,
    /// What to do, in our words.
    pub help: &'static str,
    /// Whether it runs only if `# check=experimental=` asks for it.
    pub is_experimental: bool,
    /// Whether Docker's documentation has a page about it.
    has_page: bool,
}

impl Rule {
    const fn new(name: &'static str, description: &'static str, help: &'static str) -> Self {
        Self { name, description, help, is_experimental: false, has_page: true }
    }

    /// The check of this name.
    pub fn find(name: &str) -> Option<&'static Self> {
        RULES.into_iter().find(|it| it.name == name)
    }

    /// Where Docker's documentation explains it.
    pub fn url(&self) -> Option<String> {
        let mut url = "https://docs.docker.com/go/dockerfile/rule/".to_owned();
        let mut letters = self.name.chars().peekable();
        let mut before = '-';
        while let Some(it) = letters.next() {
            let next_is_lower = letters.peek().is_some_and(char::is_ascii_lowercase);
            let starts_word = before.is_ascii_lowercase() || next_is_lower;
            if it.is_ascii_uppercase() && starts_word && before != '-' {
                url.push('-');
            }
            url.push(it.to_ascii_lowercase());
            before = it;
        }
        url.push('/');
        self.has_page.then_some(url)
    }
}

/// The patterns of the context's `.dockerignore`, which is readable.
pub(super) fn ignored(options: &Options<'_>) -> Vec<String> {
    let file = options.context.and_then(|it| it.ignore_file());
    file.and_then(|it| ignore::read(it.1).ok()).unwrap_or_default()
}

/// The checks of one build, and what they have found.
#[derive(Debug, Default)]
pub(super) struct Checks {
    options: CheckOptions,
    /// Where the build is.
    place: Span,
    /// What the comments there add.
    local: Option<CheckOptions>,
    /// Whether an error has ended the build, as far as BuildKit does it before it runs commands.
    has_ended: bool,
    warnings: Vec<Warning>,
    /// How many names were compared for suggestions.
    compared: usize,
    /// What the stages have done so far.
    above: Vec<Above>,
}

impl Checks {
    /// The checks as the file or the build argument wants them. An error ends them: the options cannot be read.
    pub(super) fn new(source: &str, options: &Options<'_>) -> (Self, Option<Diagnostic>) {
        let argument = options.build_args.get(BUILD_ARGUMENT).map(String::as_str);
        let (text, place) = match argument {
            Some(text) => (text, "build-arg:BUILDKIT_DOCKERFILE_CHECK"),
            None => (check_directive(source).unwrap_or_default(), "check options"),
        };
        match CheckOptions::parse(text) {
            Ok(options) => (Self { options, ..Self::default() }, None),
            Err(error) => {
                let message = format!("failed to parse {place}: {error}");
                let error = Diagnostic::error(Span::at(0), message).with_help(HELP);
                (Self { has_ended: true, ..Self::default() }, Some(error))
            }
        }
    }

    /// Whether warnings fail the build.
    pub(super) fn can_fail(&self) -> bool {
        self.options.error
    }

    /// From here on, nothing is warned about: the build has failed.
    pub(super) fn end(&mut self) {
        self.has_ended = true;
    }

    /// The same, if there are errors.
    pub(super) fn end_if(&mut self, has_errors: bool) {
        self.has_ended |= has_errors;
    }

    /// Looks at a base image.
    pub(super) fn base_image(
        &mut self,
        name: &str,
        expected: &Platform,
        actual: &Platform,
        place: Span,
    ) {
        invalid_base_image_platform::check(self, name, expected, actual, place);
    }

    /// Sets the place that is looked at, and the comments above it: they may switch checks off, or experimental ones on.
    pub(super) fn look_at(&mut self, place: Span, comments: &[&str]) {
        self.place = place;
        self.local = CheckOptions::of_comments(comments.iter().copied());
    }

    fn warn(&mut self, rule: &'static Rule, span: Span, message: impl Into<String>) {
        let Rule { name, is_experimental, .. } = *rule;
        // A comment adds to what is skipped, and to the experimental checks that run.
        let mut all = [Some(&self.options), self.local.as_ref()].into_iter().flatten();
        let allows = |it: &CheckOptions| it.allows(name, is_experimental);
        let runs = if is_experimental { all.any(allows) } else { all.all(allows) };
        if runs && !self.is_full() {
            self.warnings.push(Warning { rule: name, message: message.into(), span });
        }
    }

    fn is_full(&self) -> bool {
        self.has_ended || self.warnings.len() >= MAX_WARNINGS
    }

    /// How many of `count` names to compare for a suggestion: all or none.
    fn room_to_compare(&mut self, count: usize) -> usize {
        self.compared += count;
        if self.compared > MAX_COMPARED { 0 } else { count }
    }

    /// What was found; and the error, if warnings fail the build.
    pub(super) fn finish(self) -> (Vec<Warning>, Option<Diagnostic>) {
        let mut names: Vec<&str> = self.warnings.iter().map(|it| it.rule).collect();
        order::sort_by(&mut names, Ord::cmp);
        names.dedup();
        let fails = self.options.error && !names.is_empty() && !self.has_ended;
        let error = format!("lint violation found for rules: {}", names.join(", "));
        let place = self.warnings.iter().map(|it| it.span).min().unwrap_or_default();
        let help = "Mend what is warned about, or take error=true out of the check options.";
        let error = fails.then(|| wrong(place, error, help));
        (self.warnings, error)
    }
}

/// The words of an instruction's arguments, as BuildKit counts them for `FROM`.
fn words(arguments: &str) -> impl Iterator<Item = &str> {
    arguments.split(['\t', '\x0b', '\x0c', '\r', ' ']).filter(|it| !it.is_empty())
}
