//! `RedundantTargetPlatform`: `FROM --platform=$TARGETPLATFORM` says what is so anyway.

use super::{Checks, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "RedundantTargetPlatform",
    "Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior",
);

/// Looks at the platform of a `FROM`: as written, the variables found in it, and its value; and at `$TARGETPLATFORM`.
pub(super) fn check(
    checks: &mut Checks,
    written: &str,
    found: &[String],
    value: &str,
    target: &str,
    place: Span,
) {
    if found == ["TARGETPLATFORM"] && value == target {
        let message = format!(
            "Setting platform to predefined {written} in FROM is redundant as this is the default behavior"
        );
        checks.warn(&RULE, place, message);
    }
}
