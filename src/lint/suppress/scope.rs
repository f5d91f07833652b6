//! Which part of the file a comment covers.

use super::{Name, Reach, Suppression};
use crate::{
    order::Map,
    syntax::{Instruction, Keyword, Parse},
    text::{Span, to_u32},
};

/// Finds what each comment covers.
pub(super) fn set(source: &str, parse: &Parse<'_>, all: &mut [Suppression]) {
    let end = to_u32(source.len()) + 1;
    let froms: Vec<u32> =
        parse.instructions.iter().filter(|it| is_from(it)).map(|it| it.span.start).collect();
    let mut enabled = Enabled { by_name: Map::new(), all: end };
    for it in all.iter_mut().rev() {
        it.scope = match it.reach {
            Reach::File => Some(Span::new(0, end)),
            Reach::Instruction => below(parse, it.span).map(|it| it.span),
            Reach::Stage => stage(parse, &froms, it.span, end),
            Reach::From => Some(Span::new(it.span.start, enabled.next(&it.names))),
            Reach::End => {
                enabled.add(it);
                None
            }
        };
    }
}

/// Where rules are enabled next, on the way from the end to the start.
struct Enabled {
    by_name: Map<u32>,
    /// Where all of them are.
    all: u32,
}

impl Enabled {
    fn add(&mut self, it: &Suppression) {
        if it.names.is_empty() {
            self.all = it.span.start;
        }
        for name in &it.names {
            self.by_name.insert(name.text.to_ascii_lowercase(), it.span.start);
        }
    }

    /// Where one of these is.
    fn next(&self, names: &[Name]) -> u32 {
        let by_name = names.iter().filter_map(|it| self.by_name.get(&it.text.to_ascii_lowercase()));
        by_name.copied().min().unwrap_or(self.all).min(self.all)
    }
}

/// The instruction that a comment stands in, or the next one.
fn below<'p, 'a>(parse: &'p Parse<'a>, comment: Span) -> Option<&'p Instruction<'a>> {
    let at = parse.instructions.partition_point(|it| it.span.end <= comment.start);
    parse.instructions.get(at)
}

fn is_from(it: &Instruction<'_>) -> bool {
    it.kind.keyword() == Some(Keyword::From)
}

/// The stage that a comment stands in; the one below if only comments are between it and a `FROM`. `froms` is where the
/// `FROM`s start.
fn stage(parse: &Parse<'_>, froms: &[u32], comment: Span, end: u32) -> Option<Span> {
    let above = froms.partition_point(|it| *it < comment.start);
    let start = match below(parse, comment).filter(|it| is_from(it)) {
        Some(it) => it.span.start,
        None => *froms.get(above.checked_sub(1)?)?,
    };
    let next = froms.partition_point(|it| *it <= start);
    Some(Span::new(start, froms.get(next).copied().unwrap_or(end)))
}
