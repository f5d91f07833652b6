//! Physical lines to logical lines. This file alone knows line breaks, continuations and the comments inside them.

use std::mem::take;

use memchr::memchr;

use crate::{
    syntax::{
        text::{Piece, Text},
        word::{trim_end, trim_start},
    },
    text::{Span, to_u32},
};

/// A line of the file, without its line break.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    pub(crate) text: &'a str,
    /// Where the line starts.
    pub(crate) start: usize,
    /// Where the next line starts.
    pub(crate) next: usize,
}

impl Line<'_> {
    /// Where the text ends.
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The line that starts at `start`, or `None` at the end of the file.
#[inline]
pub(crate) fn line_at(source: &str, start: usize) -> Option<Line<'_>> {
    let rest = source.get(start..).filter(|it| !it.is_empty())?;
    let (text, next) = match memchr(b'\n', rest.as_bytes()) {
        Some(at) => (rest.get(..at)?, start + at + 1),
        None => (rest, source.len()),
    };
    let has_return = text.as_bytes().last() == Some(&b'\r');
    let text = if has_return { text.trim_end_matches('\r') } else { text };
    Some(Line { text, start, next })
}

/// What stands between the pieces of a logical line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: MarkKind,
}

/// The kinds of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// The escape character before a line break.
    Continuation,
    /// A comment inside a continued instruction.
    Comment,
    /// An empty line inside a continued instruction.
    Blank,
}

/// An instruction's lines as one.
#[derive(Debug)]
pub(crate) struct Logical<'a> {
    pub(crate) text: Text<'a>,
    /// Where the first line starts, behind its indentation.
    pub(crate) start: usize,
    /// Where the text of the last physical line ends.
    pub(crate) end: usize,
    /// Where the next line starts.
    pub(crate) next: usize,
}

/// The logical line that starts with the physical line `first`, of which `text` is what stands behind the blanks.
pub(crate) fn logical<'a>(
    source: &'a str,
    first: Line<'a>,
    text: &'a str,
    escape: char,
    join: &mut Join,
) -> Logical<'a> {
    let start = first.end() - text.len();
    let Some(head) = continued(text, escape) else {
        let text = trim_end(text);
        let span = Span::new(to_u32(start), to_u32(start + text.len()));
        return Logical { text: Text::new(text, span), start, end: first.end(), next: first.next };
    };
    join.start(head, start);
    join.mark(start + head.len(), escape.len_utf8(), MarkKind::Continuation);
    let mut last = first;
    while let Some(line) = line_at(source, last.next) {
        last = line;
        if !join.add(line, escape) {
            break;
        }
        if join.marks.len() == LONG {
            join.reserve(source, line.next, escape);
        }
    }
    Logical { start, ..join.finish(source, last) }
}

/// The text before the escape character that ends `line`, if the next line continues it.
fn continued(line: &str, escape: char) -> Option<&str> {
    // Both escape characters, and blanks: most lines end in something else.
    if !matches!(line.bytes().next_back(), Some(b' ' | b'\t' | b'\\' | b'`')) {
        return None;
    }
    let is_escape = |it: u8| char::from(it) == escape;
    let end = line.bytes().rposition(|it| !matches!(it, b' ' | b'\t'))?;
    let text = line.get(..end)?;
    let is_last = line.as_bytes().get(end).copied().is_some_and(is_escape);
    (is_last && !text.bytes().next_back().is_some_and(is_escape)).then_some(text)
}

/// Instructions of more lines are measured before they are put together.
const LONG: usize = 1_000;

/// What is put together, line by line: one for a whole file, so that its memory grows once.
#[derive(Default)]
pub(crate) struct Join {
    text: String,
    pieces: Vec<Piece>,
    marks: Vec<Mark>,
}

impl Join {
    fn start(&mut self, head: &str, start: usize) {
        self.text.clear();
        self.pieces.clear();
        self.marks.clear();
        if self.pieces.capacity() == 0 {
            self.text.reserve(1024);
            self.pieces.reserve(16);
            self.marks.reserve(16);
        }
        self.text.push_str(head);
        self.pieces.push((0, to_u32(start)));
    }

    fn mark(&mut self, start: usize, len: usize, kind: MarkKind) {
        let span = Span::new(to_u32(start), to_u32(start + len));
        self.marks.push(Mark { span, kind });
    }

    /// Adds a line; says whether another one follows.
    fn add(&mut self, line: Line<'_>, escape: char) -> bool {
        let trimmed = trim_start(line.text);
        match trimmed.as_bytes().first() {
            Some(b'#') => {
                self.mark(line.end() - trimmed.len(), trimmed.len(), MarkKind::Comment);
                return true;
            }
            None => {
                self.mark(line.start, line.text.len(), MarkKind::Blank);
                return true;
            }
            Some(_) => (),
        }
        let head = continued(line.text, escape);
        let text = head.unwrap_or(line.text);
        if !text.is_empty() {
            self.pieces.push((to_u32(self.text.len()), to_u32(line.start)));
            self.text.push_str(text);
        }
        if head.is_some() {
            self.mark(line.start + text.len(), escape.len_utf8(), MarkKind::Continuation);
        }
        head.is_some()
    }

    /// Makes room for all that follows the line before `next`, so that a long text need not move.
    fn reserve(&mut self, source: &str, mut next: usize, escape: char) {
        let (mut bytes, mut texts, mut lines) = (0, 0, 0);
        while let Some(line) = line_at(source, next) {
            next = line.next;
            lines += 1;
            let text = trim_start(line.text);
            if !text.is_empty() && !text.starts_with('#') {
                bytes += line.text.len();
                texts += 1;
                if continued(line.text, escape).is_none() {
                    break;
                }
            }
        }
        self.text.reserve_exact(bytes);
        self.pieces.reserve_exact(texts);
        self.marks.reserve_exact(lines);
    }

    fn finish<'a>(&mut self, source: &'a str, last: Line<'_>) -> Logical<'a> {
        self.trim();
        // A long text is not copied.
        let (text, pieces, marks) = if self.marks.len() < LONG {
            (self.text.as_str().to_owned(), self.pieces.clone(), self.marks.clone())
        } else {
            (take(&mut self.text), take(&mut self.pieces), take(&mut self.marks))
        };
        let text = Text::line(text, pieces, marks, source);
        Logical { text, start: 0, end: last.end(), next: last.next }
    }

    /// Drops the white space at both ends of the text.
    fn trim(&mut self) {
        self.text.truncate(trim_end(&self.text).len());
        let end = to_u32(self.text.len());
        while self.pieces.len() > 1 && self.pieces.last().is_some_and(|it| it.0 >= end) {
            self.pieces.pop();
        }
        let lead = self.text.len() - trim_start(&self.text).len();
        if lead == 0 {
            return;
        }
        self.text.drain(..lead);
        let lead = to_u32(lead);
        let first = self.pieces.partition_point(|it| it.0 <= lead).saturating_sub(1);
        self.pieces.drain(..first);
        for it in &mut self.pieces {
            it.1 += lead.saturating_sub(it.0);
            it.0 = it.0.saturating_sub(lead);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the joined text, and that each of its bytes maps to the same byte of the source.
    #[track_caller]
    fn check(source: &str, expected: &str, marks: &[(MarkKind, &str)]) {
        let first = line_at(source, 0).unwrap();
        let found = logical(source, first, trim_start(first.text), '\\', &mut Join::default());
        assert_eq!(found.text.as_str(), expected);
        for (at, byte) in found.text.bytes().enumerate() {
            let place = found.text.at(at, at + 1);
            assert_eq!(source.as_bytes()[place.start as usize], byte, "byte {at}");
        }
        let slices: Vec<_> =
            found.text.marks().iter().map(|it| (it.kind, it.span.slice(source))).collect();
        assert_eq!(slices, marks);
    }

    #[test]
    fn continued_lines_become_one() {
        use MarkKind::{Blank, Comment, Continuation};
        check("RUN a", "RUN a", &[]);
        check("  RUN a  \r\nRUN b", "RUN a", &[]);
        check("RUN a \\\n  b\n", "RUN a   b", &[(Continuation, "\\")]);
        check("RUN a \\  \r\n\tb\r\n", "RUN a \tb", &[(Continuation, "\\")]);
        check("R\\\nUN a", "RUN a", &[(Continuation, "\\")]);
        check("RUN é\\\n\\\n🐳", "RUN é🐳", &[(Continuation, "\\"), (Continuation, "\\")]);
        check(
            "RUN a \\\n  # why\n\n b \\\n",
            "RUN a  b",
            &[(Continuation, "\\"), (Comment, "# why"), (Blank, ""), (Continuation, "\\")],
        );
        // Two escape characters are no continuation, and neither is one inside a line.
        check("RUN a \\\\\nb", "RUN a \\\\", &[]);
        check("RUN \\ b\nc", "RUN \\ b", &[]);
    }
}
