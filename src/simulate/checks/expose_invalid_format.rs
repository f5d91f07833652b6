//! `ExposeInvalidFormat`: an image says which ports its program listens on, not where they go on a host.

use super::{Checks, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "ExposeInvalidFormat",
    "IP address and host-port mapping should not be used in EXPOSE instruction. This will become an error in a future \
     release",
    "Name the port of the container alone. docker run -p names the one of the machine.",
);

/// Looks at a word of an `EXPOSE` and at what it has before the container's port.
pub(super) fn check(checks: &mut Checks, word: &str, host: &str, place: Span) {
    if host.contains(|it: char| it != ':') {
        let message = format!(
            "EXPOSE instruction should not define an IP address or host-port mapping, found '{word}'"
        );
        checks.warn(&RULE, place, message);
    }
}
