//! Checks of the shell in `RUN`, under `ShellCheck`'s numbers: what they object to is the same, the words are ours.
//!
//! A check is one file in `checks`: its documentation, its name, its code. [`Script`](script::Script) is what it sees.

mod checks;
mod declare;
mod flow;
mod run;
pub(super) mod script;
mod stage;
#[cfg(test)]
mod tests;
mod variables;

use std::borrow::Cow;

pub use checks::CHECKS;
pub use stage::{RunScript, scripts};
pub use variables::Variables;

use crate::{
    diagnostic::Fix,
    lint::{Rule, rule::Check},
    order,
    text::Span,
};

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
    /// A repair that a tool can make.
    pub fix: Option<Fix>,
}

/// What all checks find in a script, in order of place.
pub fn check(run: &RunScript<'_>) -> Vec<Problem> {
    let checks: Vec<_> = CHECKS.iter().collect();
    check_with(run, &checks).into_iter().map(|it| it.1).collect()
}

/// What these checks find in a script, in order of place, with the check's place in the list. A script that the shell
/// cannot read has other troubles.
pub(super) fn check_with(run: &RunScript<'_>, checks: &[&Rule]) -> Vec<(usize, Problem)> {
    let is_wanted = run.dialect.is_posix() && !checks.is_empty();
    let Some(tree) = run.script.tree().filter(|_| is_wanted) else {
        return Vec::new();
    };
    let script = script::Script::new(run, tree);
    for (at, rule) in checks.iter().enumerate() {
        if let Check::Script(check) = rule.check
            && (tree.mistakes.is_empty() || rule.code.starts_with("SC1"))
        {
            script.start(at, rule.code);
            check(&script);
        }
    }
    let mut found = script.finish();
    order::sort_by_key(&mut found, |it| it.1.span);
    found
}
