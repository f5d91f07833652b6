//! `MaintainerDeprecated`: a label names the author.

use super::{Checks, Rule};
use crate::syntax::Instruction;

pub(super) const RULE: Rule = Rule::new(
    "MaintainerDeprecated",
    "The MAINTAINER instruction is deprecated, use a label instead to define an image author",
    "Write LABEL org.opencontainers.image.authors=… instead.",
);

/// Looks at a `MAINTAINER`, which may be broken.
pub(super) fn check(checks: &mut Checks, instruction: &Instruction<'_>) {
    let message = "Maintainer instruction is deprecated in favor of using label";
    checks.warn(&RULE, instruction.span, message);
}
