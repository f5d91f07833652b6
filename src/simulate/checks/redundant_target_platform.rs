//! `RedundantTargetPlatform`: `FROM --platform=$TARGETPLATFORM` says what is so anyway.

use super::{Checks, Rule, file::Used};
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "RedundantTargetPlatform",
    "Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior",
    "Leave the flag out: nothing changes.",
);

/// Looks at the platform of a `FROM`, as written and what it uses; `target` is the value of `$TARGETPLATFORM`.
pub(super) fn check(checks: &mut Checks, written: &str, used: &Used, target: &str, place: Span) {
    if used.found == ["TARGETPLATFORM"] && used.value.as_deref() == Some(target) {
        let message = format!(
            "Setting platform to predefined {written} in FROM is redundant as this is the default behavior"
        );
        checks.warn(&RULE, place, message);
    }
}
