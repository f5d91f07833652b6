//! `ExposeProtoCasing`: `80/tcp`, not `80/TCP`.

use super::{Checks, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "ExposeProtoCasing",
    "Protocol in EXPOSE instruction should be lowercase",
    "Write the protocol in small letters, as in 80/tcp.",
);

/// Looks at a word of an `EXPOSE` and at the protocol in it.
pub(super) fn check(checks: &mut Checks, word: &str, protocol: &str, place: Span) {
    if protocol.contains(|it: char| it.is_ascii_uppercase()) {
        let message =
            format!("Defined protocol '{word}' in EXPOSE instruction should be lowercase");
        checks.warn(&RULE, place, message);
    }
}
