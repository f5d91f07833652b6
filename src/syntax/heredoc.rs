//! Here-documents: `<<EOF` and the lines up to `EOF`.

use std::borrow::Cow;

use crate::{
    syntax::{
        Text,
        lines::line_at,
        word::{is_blank, word_len},
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
    is_closed: bool,
}

impl Heredoc<'_> {
    /// The body as the build sees it.
    pub fn content<'s>(&self, source: &'s str) -> Cow<'s, str> {
        let body = self.body.slice(source);
        if !self.strip_tabs {
            return body.into();
        }
        body.split_inclusive('\n').map(|it| it.trim_start_matches('\t')).collect()
    }

    /// Whether its last line was found.
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }
}

/// The here-documents that `line` opens, still without bodies.
pub(crate) fn openers<'a>(line: &Text<'a>) -> Vec<Heredoc<'a>> {
    let mut found = Vec::new();
    if !line.contains("<<") {
        return found;
    }
    let mut at = 0;
    while let Some(rest) = line.get(at..).filter(|it| !it.is_empty()) {
        let blanks = rest.len() - rest.trim_start().len();
        let word = rest.get(blanks..).unwrap_or_default();
        let len = opener_len(word).unwrap_or_else(|| word_len(word, '\\'));
        let (start, end) = (at + blanks, at + blanks + len);
        found.extend(opener(&line.part(start, end)));
        at = end.max(at + 1);
    }
    found
}

/// The length of `<< EOF`, which is one word.
fn opener_len(word: &str) -> Option<usize> {
    let rest = word.trim_start_matches(|it: char| it.is_ascii_digit()).strip_prefix("<<")?;
    let rest = rest.strip_prefix('-').unwrap_or(rest).trim_start_matches(is_blank);
    Some(word.len() - rest.len() + word_len(rest, '\\'))
}

fn opener<'a>(word: &Text<'a>) -> Option<Heredoc<'a>> {
    let rest = word.trim_start_matches(|it: char| it.is_ascii_digit()).strip_prefix("<<")?;
    let dashless = rest.strip_prefix('-').unwrap_or(rest);
    let raw = dashless.trim_start_matches(is_blank);
    if raw.is_empty() || raw.contains('<') {
        return None;
    }
    let at = word.len() - raw.len();
    let quoted = word.part(at, word.len());
    let name = unquoted(raw)?;
    let expand = name == raw;
    let name = if expand { quoted } else { Text::new(name.into_owned(), quoted.span) };
    Some(Heredoc {
        opener: word.span,
        name,
        body: Span::default(),
        end: Span::default(),
        expand,
        strip_tabs: dashless.len() < rest.len(),
        is_closed: false,
    })
}

/// The delimiter without quotes and escapes, or `None` if a quote stays open.
fn unquoted(raw: &str) -> Option<Cow<'_, str>> {
    if !raw.contains(['\'', '"', '\\']) {
        return Some(raw.into());
    }
    let mut name = String::new();
    let mut quote = None;
    let mut chars = raw.chars();
    while let Some(it) = chars.next() {
        match (it, quote) {
            ('\'' | '"', None) => quote = Some(it),
            (_, Some(open)) if open == it => quote = None,
            ('\\', None | Some('"')) => name.extend(chars.next()),
            _ => name.push(it),
        }
    }
    quote.is_none().then(|| name.into())
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
        let mut found = openers(&text);
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
        check("RUN <<\"\"\na\n\n", &[("", "a\n", false)]);
        check("RUN <<EOF\nno end\n", &[("EOF", "no end\n", true)]);
    }

    #[test]
    fn other_words_open_nothing() {
        for source in ["RUN a<<EOF", "RUN \"<<EOF\"", "RUN <<<word", "RUN <<", "RUN $((1<<2))"] {
            check(source, &[]);
        }
    }
}
