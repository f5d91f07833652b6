//! Edits that several repairs make.

use crate::{
    diagnostic::Edit,
    syntax::Instruction,
    text::{Span, to_u32},
};

/// Takes an instruction out, with the line break behind it.
pub(super) fn remove(source: &str, instruction: &Instruction<'_>) -> Edit {
    let Span { start, end } = instruction.span;
    let before = source.get(..start as usize).unwrap_or_default();
    let after = source.get(end as usize..).unwrap_or_default();
    let start = before.rfind('\n').map_or(start, |it| to_u32(it + 1));
    let end = end + after.find('\n').map_or(to_u32(after.len()), |it| to_u32(it + 1));
    Edit::delete(Span::new(start, end))
}

/// A text between double quotes, for a value of `LABEL` or `ENV`, with this escape character.
pub(super) fn quoted(text: &str, escape: char) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for it in text.chars() {
        if matches!(it, '"' | '$') || it == escape {
            quoted.push(escape);
        }
        quoted.push(it);
    }
    quoted.push('"');
    quoted
}
