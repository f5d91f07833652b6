//! Checks of the shell in `RUN`, under `ShellCheck`'s numbers: what they object to is the same, the words are ours.
//!
//! A check is one file in `checks`: its documentation, its name, its code. [`Script`](script::Script) is what it sees.

mod checks;
mod declare;
mod flow;
mod run;
mod script;
mod stage;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub use checks::CHECKS;
pub use stage::{RunScript, scripts};

use crate::{
    diagnostic::{Edit, Severity},
    order,
    text::Span,
};

/// A check: what it is called, what it objects to, why.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// The number: `SC2086`.
    pub code: &'static str,
    /// What it objects to, in words: `unquoted-variable`.
    pub name: &'static str,
    /// How bad its findings are.
    pub severity: Severity,
    /// Whether it is still tried out.
    pub is_preview: bool,
    /// Markdown: what and why, with examples.
    pub docs: &'static str,
    run: fn(&script::Script),
}

/// What a check has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The number: `SC2086`.
    pub code: &'static str,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: Cow<'static, str>,
    /// What to do.
    pub help: &'static str,
    /// What would mend it.
    pub repair: Option<Repair>,
}

/// What would mend a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// What it does: `Quote the variable`.
    pub title: &'static str,
    /// Whether the script does the same afterwards.
    pub is_safe: bool,
    /// The edits.
    pub edits: Vec<Edit>,
}

/// What the checks find in a script, in order of place. One that the shell cannot read has other troubles.
pub fn check(run: &RunScript) -> Vec<Problem> {
    if !run.dialect.is_posix() {
        return Vec::new();
    }
    let script = script::Script::new(run);
    for it in CHECKS {
        if script.tree.mistakes.is_empty() || it.code.starts_with("SC1") {
            script.start(it.code);
            (it.run)(&script);
        }
    }
    let mut found = script.finish();
    order::sort_by_key(&mut found, |it| it.span);
    found
}
