//! `FromAsCasing`: `FROM … AS`, or `from … as`.

use super::{Checks, Rule, words};
use crate::syntax::Instruction;

pub(super) const RULE: Rule = Rule::new(
    "FromAsCasing",
    "The 'as' keyword should match the case of the 'from' keyword",
    "Write AS as FROM is written: both in capitals, or both in small letters.",
);

/// Looks at a `FROM`, which may be broken: then the second word is something else, and reported all the same.
pub(super) fn check(checks: &mut Checks, from: &Instruction<'_>) {
    let arguments = from.arguments();
    let mut words = words(&arguments).skip(1);
    let (Some(found), Some(_)) = (words.next(), words.next()) else { return };
    let keyword = from.word();
    let matches = if !keyword.contains(char::is_uppercase) {
        !found.contains(char::is_uppercase)
    } else if !keyword.contains(char::is_lowercase) {
        !found.contains(char::is_lowercase)
    } else {
        // Another check says that the keyword itself is mixed.
        true
    };
    if !matches {
        let message = format!("'{found}' and '{keyword}' keywords' casing do not match");
        checks.warn(&RULE, from.span, message);
    }
}
