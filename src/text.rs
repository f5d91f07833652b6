//! Places in a text: byte spans, and what lines, columns and UTF-16 offsets they are.

/// A half-open range of bytes in a source text.
///
/// Offsets are `u32`: sources are cut at 4 GiB long before they get here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// A span from `start` to `end`, both in bytes.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// An empty span at `at`.
    pub const fn at(at: u32) -> Self {
        Self { start: at, end: at }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The length in bytes.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span has no bytes.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the byte at `offset` is inside.
    pub fn holds(self, offset: u32) -> bool {
        (self.start..self.end).contains(&offset)
    }

    /// The text at the span, or `""` if the span does not lie on character boundaries of `source`.
    pub fn slice(self, source: &str) -> &str {
        source.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// A length or offset as `u32`; a text over 4 GiB saturates.
pub fn to_u32(it: usize) -> u32 {
    u32::try_from(it).unwrap_or(u32::MAX)
}

/// A place for people: both numbers start at 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineCol {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters (Unicode scalar values), from 1.
    pub column: u32,
}

/// Finds lines, columns and UTF-16 offsets of byte offsets, in logarithmic time; columns take the length of a line.
#[derive(Debug)]
pub struct LineIndex<'a> {
    source: &'a str,
    /// The byte offset at which each line starts.
    starts: Vec<u32>,
    /// The byte offset and the UTF-16 offset of some characters, so that a long line is not counted from its start for each
    /// of its words.
    marks: Vec<(u32, u32)>,
}

/// How many characters there are between two marks.
const BETWEEN_MARKS: u32 = 256;

impl<'a> LineIndex<'a> {
    /// Indexes `source`, in one pass.
    pub fn new(source: &'a str) -> Self {
        let mut starts = vec![0];
        let mut marks = Vec::new();
        let (mut utf16, mut left) = (0, 0);
        for (at, it) in source.char_indices() {
            if left == 0 {
                marks.push((to_u32(at), utf16));
                left = BETWEEN_MARKS;
            }
            left -= 1;
            utf16 += to_u32(it.len_utf16());
            if it == '\n' {
                starts.push(to_u32(at) + 1);
            }
        }
        Self { source, starts, marks }
    }

    /// The line (from 1) that holds the byte at `offset`.
    pub fn line(&self, offset: u32) -> u32 {
        to_u32(self.starts.partition_point(|it| *it <= offset))
    }

    /// The number of lines; a final newline starts one more.
    pub fn lines(&self) -> u32 {
        to_u32(self.starts.len())
    }

    /// The first and the last line (from 1) that a span touches.
    pub fn lines_of(&self, span: Span) -> (u32, u32) {
        (self.line(span.start), self.line(span.end.max(span.start + 1) - 1))
    }

    /// The line and column of the byte at `offset`.
    pub fn line_col(&self, offset: u32) -> LineCol {
        let line = self.line(offset);
        LineCol { line, column: to_u32(self.before(offset).chars().count()) + 1 }
    }

    /// The offset in UTF-16 units, as JavaScript counts, of the byte at `offset`.
    pub fn utf16(&self, offset: u32) -> u32 {
        let mark = self.marks.partition_point(|it| it.0 <= offset).saturating_sub(1);
        let (start, count) = self.marks.get(mark).copied().unwrap_or_default();
        count + self.between(start, offset).chars().map(|it| to_u32(it.len_utf16())).sum::<u32>()
    }

    /// The span of line `line` (from 1), without its line break.
    pub fn line_span(&self, line: u32) -> Span {
        let at = (line as usize).saturating_sub(1);
        let start = self.starts.get(at).copied().unwrap_or(to_u32(self.source.len()));
        let end = self.starts.get(at + 1).map_or(to_u32(self.source.len()), |it| it - 1);
        Span::new(start, end.max(start))
    }

    /// The text from the start of the line to `offset`.
    fn before(&self, offset: u32) -> &'a str {
        let line = (self.line(offset) as usize).saturating_sub(1);
        self.between(self.starts.get(line).copied().unwrap_or_default(), offset)
    }

    /// The text from `start` to `end`, rounded down to a character.
    fn between(&self, start: u32, end: u32) -> &'a str {
        let mut end = (end as usize).min(self.source.len());
        while !self.source.is_char_boundary(end) {
            end -= 1;
        }
        self.source.get(start as usize..end).unwrap_or_default()
    }
}

/// The digits before and behind the point of a decimal number without a sign: `1`, `1.5`, `.5`.
pub fn decimal(text: &str) -> Option<(&str, &str)> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let has_digits = !whole.is_empty() || !part.is_empty();
    (has_digits && is_digits(whole) && is_digits(part)).then_some((whole, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, offset: u32, line: u32, column: u32, utf16: u32) {
        let index = LineIndex::new(source);
        assert_eq!(index.line_col(offset), LineCol { line, column });
        assert_eq!(index.utf16(offset), utf16);
    }

    #[test]
    fn bytes_become_lines_columns_and_utf16_offsets() {
        check("", 0, 1, 1, 0);
        check("ab\ncd", 0, 1, 1, 0);
        check("ab\ncd", 2, 1, 3, 2);
        check("ab\ncd", 3, 2, 1, 3);
        check("é\n🐳x", 7, 2, 2, 4);
        check("a\r\nb", 3, 2, 1, 3);
        // Inside a character, and behind the end: the nearest place before.
        check("é", 1, 1, 1, 0);
        check("ab", 99, 1, 3, 2);
    }

    #[test]
    fn places_in_a_long_line_are_as_counted_from_its_start() {
        let source = "é🐳x\n".repeat(200) + &"🐳é-".repeat(700);
        let index = LineIndex::new(&source);
        for (at, _) in source.char_indices() {
            assert_eq!(
                index.utf16(to_u32(at)),
                to_u32(source.get(..at).unwrap_or_default().encode_utf16().count())
            );
        }
    }

    #[test]
    fn spans_of_lines_leave_the_break_out() {
        let index = LineIndex::new("FROM a\n\nRUN b");
        let lines: Vec<_> = (1..=4).map(|it| index.line_span(it)).collect();
        assert_eq!(lines, [Span::new(0, 6), Span::new(7, 7), Span::new(8, 13), Span::new(13, 13)]);
    }

    #[test]
    fn a_span_off_the_text_is_an_empty_slice() {
        assert_eq!(Span::new(1, 9).slice("é"), "");
        assert_eq!(Span::new(0, 2).slice("é"), "é");
    }

    #[test]
    fn decimal_numbers_have_digits_and_at_most_one_point() {
        for (text, expected) in [
            ("10", Some(("10", ""))),
            ("1.5", Some(("1", "5"))),
            (".5", Some(("", "5"))),
            ("1.", Some(("1", ""))),
            ("", None),
            (".", None),
            ("1.2.3", None),
            ("-1", None),
            ("1e3", None),
            ("inf", None),
        ] {
            assert_eq!(decimal(text), expected, "{text}");
        }
    }
}
