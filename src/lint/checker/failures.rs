//! Words that Docker expands and cannot.

use super::{Checker, MAX_FINDINGS, unset::words};
use crate::{
    scope::expand::{ExpandError, expand_noting},
    syntax::Text,
};

/// The words that cannot be expanded, in order of place, and why; of each rule's so many as it may report.
pub(super) fn failures<'c>(checker: &Checker<'c>) -> Vec<(&'c Text<'c>, ExpandError)> {
    let escape = checker.parse().escape;
    let mut found = Vec::new();
    let (mut quotes, mut others) = (MAX_FINDINGS, MAX_FINDINGS);
    for instruction in checker.stages().iter().flat_map(|it| it.body) {
        words(instruction, |word| {
            if !word.contains(['$', '"', '\'']) {
                return;
            }
            let expanded = expand_noting(word, escape, &|_| Some("x"), &mut Vec::new());
            let Err(error) = expanded else { return };
            let is_quote = matches!(error, ExpandError::OpenQuote(_));
            let left = if is_quote { &mut quotes } else { &mut others };
            if let Some(less) = left.checked_sub(1) {
                *left = less;
                found.push((word, error));
            }
        });
    }
    found
}
