//! A part of a logical line: its text without line breaks, and where it stands in the source.

use std::{
    borrow::Cow,
    fmt,
    ops::{Deref, Range},
    sync::Arc,
};

use crate::{
    syntax::lines::Mark,
    text::{Span, to_u32},
};

/// Where a piece of a joined text comes from: the offset in the text, and that in the source.
pub(crate) type Piece = (u32, u32);

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
    repr: Repr<'a>,
    /// The place, from the first byte to the last, with all continuations between.
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Repr<'a> {
    /// It stands in the source just so, most often.
    Plain(&'a str),
    /// It does not.
    Part(Box<Part<'a>>),
}

/// A part of a text that is not in the source as it is. All parts share the text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part<'a> {
    whole: Arc<Joined<'a>>,
    start: usize,
    end: usize,
}

#[derive(Debug, PartialEq, Eq)]
struct Joined<'a> {
    text: String,
    /// Ascending; empty for what is decoded from the whole place.
    pieces: Vec<Piece>,
    /// What stands between the pieces, if this is a whole line.
    marks: Vec<Mark>,
    /// The source, if the pieces stand in it just so.
    source: &'a str,
}

impl<'a> Text<'a> {
    /// A text that stands in the source just so, or is decoded from the whole span.
    pub(crate) fn new(text: impl Into<Cow<'a, str>>, span: Span) -> Self {
        let repr = match text.into() {
            Cow::Borrowed(text) => Repr::Plain(text),
            Cow::Owned(text) => Repr::owned(text, Vec::new(), Vec::new(), ""),
        };
        Self { repr, span }
    }

    /// A whole source, as a text.
    pub(crate) fn whole(text: &'a str) -> Self {
        Self::new(text, Span::new(0, to_u32(text.len())))
    }

    /// A text of several pieces.
    fn joined(text: String, pieces: Vec<Piece>) -> Self {
        Self::line(text, pieces, Vec::new(), "")
    }

    /// A line of several pieces, which stand in `source` if that is not empty, and what stands between them.
    pub(crate) fn line(
        text: String,
        pieces: Vec<Piece>,
        marks: Vec<Mark>,
        source: &'a str,
    ) -> Self {
        let start = pieces.first().map_or(0, |it| it.1);
        let last = pieces.last().copied().unwrap_or_default();
        let end = last.1 + to_u32(text.len()).saturating_sub(last.0);
        Self { repr: Repr::owned(text, pieces, marks, source), span: Span::new(start, end) }
    }

    /// The same text for another place, of which it is decoded.
    pub(crate) fn with_span(self, span: Span) -> Self {
        let repr = match self.repr {
            Repr::Plain(_) => self.repr,
            Repr::Part(_) => Repr::owned(self.as_str().to_owned(), Vec::new(), Vec::new(), ""),
        };
        Self { repr, span }
    }

    /// What stands between the pieces of a whole line.
    pub(crate) fn marks(&self) -> &[Mark] {
        match &self.repr {
            Repr::Part(it) if it.start == 0 && it.end == it.whole.text.len() => &it.whole.marks,
            Repr::Part(_) | Repr::Plain(_) => &[],
        }
    }

    /// The pieces of the shared text, and where this one starts in it.
    fn pieces(&self) -> Option<(&[Piece], u32)> {
        match &self.repr {
            Repr::Part(it) if !it.whole.pieces.is_empty() => {
                Some((&it.whole.pieces, to_u32(it.start)))
            }
            Repr::Part(_) | Repr::Plain(_) => None,
        }
    }

    /// The spans of the source that the bytes `start..end` stand in, without what is between them.
    pub fn spans(&self, start: usize, end: usize) -> Vec<Span> {
        let Some((pieces, offset)) = self.pieces() else {
            return vec![self.at(start, end)];
        };
        let (from, to) = (offset + to_u32(start), offset + to_u32(end));
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
    #[inline]
    pub fn as_str(&self) -> &str {
        match &self.repr {
            Repr::Plain(it) => it,
            Repr::Part(it) => it.whole.text.get(it.start..it.end).unwrap_or_default(),
        }
    }

    /// The text, if it stands in the source just so.
    pub(crate) fn in_source(&self) -> Option<&'a str> {
        if let Repr::Plain(it) = self.repr { Some(it) } else { None }
    }

    /// The source span of the bytes `start..end` of the text.
    #[inline]
    pub fn at(&self, start: usize, end: usize) -> Span {
        match &self.repr {
            Repr::Plain(_) => self.plain_at(start, end),
            Repr::Part(_) => self.joined_at(start, end),
        }
    }

    /// The place, if the text is one piece.
    #[inline]
    fn plain_at(&self, start: usize, end: usize) -> Span {
        let Span { start: from, end: to } = self.span;
        Span::new((from + to_u32(start)).min(to), (from + to_u32(end)).min(to))
    }

    fn joined_at(&self, start: usize, end: usize) -> Span {
        if self.pieces().is_none() {
            return self.plain_at(start, end);
        }
        if start >= end {
            return Span::at(self.place(start));
        }
        Span::new(self.place(start), self.place(end - 1) + 1)
    }

    /// The source offset of the byte at `at`.
    fn place(&self, at: usize) -> u32 {
        let Some((pieces, offset)) = self.pieces() else {
            return (self.span.start + to_u32(at)).min(self.span.end);
        };
        let at = offset + to_u32(at);
        let next = pieces.partition_point(|&(text, _)| text <= at);
        let piece = pieces.get(next.saturating_sub(1)).copied().unwrap_or((0, self.span.start));
        (piece.1 + (at - piece.0.min(at))).min(self.span.end)
    }

    /// The part `start..end` as a text of its own.
    #[must_use]
    #[inline]
    pub fn part(&self, start: usize, end: usize) -> Self {
        match &self.repr {
            Repr::Plain(it) => {
                let repr = Repr::Plain(it.get(start..end).unwrap_or_default());
                Self { repr, span: self.plain_at(start, end) }
            }
            Repr::Part(it) => self.joined_part(it, start, end),
        }
    }

    #[inline(never)]
    fn joined_part(&self, whole: &Part<'a>, start: usize, end: usize) -> Self {
        let span = self.joined_at(start, end);
        Self { repr: whole.part(start, end, span), span }
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
        Self::joined(text, pieces)
    }

    /// The given parts as Latin-1, each byte a letter. It stands where the letter stands that it is a part of.
    pub(crate) fn latin(&self, parts: &[Range<usize>]) -> Self {
        let source = self.as_str();
        let mut text = String::new();
        let mut pieces: Vec<Piece> = Vec::new();
        let mut piece = |text: usize, source: u32| {
            let goes_on = |it: &Piece| to_u32(text) - it.0 == source.wrapping_sub(it.1);
            if !pieces.last().is_some_and(goes_on) {
                pieces.push((to_u32(text), source));
            }
        };
        for at in parts.iter().cloned().flatten() {
            let Some(byte) = source.as_bytes().get(at) else { break };
            let (mut from, mut to) = (at, at + 1);
            while !source.is_char_boundary(from) {
                from -= 1;
            }
            while !source.is_char_boundary(to) {
                to += 1;
            }
            let letter = self.at(from, to);
            piece(text.len(), letter.start);
            if !byte.is_ascii() {
                piece(text.len() + 1, letter.end.saturating_sub(1));
            }
            text.push(char::from(*byte));
        }
        Self::joined(text, pieces)
    }

    /// The part that `slice`, a slice of this text, is.
    #[inline]
    pub(crate) fn of(&self, slice: &str) -> Self {
        let start = (slice.as_ptr() as usize).saturating_sub(self.as_str().as_ptr() as usize);
        self.part(start, start + slice.len())
    }
}

impl<'a> Repr<'a> {
    fn owned(text: String, pieces: Vec<Piece>, marks: Vec<Mark>, source: &'a str) -> Self {
        let (start, end) = (0, text.len());
        let whole = Arc::new(Joined { text, pieces, marks, source });
        Self::Part(Box::new(Part { whole, start, end }))
    }
}

impl<'a> Part<'a> {
    /// A part of this part, which stands at `span`: one of the source, if it is all in one piece.
    fn part(&self, start: usize, end: usize, span: Span) -> Repr<'a> {
        let (start, end) = (self.start + start, (self.start + end).min(self.end));
        if start >= end {
            return Repr::Plain("");
        }
        let Joined { pieces, source, .. } = &*self.whole;
        if !source.is_empty() && !pieces.is_empty() && span.len() as usize == end - start {
            return Repr::Plain(span.slice(source));
        }
        Repr::Part(Box::new(Part { whole: Arc::clone(&self.whole), start, end }))
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
