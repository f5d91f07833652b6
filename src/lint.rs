//! Rules for Dockerfiles: what builders allow but people regret, and why.
//!
//! A rule is one file in `rules`: its documentation, its code, its check. The examples in the documentation are its
//! tests, see `lint/tests.rs`. A check of the shell in `RUN` is one file in `shell/checks`, of the same form.

mod apk;
mod apt;
mod cache;
mod checker;
mod declare;
mod downloads;
mod edit;
mod files;
pub mod fix;
mod image;
mod labels;
mod mounts;
mod packages;
mod pip;
mod ports;
mod reader;
mod replaced;
mod rule;
mod rules;
pub mod settings;
pub mod shell;
pub mod suppress;
#[cfg(test)]
mod tests;
mod texts;

pub(crate) use checker::unset::words as expanded_words;
pub(crate) use edit::line_end;
pub use rule::{Rule, State, find, rules};
pub use rules::RULES;
pub use settings::Settings;

use std::sync::LazyLock;

use crate::{
    diagnostic::Diagnostic,
    lint::checker::{Checker, Facts},
    order,
    syntax::{self, Parse},
};

/// What is wrong or unwise in a Dockerfile, in order of place, with the rules that are on for everyone.
pub fn lint(source: &str) -> Vec<Diagnostic> {
    lint_parsed(source, &syntax::parse(source))
}

/// The same for a file that is parsed already.
pub fn lint_parsed(source: &str, parse: &Parse<'_>) -> Vec<Diagnostic> {
    static DEFAULT: LazyLock<Settings> = LazyLock::new(Settings::default);
    lint_with(source, parse, &DEFAULT).shown
}

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Linted {
    /// The findings, in order of place.
    pub shown: Vec<Diagnostic>,
    /// What a comment silences, in order of place.
    pub silenced: Vec<Diagnostic>,
}

/// What is wrong or unwise in a parsed file, as the settings want it.
pub fn lint_with(source: &str, parse: &Parse<'_>, settings: &Settings) -> Linted {
    let found = found(source, parse, settings);
    settings.apply(source, parse, found)
}

/// What the rules find, and what the parser says, in order of place. No comment is asked.
fn found(source: &str, parse: &Parse<'_>, settings: &Settings) -> Vec<Diagnostic> {
    let facts = Facts::new(source, parse);
    let checker = Checker::new(&facts, settings);
    checker.run();
    let mut found = checker.finish();
    found.extend(parse.errors.iter().cloned().map(reader::named));
    order::sort_by_key(&mut found, |it| it.span);
    found
}
