//! Rules for Dockerfiles: what builders allow but people regret, and why.
//!
//! A rule is one file in `rules`: its documentation, its name, its check. The examples in the
//! documentation are its tests, see `lint/tests.rs`.

mod checker;
mod declare;
mod rules;
pub mod shell;
#[cfg(test)]
mod tests;

use std::fmt;

pub use rules::RULES;

use crate::{
    diagnostic::{Diagnostic, Severity},
    lint::checker::Checker,
    order,
    syntax::{self, Parse},
};

/// A rule: what it is called, what it says, why.
#[derive(Clone, Copy)]
pub struct Rule {
    /// The code that findings carry: `DL3007`.
    pub code: &'static str,
    /// What it objects to, in words: `latest-base`.
    pub name: &'static str,
    /// How bad its findings are.
    pub severity: Severity,
    /// Markdown: why, with examples.
    pub docs: &'static str,
    check: fn(&mut Checker<'_>),
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.name)
    }
}

/// The rule with this code or this name.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|it| it.code == code || it.name == code)
}

/// What is wrong or unwise in a Dockerfile, in order of place.
pub fn lint(source: &str) -> Vec<Diagnostic> {
    lint_parsed(source, &syntax::parse(source))
}

/// The same for a file that is parsed already.
pub fn lint_parsed(source: &str, parse: &Parse<'_>) -> Vec<Diagnostic> {
    let mut found = run(RULES, source, parse);
    found.extend(parse.errors.iter().cloned());
    order::sort_by_key(&mut found, |it| it.span);
    found
}

fn run(rules: &[Rule], source: &str, parse: &Parse<'_>) -> Vec<Diagnostic> {
    let mut checker = Checker::new(source, parse);
    for rule in rules {
        checker.start(rule);
        (rule.check)(&mut checker);
    }
    checker.finish()
}
