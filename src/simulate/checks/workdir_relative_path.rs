//! `WorkdirRelativePath`: a relative path means what the base image wants it to mean.

use super::{Checks, Rule};
use crate::{simulate::history::quoted, text::Span};

pub(super) const RULE: Rule = Rule::new(
    "WorkdirRelativePath",
    "Relative workdir without an absolute workdir declared within the build can have unexpected results if the base \
     image changes",
    "Begin the path with a slash.",
);

/// Looks at the first `WORKDIR` of a stage and of the stages below it.
pub(super) fn check(checks: &mut Checks, path: &str, is_windows: bool, place: Span) {
    if !is_absolute(path, is_windows) {
        let message = format!(
            "Relative workdir {} can have unexpected results if the base image changes",
            quoted(path)
        );
        checks.warn(&RULE, place, message);
    }
}

fn is_absolute(path: &str, is_windows: bool) -> bool {
    if !is_windows {
        return path.starts_with('/');
    }
    let mut chars = path.chars();
    let has_drive =
        chars.next().is_some_and(|it| it.is_ascii_alphabetic()) && chars.next() == Some(':');
    let rest = if has_drive { chars.as_str() } else { path };
    rest.starts_with(['/', '\\'])
}
