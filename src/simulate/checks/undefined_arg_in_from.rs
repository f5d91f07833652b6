//! `UndefinedArgInFrom`: a `FROM` line sees the `ARG`s above the first `FROM` only.

use super::{Checks, Rule};
use crate::{simulate::similar::similar, text::Span};

pub(super) const RULE: Rule = Rule::new(
    "UndefinedArgInFrom",
    "FROM command must use declared ARGs",
    "Declare it with ARG above the first FROM, or mend its name.",
);

/// Looks at the variables of a `FROM` line that have no value. A declared one may have none.
pub(super) fn check(checks: &mut Checks, missed: &[String], declared: &[&str], place: Span) {
    if checks.is_full() {
        return;
    }
    for name in missed.iter().filter(|it| !declared.contains(&it.as_str())) {
        let room = checks.room_to_compare(declared.len());
        let near = similar(name, declared.iter().copied().take(room));
        let near = near.map(|it| format!(" (did you mean {it}?)")).unwrap_or_default();
        checks.warn(&RULE, place, format!("FROM argument '{name}' is not declared{near}"));
    }
}
