//! `CopyIgnoredFile`: what `.dockerignore` takes away cannot be copied.

use super::{Checks, Rule};
use crate::{
    ignore::{Patterns, clean},
    simulate::history::quoted,
    text::Span,
};

pub(super) const RULE: Rule = Rule::new(
    "CopyIgnoredFile",
    "Attempting to Copy file that is excluded by .dockerignore",
    "Take the file out of .dockerignore, or do not copy it.",
);

/// Patterns that leave nothing of a folder.
const EVERYTHING: [&str; 3] = ["*", "**", "**/*"];

/// Looks at a path in the context that is copied, or added. An exception among the patterns hides everything from this
/// check: a folder may be ignored and a file in it not.
pub(super) fn check(checks: &mut Checks, patterns: &[String], verb: &str, path: &str, place: Span) {
    if patterns.iter().any(|it| it.starts_with('!')) {
        return;
    }
    let path = clean(path);
    let is_ignored = match path.as_str() {
        "." | "/" => patterns.iter().any(|it| EVERYTHING.contains(&it.as_str())),
        path => Patterns::new(patterns).and_then(|it| it.matches(path)) == Ok(true),
    };
    if is_ignored {
        let path = quoted(&path);
        let message = format!("Attempting to {verb} file {path} that is excluded by .dockerignore");
        checks.warn(&RULE, place, message);
    }
}
