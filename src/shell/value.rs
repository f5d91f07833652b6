//! What a word is after its quotes are removed.

use std::borrow::Cow;

use crate::shell::{Id, Kind, Source, Tree};

impl Tree {
    /// The value of a word that no variable, no command and no brace changes; patterns count as they are.
    pub fn value(&self, word: Id) -> Option<Cow<'_, str>> {
        self.is_fixed(word).then(|| self.rough(word))
    }

    /// Whether no variable, no command and no brace changes the value of a word.
    pub fn is_fixed(&self, word: Id) -> bool {
        let is_fixed = |id: Id| {
            let kind = self.kind(id);
            !kind.is_expansion() && !matches!(kind, Kind::Brace | Kind::Error)
        };
        self.inside(word).all(is_fixed)
    }

    /// The value of a word, in which expansions are as written: `${VERSION}`.
    pub fn rough(&self, word: Id) -> Cow<'_, str> {
        let mut parts = self.children(word);
        if let (Some(only), None) = (parts.next(), parts.next()) {
            match self.kind(only) {
                Kind::Literal | Kind::Glob | Kind::Variable => return self.text(only).into(),
                Kind::Single => return inner(self.text(only), 1).into(),
                _ => (),
            }
        }
        let mut value = String::new();
        for it in self.children(word) {
            self.add(&mut value, it);
        }
        value.into()
    }

    fn add(&self, value: &mut String, part: Id) {
        let text = self.text(part);
        match self.kind(part) {
            Kind::Single => value.push_str(inner(text, 1)),
            Kind::DollarSingle => unescape(value, inner(text.get(1..).unwrap_or_default(), 1)),
            Kind::Escape if text == "\\\n" => (),
            Kind::Escape => value.push_str(text.get(1..).unwrap_or_default()),
            Kind::Double | Kind::Translated => {
                for it in self.children(part) {
                    self.add(value, it);
                }
            }
            _ => value.push_str(text),
        }
    }

    /// The value of a word as a text of its own, whose bytes stand where they stand in this one. `None` if an expansion
    /// is in it.
    pub fn value_source(&self, word: Id) -> Option<Source> {
        if !self.is_fixed(word) {
            return None;
        }
        let mut source = Source::default();
        for id in self.inside(word) {
            let it = self.node(id);
            let (start, end) = match it.kind {
                Kind::Single => (it.start + 1, it.end.saturating_sub(1)),
                Kind::Escape if self.text(id) != "\\\n" => (it.start + 1, it.end),
                Kind::Literal | Kind::Glob => (it.start, it.end),
                Kind::DollarSingle => {
                    let mut value = String::new();
                    self.add(&mut value, id);
                    source.push(&value, self.span(id));
                    continue;
                }
                _ => continue,
            };
            source.push_part(&self.source, start, end.max(start));
        }
        Some(source)
    }

    /// Whether a part of the word is in quotes, or a character of it.
    pub fn is_quoted(&self, word: Id) -> bool {
        let quotes = |it: Kind| {
            matches!(
                it,
                Kind::Single | Kind::Double | Kind::DollarSingle | Kind::Translated | Kind::Escape
            )
        };
        self.children(word).any(|it| quotes(self.kind(it)))
    }
}

/// The text without `len` bytes at both ends.
fn inner(text: &str, len: usize) -> &str {
    let end = text.len().saturating_sub(len).max(len);
    text.get(len..end).unwrap_or_default()
}

/// The text of `$'…'`: the escapes of bash's manual, 3.1.2.4.
fn unescape(value: &mut String, text: &str) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        value.push_str(before);
        let mut chars = after.chars();
        let radix = |it: char| match it {
            'x' => (16, 2),
            'u' => (16, 4),
            'U' => (16, 8),
            _ => (8, 3),
        };
        match chars.next() {
            Some('n') => value.push('\n'),
            Some('t') => value.push('\t'),
            Some('r') => value.push('\r'),
            Some('a') => value.push('\x07'),
            Some('b') => value.push('\x08'),
            Some('e' | 'E') => value.push('\x1b'),
            Some('f') => value.push('\x0c'),
            Some('v') => value.push('\x0b'),
            Some(it @ ('x' | 'u' | 'U' | '0'..='7')) => {
                let (radix, max) = radix(it);
                let digits = if radix == 8 { after } else { chars.as_str() };
                let len = digits
                    .bytes()
                    .take(max)
                    .take_while(|it| char::from(*it).is_digit(radix))
                    .count();
                let code = u32::from_str_radix(digits.get(..len).unwrap_or_default(), radix).ok();
                value.extend(code.and_then(char::from_u32));
                chars = digits.get(len..).unwrap_or_default().chars();
            }
            Some(it @ ('\\' | '\'' | '"' | '?')) => value.push(it),
            Some(it) => value.extend(['\\', it]),
            None => value.push('\\'),
        }
        rest = chars.as_str();
    }
    value.push_str(rest);
}
