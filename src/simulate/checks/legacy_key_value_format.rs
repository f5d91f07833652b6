//! `LegacyKeyValueFormat`: `ENV name=value`, not `ENV name value`.

use super::{Checks, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "LegacyKeyValueFormat",
    "Legacy key/value format with whitespace separator should not be used",
    "Write NAME=value, with an equals sign.",
);

/// Says that an `ENV` or `LABEL` has the old form; `word` is the keyword as written.
pub(super) fn check(checks: &mut Checks, word: &str, place: Span) {
    let message = format!(
        "\"{word} key=value\" should be used instead of legacy \"{word} key value\" format"
    );
    checks.warn(&RULE, place, message);
}
