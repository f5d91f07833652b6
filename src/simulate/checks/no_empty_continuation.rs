//! `NoEmptyContinuation`: no empty lines inside an instruction.

use super::{Checks, Rule};
use crate::{syntax::Instruction, text::Span};

pub(super) const RULE: Rule = Rule::new(
    "NoEmptyContinuation",
    "Empty continuation lines will become errors in a future release",
    "Take the empty line out, or put a comment there.",
);

/// Looks at an instruction. The place is its last line, without here-documents.
pub(super) fn check(checks: &mut Checks, source: &str, instruction: &Instruction<'_>) {
    if !instruction.has_empty_continuation() {
        return;
    }
    let last = instruction.marks().last().map_or(0, |it| it.span.end);
    let end = instruction.head().end.max(last);
    let before = source.get(..end as usize).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |it| crate::text::to_u32(it + 1));
    checks.warn(&RULE, Span::new(start, end), "Empty continuation line");
}
