//! `UndefinedVar`: variables that nothing has set or declared.

use super::{Checks, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "UndefinedVar",
    "Variables should be defined before their use",
    "Declare it with ARG or ENV above, or mend its name.",
);

/// Says that a variable has no value; `near` is called much like it.
pub(super) fn check(checks: &mut Checks, name: &str, near: Option<&str>, place: Span) {
    let near = near.map(|it| format!(" (did you mean ${it}?)")).unwrap_or_default();
    checks.warn(&RULE, place, format!("Usage of undefined variable '${name}'{near}"));
}
