//! A part of a logical line: its text without line breaks, and where it stands in the source.

use std::{
    borrow::Cow,
    fmt,
    ops::{Deref, Range},
};

use crate::text::{Span, to_u32};

/// Where the pieces of a joined text come from: `(offset in the text, offset in the source)`, ascending.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Pieces(pub(crate) Vec<(u32, u32)>);

/// A part of an instruction. It reads like a `&str`; continuations are already gone from it.
///
/// ```text
/// RUN one \
///     ^^^^^       two pieces of the source,
///   two
///   ^^^           one text: `one   two`
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<'a> {
    joined: Cow<'a, str>,
    /// The place, from the first byte to the last, with all continuations between.
    pub span: Span,
    pieces: Option<Box<Pieces>>,
}

impl<'a> Text<'a> {
    /// A text that stands in the source just so, or is decoded from the whole span.
    pub(crate) fn new(text: impl Into<Cow<'a, str>>, span: Span) -> Self {
        Self { joined: text.into(), span, pieces: None }
    }

    /// A whole source, as a text.
    pub(crate) fn whole(text: &'a str) -> Self {
        Self::new(text, Span::new(0, to_u32(text.len())))
    }

    /// A text of several pieces.
    pub(crate) fn joined(text: Cow<'a, str>, span: Span, pieces: Pieces) -> Self {
        let pieces = (pieces.0.len() > 1).then(|| Box::new(pieces));
        Self { joined: text, span, pieces }
    }

    /// The same text, with the span of its own bytes.
    pub(crate) fn trimmed_span(mut self) -> Self {
        self.span = self.at(0, self.joined.len());
        self
    }

    /// The same text for another place.
    pub(crate) fn with_span(self, span: Span) -> Self {
        Self { span, pieces: None, ..self }
    }

    /// The spans of the source that the bytes `start..end` stand in, without what is between them.
    pub fn spans(&self, start: usize, end: usize) -> Vec<Span> {
        let whole = self.at(start, end);
        let Some(Pieces(pieces)) = self.pieces.as_deref() else {
            return vec![whole];
        };
        let (from, to) = (to_u32(start), to_u32(end));
        let first = pieces.partition_point(|it| it.0 <= from).saturating_sub(1);
        let mut spans = Vec::new();
        for (at, &(text, source)) in pieces.iter().enumerate().skip(first) {
            if text >= to {
                break;
            }
            let skipped = from.saturating_sub(text);
            let next = pieces.get(at + 1).map_or(to, |it| it.0.min(to));
            spans.push(Span::new(source + skipped, source + next.saturating_sub(text)));
        }
        spans
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.joined
    }

    /// The source span of the bytes `start..end` of the text.
    pub fn at(&self, start: usize, end: usize) -> Span {
        if self.pieces.is_none() {
            let Span { start: from, end: to } = self.span;
            return Span::new((from + to_u32(start)).min(to), (from + to_u32(end)).min(to));
        }
        if start >= end {
            return Span::at(self.place(start));
        }
        Span::new(self.place(start), self.place(end - 1) + 1)
    }

    /// The source offset of the byte at `at`.
    fn place(&self, at: usize) -> u32 {
        let at = to_u32(at);
        let Some(Pieces(pieces)) = self.pieces.as_deref() else {
            return (self.span.start + at).min(self.span.end);
        };
        let next = pieces.partition_point(|&(text, _)| text <= at);
        let piece = pieces.get(next.saturating_sub(1)).copied().unwrap_or((0, self.span.start));
        (piece.1 + (at - piece.0.min(at))).min(self.span.end)
    }

    /// The part `start..end` as a text of its own.
    #[must_use]
    pub fn part(&self, start: usize, end: usize) -> Self {
        let joined = match &self.joined {
            Cow::Borrowed(it) => Cow::Borrowed(it.get(start..end).unwrap_or_default()),
            Cow::Owned(it) => Cow::Owned(it.get(start..end).unwrap_or_default().to_owned()),
        };
        Self { joined, span: self.at(start, end), pieces: self.pieces_of(start, end) }
    }

    fn pieces_of(&self, start: usize, end: usize) -> Option<Box<Pieces>> {
        let Pieces(pieces) = self.pieces.as_deref()?;
        let (from, to) = (to_u32(start), to_u32(end));
        let first = pieces.partition_point(|it| it.0 <= from).saturating_sub(1);
        let last = pieces.partition_point(|it| it.0 < to);
        let inside = pieces.get(first..last).unwrap_or_default();
        if inside.len() < 2 {
            return None;
        }
        let shift = |&(text, source): &(u32, u32)| match text.checked_sub(from) {
            Some(text) => (text, source),
            None => (0, source + (from - text)),
        };
        Some(Box::new(Pieces(inside.iter().map(shift).collect())))
    }

    /// The given parts, put together: a text of which some characters are left out.
    pub(crate) fn cut(&self, parts: &[Range<usize>]) -> Self {
        let filled = || parts.iter().filter(|it| !it.is_empty());
        match (filled().next(), filled().nth(1)) {
            (Some(only), None) => return self.part(only.start, only.end),
            (None, _) => {
                let at = parts.first().map_or(0, |it| it.start);
                return self.part(at, at);
            }
            (Some(_), Some(_)) => (),
        }
        let mut text = String::new();
        let mut pieces = Vec::new();
        for part in filled() {
            let mut at = text.len();
            for span in self.spans(part.start, part.end) {
                pieces.push((to_u32(at), span.start));
                at += span.len() as usize;
            }
            text.push_str(self.get(part.clone()).unwrap_or_default());
        }
        Self::joined(Cow::Owned(text), self.span, Pieces(pieces)).trimmed_span()
    }

    /// The part that `slice`, a slice of this text, is.
    pub(crate) fn of(&self, slice: &str) -> Self {
        let start = (slice.as_ptr() as usize).saturating_sub(self.joined.as_ptr() as usize);
        self.part(start, start + slice.len())
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.joined
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.joined)
    }
}
