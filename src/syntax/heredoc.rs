//! Here-documents: `<<EOF` and the lines up to `EOF`.

use std::{borrow::Cow, ops::Range};

use memchr::memchr_iter;

use crate::{
    order,
    syntax::{
        Text,
        expand::{ExpandError, Word, raw_words, unquoted_word},
        lines::line_at,
    },
    text::{Span, to_u32},
};

/// A here-document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heredoc<'a> {
    /// The word that opens it, such as `<<-EOF`.
    pub opener: Span,
    /// The delimiter, without quotes.
    pub name: Text<'a>,
    /// The lines of the body as written, with their line breaks.
    pub body: Span,
    /// The delimiter that ends it; empty if there is none.
    pub end: Span,
    /// Whether variables in the body are expanded: the delimiter has no quotes.
    pub expand: bool,
    /// Whether leading tabs are dropped: `<<-`.
    pub strip_tabs: bool,
    /// The number of the file in front, or 0: `3<<EOF`.
    pub descriptor: u64,
    is_closed: bool,
}

impl Heredoc<'_> {
    /// The body as the build sees it.
    pub fn content<'s>(&self, source: &'s str) -> Cow<'s, str> {
        let body = self.body.slice(source);
        if !self.strip_tabs {
            return body.into();
        }
        strip_tabs(body).into()
    }

    /// Whether its last line was found.
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }
}

/// A word that opens a here-document, such as `3<<-"EOF"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opener {
    /// The delimiter, without quotes.
    pub name: String,
    /// The number of the file in front, or 0.
    pub descriptor: u64,
    /// Whether variables in the body are expanded: the delimiter has no quotes.
    pub expand: bool,
    /// Whether leading tabs are dropped: `<<-`.
    pub strip_tabs: bool,
}

/// What `word` opens, if it opens a here-document: `^(\d*)<<(-?)\s*([^<]*)$`, the last part one word.
#[inline]
pub fn opener(word: &str) -> Result<Option<Opener>, ExpandError> {
    // Most words do not even start like one.
    match word.as_bytes().first() {
        Some(b'0'..=b'9' | b'<') => read_opener(word),
        Some(_) | None => Ok(None),
    }
}

fn read_opener(word: &str) -> Result<Option<Opener>, ExpandError> {
    let rest = word.trim_start_matches(|it: char| it.is_ascii_digit());
    let digits = word.get(..word.len() - rest.len()).unwrap_or_default();
    let Some(rest) = rest.strip_prefix("<<") else { return Ok(None) };
    let dashless = rest.strip_prefix('-').unwrap_or(rest);
    let raw = dashless.trim_start_matches(is_space);
    if raw.is_empty() || raw.contains('<') {
        return Ok(None);
    }
    let Some((name, is_quoted)) = unquoted_word(raw, '\\')? else { return Ok(None) };
    let descriptor = match digits.parse() {
        Ok(it) => it,
        Err(_) if digits.is_empty() => 0,
        Err(_) => u64::MAX,
    };
    let strip_tabs = dashless.len() < rest.len();
    Ok(Some(Opener { name, descriptor, expand: !is_quoted, strip_tabs }))
}

/// What the regular expressions of Go call white space.
fn is_space(it: char) -> bool {
    matches!(it, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

/// The text without the tabs at the start of its lines.
pub fn strip_tabs(text: &str) -> String {
    text.split_inclusive('\n').map(|it| it.trim_start_matches('\t')).collect()
}

/// Whether a line has the sign that opens here-documents.
pub(crate) fn may_open(line: &str) -> bool {
    memchr_iter(b'<', line.as_bytes()).any(|at| line.as_bytes().get(at + 1) == Some(&b'<'))
}

/// More of one instruction are not read: each takes more memory than the line does.
const MAX_OPENERS: usize = 100_000;

/// The words of an instruction's line that open here-documents, and where each starts.
pub fn openers(line: &str) -> Vec<(Opener, Range<usize>)> {
    // The escape character of these words is always the backslash.
    let words = if may_open(line) { raw_words(line, '\\') } else { Vec::new() };
    let opener = |it: Word| {
        let found = opener(&it.text).ok().flatten()?;
        Some((found, it.start..it.start + it.text.len()))
    };
    words.into_iter().filter_map(opener).take(MAX_OPENERS).collect()
}

/// The here-documents that `line` opens, still without bodies.
pub(crate) fn heredocs<'a>(line: &Text<'a>) -> Vec<Heredoc<'a>> {
    let heredoc = |(it, at): (Opener, Range<usize>)| {
        let word = line.get(at.clone()).unwrap_or_default();
        let raw = word.trim_start_matches(|it: char| it.is_ascii_digit() || it == '<');
        let raw = raw.strip_prefix('-').filter(|_| it.strip_tabs).unwrap_or(raw);
        let start = at.end - raw.trim_start_matches(is_space).len();
        let written = line.part(start, at.end);
        let is_plain = written.in_source().is_some_and(|written| written == it.name);
        let name = if is_plain { written } else { Text::new(it.name, written.span) };
        Heredoc {
            opener: line.at(at.start, at.end),
            name,
            body: Span::default(),
            end: Span::default(),
            expand: it.expand,
            strip_tabs: it.strip_tabs,
            descriptor: it.descriptor,
            is_closed: false,
        }
    };
    openers(line).into_iter().map(heredoc).collect()
}

/// The here-documents of an instruction by their names.
pub(crate) struct ByName<'s, 'a> {
    documents: &'s [Heredoc<'a>],
    /// Their places in the order of the names, if they are many.
    places: Vec<usize>,
}

/// So many are looked through one by one.
const FEW: usize = 8;

impl<'s, 'a> ByName<'s, 'a> {
    pub(crate) fn new(documents: &'s [Heredoc<'a>]) -> Self {
        let mut places: Vec<_> =
            if documents.len() > FEW { (0..documents.len()).collect() } else { Vec::new() };
        let name = |at: usize| documents.get(at).map(|it| it.name.as_str());
        order::sort_by(&mut places, |a, b| name(*a).cmp(&name(*b)));
        Self { documents, places }
    }

    /// The last one of a name, as in Docker.
    pub(crate) fn last(&self, name: &str) -> Option<&'s Heredoc<'a>> {
        let has_name = |it: &&Heredoc<'_>| *it.name == *name;
        if self.places.is_empty() {
            return self.documents.iter().rev().find(has_name);
        }
        let get = |at: usize| self.documents.get(at);
        let end = self.places.partition_point(|it| get(*it).is_some_and(|it| *it.name <= *name));
        get(*self.places.get(end.checked_sub(1)?)?).filter(has_name)
    }
}

/// Fills in the bodies, which start at `next`. Gives the end of the last line and the start of the next one.
pub(crate) fn bodies(
    source: &str,
    heredocs: &mut [Heredoc<'_>],
    (mut end, mut next): (usize, usize),
) -> (usize, usize) {
    for heredoc in heredocs {
        let start = to_u32(next);
        heredoc.body = Span::new(start, to_u32(source.len()).max(start));
        while let Some(line) = line_at(source, next) {
            (end, next) = (line.end(), line.next);
            let tabs = if heredoc.strip_tabs { &['\t'][..] } else { &[] };
            let text = line.text.trim_start_matches(tabs);
            if text == heredoc.name.as_str() {
                heredoc.is_closed = true;
                heredoc.body.end = to_u32(line.start);
                heredoc.end = Span::new(to_u32(end - text.len()), to_u32(end));
                break;
            }
        }
    }
    (end, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the openers of the first line, and their bodies.
    #[track_caller]
    fn check(source: &str, expected: &[(&str, &str, bool)]) {
        let line = line_at(source, 0).unwrap();
        let text = Text::new(line.text, Span::new(0, to_u32(line.text.len())));
        let mut found = heredocs(&text);
        bodies(source, &mut found, (line.end(), line.next));
        let found: Vec<_> = found
            .iter()
            .map(|it| (it.name.to_string(), it.content(source).into_owned(), it.expand))
            .collect();
        let found: Vec<_> = found.iter().map(|it| (&*it.0, &*it.1, it.2)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn bodies_end_at_their_delimiter() {
        check("RUN <<EOF\na\n b\nEOF\nx", &[("EOF", "a\n b\n", true)]);
        check("RUN <<'EOF' cat\n$a\nEOF", &[("EOF", "$a\n", false)]);
        check("RUN << EOF\na\r\nEOF\r\n", &[("EOF", "a\r\n", true)]);
        check("RUN <<-E\n\t\ta\n\tE\n", &[("E", "a\n", true)]);
        check("COPY <<a 3<<\"b\" /x\n1\na\n2\nb\n", &[("a", "1\n", true), ("b", "2\n", false)]);
        check("RUN <<EOF\nno end\n", &[("EOF", "no end\n", true)]);
    }

    #[test]
    fn names_find_the_last_of_few_and_of_many() {
        for count in [3, FEW + 3] {
            let openers: String = (0..count).map(|it| format!("<<N{} ", it % 3)).collect();
            let line = format!("COPY {openers}/x/");
            let text = Text::new(line.as_str(), Span::default());
            let documents = heredocs(&text);
            let by_name = ByName::new(&documents);
            for name in ["N0", "N1", "N2", "N", "N3"] {
                let expected = documents.iter().rev().find(|it| &*it.name == name);
                assert_eq!(by_name.last(name), expected, "{name} of {count}");
            }
        }
    }

    #[test]
    fn other_words_open_nothing() {
        for source in [
            "RUN a<<EOF",
            "RUN \"<<EOF\"",
            "RUN <<<word",
            "RUN <<",
            "RUN $((1<<2))",
            "RUN <<\"\"\na",
        ] {
            check(source, &[]);
        }
    }
}
