//! Which part of the file a comment covers.

use super::{Reach, Suppression};
use crate::{
    syntax::{Instruction, Keyword, Parse},
    text::{Span, to_u32},
};

/// Finds what each comment covers.
pub(super) fn set(source: &str, parse: &Parse<'_>, all: &mut [Suppression]) {
    let end = to_u32(source.len()) + 1;
    for at in 0..all.len() {
        let Some(it) = all.get(at) else { continue };
        let scope = match it.reach {
            Reach::File => Some(Span::new(0, end)),
            Reach::Instruction => below(parse, it.span).map(|it| it.span),
            Reach::Stage => stage(parse, it.span, end),
            Reach::From => {
                let ends = |other: &&Suppression| {
                    other.reach == Reach::End
                        && (other.names.is_empty()
                            || other.names.iter().any(|other| {
                                it.names.iter().any(|it| it.text.eq_ignore_ascii_case(&other.text))
                            }))
                };
                let enabled = all.get(at + 1..).unwrap_or_default().iter().find(ends);
                Some(Span::new(it.span.start, enabled.map_or(end, |it| it.span.start)))
            }
            Reach::End => None,
        };
        if let Some(it) = all.get_mut(at) {
            it.scope = scope;
        }
    }
}

/// The instruction that a comment stands in, or the next one.
fn below<'p, 'a>(parse: &'p Parse<'a>, comment: Span) -> Option<&'p Instruction<'a>> {
    let at = parse.instructions.partition_point(|it| it.span.end <= comment.start);
    parse.instructions.get(at)
}

/// The stage that a comment stands in; the one below if only comments are between it and a `FROM`.
fn stage(parse: &Parse<'_>, comment: Span, end: u32) -> Option<Span> {
    let is_from = |it: &&Instruction<'_>| it.kind.keyword() == Some(Keyword::From);
    let start = below(parse, comment).filter(is_from).or_else(|| {
        parse
            .instructions
            .iter()
            .take_while(|it| it.span.start < comment.start)
            .filter(is_from)
            .last()
    })?;
    let next =
        parse.instructions.iter().filter(is_from).find(|it| it.span.start > start.span.start);
    Some(Span::new(start.span.start, next.map_or(end, |it| it.span.start)))
}
