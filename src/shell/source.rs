//! What a shell gets to read, and where each byte of it stands in the Dockerfile.

use crate::text::{Span, to_u32};

/// A text put together of pieces of a Dockerfile.
///
/// ```text
/// RUN make \
///     ^^^^^    two pieces of the file,
///   all
///   ^^^^^      one text: `make   all`
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    text: String,
    /// The offset in the text and in the Dockerfile at which a piece starts, and its length there. Ascending in the text.
    pieces: Vec<(u32, Span)>,
}

impl Source {
    /// A text that stands in the Dockerfile from `start`, just so.
    pub fn plain(text: &str, start: u32) -> Self {
        let mut source = Self::default();
        source.push(text, Span::new(start, start + to_u32(text.len())));
        source
    }

    /// Adds the text that stands at `span`: just so, or decoded from the whole span if the lengths differ.
    pub fn push(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        let at = to_u32(self.text.len());
        self.text.push_str(text);
        // A piece that goes on where the last one ends is a part of it.
        if let Some((start, last)) = self.pieces.last_mut()
            && last.end == span.start
            && last.len() == at - *start
            && span.len() as usize == text.len()
        {
            last.end = span.end;
            return;
        }
        self.pieces.push((at, span));
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place in the Dockerfile of the bytes `start..end`, with all that is left out between.
    pub fn span(&self, start: u32, end: u32) -> Span {
        if start >= end {
            return Span::at(self.place(start));
        }
        let last = self.place(end - 1);
        Span::new(self.place(start), self.end_of(end - 1).max(last))
    }

    /// The parts of the Dockerfile that the bytes `start..end` are made of.
    pub fn spans(&self, start: u32, end: u32) -> Vec<Span> {
        let first = self.pieces.partition_point(|it| it.0 <= start).saturating_sub(1);
        let mut spans = Vec::new();
        let mut from = start;
        for at in first..self.pieces.len() {
            let next = self.pieces.get(at + 1).map_or(to_u32(self.text.len()), |it| it.0);
            if from >= end {
                break;
            }
            spans.push(self.span(from, next.min(end)));
            from = next;
        }
        spans
    }

    /// A text of its own: the given ranges of this one, put together.
    #[must_use]
    pub fn cut(&self, ranges: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut cut = Self::default();
        for (start, end) in ranges {
            let mut at = start;
            for span in self.spans(start, end) {
                let next = self.next_piece(at).min(end);
                cut.push(self.text.get(at as usize..next as usize).unwrap_or_default(), span);
                at = next;
            }
        }
        cut
    }

    /// Adds a part of another text, with its places.
    pub fn push_part(&mut self, other: &Self, start: u32, end: u32) {
        let mut at = start;
        for span in other.spans(start, end) {
            let next = other.next_piece(at).min(end);
            self.push(other.text.get(at as usize..next as usize).unwrap_or_default(), span);
            at = next;
        }
    }

    fn next_piece(&self, at: u32) -> u32 {
        let next = self.pieces.partition_point(|it| it.0 <= at);
        self.pieces.get(next).map_or(to_u32(self.text.len()), |it| it.0)
    }

    fn piece(&self, at: u32) -> (u32, Span) {
        let next = self.pieces.partition_point(|it| it.0 <= at);
        self.pieces.get(next.saturating_sub(1)).copied().unwrap_or_default()
    }

    fn place(&self, at: u32) -> u32 {
        let (start, span) = self.piece(at);
        (span.start + at.saturating_sub(start)).min(span.end)
    }

    /// The end of the byte at `at`: that of its piece, if the piece is decoded and shorter.
    fn end_of(&self, at: u32) -> u32 {
        let (start, span) = self.piece(at);
        if self.next_piece(at) - start != span.len() && at + 1 == self.next_piece(at) {
            return span.end;
        }
        (span.start + at.saturating_sub(start) + 1).min(span.end)
    }
}
