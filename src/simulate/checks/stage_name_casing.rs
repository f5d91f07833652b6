//! `StageNameCasing`: names of stages are lower-case.

use super::{Checks, Rule, words};
use crate::syntax::Instruction;

pub(super) const RULE: Rule = Rule::new(
    "StageNameCasing",
    "Stage names should be lowercase",
    "Write the name of the stage in small letters.",
);

/// Looks at a `FROM`, which may be broken.
pub(super) fn check(checks: &mut Checks, from: &Instruction<'_>) {
    let arguments = from.arguments();
    let mut words = words(&arguments);
    let (Some(name), None) = (words.nth(2), words.next()) else { return };
    if name.contains(char::is_uppercase) {
        checks.warn(&RULE, from.span, format!("Stage name '{name}' should be lowercase"));
    }
}
