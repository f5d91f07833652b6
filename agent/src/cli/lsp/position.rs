//! Places as editors count them: lines, and letters of UTF-8 or UTF-16 in a line.

use dockwright::text::{LineIndex, Span, to_u32};
use lsp_types::{Position, PositionEncodingKind, Range};

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16: what every editor can.
    #[default]
    Utf16,
}

impl Encoding {
    /// The best of what an editor offers.
    pub(super) fn of(offered: &[PositionEncodingKind]) -> Self {
        if offered.contains(&PositionEncodingKind::UTF8) { Self::Utf8 } else { Self::Utf16 }
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }
}

/// The places of a text.
pub(super) struct Places<'t> {
    text: &'t str,
    encoding: Encoding,
    /// Where each line starts. Unlike elsewhere, a carriage return alone ends a line too.
    starts: Vec<u32>,
    index: LineIndex<'t>,
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str, encoding: Encoding) -> Self {
        Self { text, encoding, starts: starts(text), index: LineIndex::new(text) }
    }

    /// The byte at a position; the nearest one, if there is no such line or column.
    pub(super) fn offset(&self, position: Position) -> u32 {
        offset(self.text, &self.starts, self.encoding, position)
    }

    /// The bytes of a range.
    pub(super) fn span(&self, range: Range) -> Span {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        Span::new(start.min(end), start.max(end))
    }

    /// The position of a byte.
    pub(super) fn position(&self, offset: u32) -> Position {
        let offset = offset.min(to_u32(self.text.len()));
        let line = self.starts.partition_point(|it| *it <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let character = match self.encoding {
            Encoding::Utf8 => offset - start,
            Encoding::Utf16 => self.index.utf16(offset) - self.index.utf16(start),
        };
        Position::new(to_u32(line), character)
    }

    /// The range of a span.
    pub(super) fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end.max(span.start)))
    }

    /// The parts of a span, one for each line that it touches, without the line breaks.
    pub(super) fn lines_of(&self, span: Span) -> impl Iterator<Item = Span> {
        let first = self.starts.partition_point(|it| *it <= span.start).saturating_sub(1);
        let lines = first..self.starts.len();
        let line = move |at: usize| {
            let start = self.starts.get(at).copied()?;
            let end = line_end(self.text, &self.starts, at);
            Some(Span::new(start.max(span.start), end.min(span.end)))
        };
        lines.map_while(line).take_while(move |it| it.start < span.end).filter(|it| !it.is_empty())
    }
}

/// Puts a text in the place of a range.
pub(super) fn replace(text: &mut String, range: Range, encoding: Encoding, by: &str) {
    let starts = starts(text);
    let at = |it| offset(text, &starts, encoding, it) as usize;
    let (start, end) = (at(range.start), at(range.end));
    text.replace_range(start.min(end)..start.max(end), by);
}

fn starts(text: &str) -> Vec<u32> {
    let mut starts = vec![0];
    let mut bytes = text.bytes().enumerate().peekable();
    while let Some((at, it)) = bytes.next() {
        let is_end = match it {
            b'\n' => true,
            b'\r' => bytes.peek().is_none_or(|it| it.1 != b'\n'),
            _ => false,
        };
        if is_end {
            starts.push(to_u32(at + 1));
        }
    }
    starts
}

/// Where the line break of a line starts.
fn line_end(text: &str, starts: &[u32], line: usize) -> u32 {
    let start = starts.get(line).copied().unwrap_or(to_u32(text.len()));
    let end = starts.get(line + 1).copied().unwrap_or(to_u32(text.len()));
    let line = Span::new(start, end).slice(text);
    start + to_u32(line.trim_end_matches('\n').trim_end_matches('\r').len())
}

fn offset(text: &str, starts: &[u32], encoding: Encoding, position: Position) -> u32 {
    let line = position.line as usize;
    let Some(start) = starts.get(line).copied() else { return to_u32(text.len()) };
    let line = Span::new(start, line_end(text, starts, line)).slice(text);
    let mut left = position.character as usize;
    let mut at = 0;
    for it in line.chars() {
        let len = match encoding {
            Encoding::Utf8 => it.len_utf8(),
            Encoding::Utf16 => it.len_utf16(),
        };
        if left < len {
            break;
        }
        left -= len;
        at += it.len_utf8();
    }
    start + to_u32(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, (line, character): (u32, u32), utf16: u32, utf8: u32) {
        for (encoding, expected) in [(Encoding::Utf16, utf16), (Encoding::Utf8, utf8)] {
            let places = Places::new(text, encoding);
            let found = places.offset(Position::new(line, character));
            assert_eq!(found, expected, "{text:?} {encoding:?}");
            let back = places.offset(places.position(found));
            assert_eq!(back, found, "{text:?} {encoding:?}: there and back");
        }
    }

    #[test]
    fn positions_are_bytes_and_back_however_wrong_they_are() {
        check("", (0, 0), 0, 0);
        check("", (9, 9), 0, 0);
        check("ab\ncd", (1, 1), 4, 4);
        check("ab\ncd", (0, 9), 2, 2);
        check("ab\r\ncd", (0, 9), 2, 2);
        check("ab\r\ncd", (1, u32::MAX), 6, 6);
        check("ab\rcd\n", (1, 1), 4, 4);
        check("ab\n", (1, 0), 3, 3);
        check("ab\n", (u32::MAX, 0), 3, 3);
        check("é🐳x", (0, 3), 6, 2);
        // Inside a letter: before it.
        check("🐳x", (0, 1), 0, 0);
    }

    #[test]
    fn a_range_is_replaced_be_it_the_wrong_way_round() {
        let replaced = |text: &str, from: (u32, u32), to: (u32, u32)| {
            let mut text = text.to_owned();
            let position = |it: (u32, u32)| Position::new(it.0, it.1);
            replace(&mut text, Range::new(position(from), position(to)), Encoding::Utf16, "-");
            text
        };
        assert_eq!(replaced("a🐳b\r\nc", (0, 1), (0, 3)), "a-b\r\nc");
        assert_eq!(replaced("ab\r\nc", (1, 0), (0, 1)), "a-c");
        assert_eq!(replaced("ab", (7, 7), (0, 0)), "-");
    }

    #[test]
    fn a_span_is_cut_at_line_breaks() {
        let text = "ab\r\n\ncd\nef";
        let places = Places::new(text, Encoding::Utf8);
        let lines: Vec<_> = places.lines_of(Span::new(1, 9)).map(|it| it.slice(text)).collect();
        assert_eq!(lines, ["b", "cd", "e"]);
    }
}
