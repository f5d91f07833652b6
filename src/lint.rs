//! Rules for Dockerfiles: what is allowed but unwise, and why.

use crate::{
    diagnostic::{Diagnostic, Severity},
    syntax::{self, Parse},
};

/// A rule: what it is called, what it says, why.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The code that findings carry: `DL3007`.
    pub code: &'static str,
    /// What it is about, in words: `latest-base`.
    pub name: &'static str,
    /// How bad its findings are.
    pub severity: Severity,
    /// Markdown: why, with examples.
    pub docs: &'static str,
}

/// All rules, by code.
pub const RULES: &[Rule] = &[];

/// The rule with this code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|it| it.code == code)
}

/// What is wrong or unwise in a Dockerfile, in order of place.
pub fn lint(source: &str) -> Vec<Diagnostic> {
    lint_parsed(source, &syntax::parse(source))
}

/// The same for a file that is parsed already.
pub fn lint_parsed(source: &str, parse: &Parse<'_>) -> Vec<Diagnostic> {
    let _ = source;
    parse.errors.clone()
}
