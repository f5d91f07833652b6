//! `MultipleInstructionsDisallowed`: only the last `CMD`, `ENTRYPOINT` and `HEALTHCHECK` of a stage counts.

use super::{Checks, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "MultipleInstructionsDisallowed",
    "Multiple instructions of the same type should not be used in the same stage",
    "Keep the last one: only that one counts.",
);

/// Notes an instruction at `place`; `last` is the one of its kind above it. That one is the useless one.
pub(super) fn check(checks: &mut Checks, last: &mut Option<Span>, word: &str, place: Span) {
    if let Some(earlier) = last.replace(place) {
        let message = format!(
            "Multiple {word} instructions should not be used in the same stage because only the last one will be used"
        );
        checks.warn(&RULE, earlier, message);
    }
}
