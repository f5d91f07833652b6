//! `FromPlatformFlagConstDisallowed`: an image is built for the machine that it is wanted for.

use super::{Checks, Rule};
use crate::{image::Platform, simulate::history::quoted, text::Span};

pub(super) const RULE: Rule = Rule::new(
    "FromPlatformFlagConstDisallowed",
    "FROM --platform flag should not use a constant value",
    "Leave the flag out, or use $BUILDPLATFORM or $TARGETPLATFORM.",
);

/// Looks at a platform without variables. A stage may be meant for one platform: then its name says so.
pub(super) fn check(
    checks: &mut Checks,
    stage: Option<&str>,
    written: &str,
    platform: &Platform,
    place: Span,
) {
    let name = stage.unwrap_or_default();
    if !name.contains(&platform.os) && !name.contains(&platform.architecture) {
        let message =
            format!("FROM --platform flag should not use constant value {}", quoted(written));
        checks.warn(&RULE, place, message);
    }
}
