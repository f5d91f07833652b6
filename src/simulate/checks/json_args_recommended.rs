//! `JSONArgsRecommended`: a shell in between does not pass signals on.

use super::{Checks, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "JSONArgsRecommended",
    "JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior related to OS signals",
    "Write it as [\"program\", \"word\"], or say with SHELL that a shell is wanted.",
);

/// Says that a `CMD` or `ENTRYPOINT` has the shell form, where no `SHELL` was chosen.
pub(super) fn check(checks: &mut Checks, word: &str, place: Span) {
    let message = format!(
        "JSON arguments recommended for {word} to prevent unintended behavior related to OS signals"
    );
    checks.warn(&RULE, place, message);
}
