//! Why a text that looks like a JSON array is none.

use std::ops::Range;

/// A mistake in a JSON array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where, in bytes of the text.
    pub place: Range<usize>,
    /// What to do.
    pub help: &'static str,
}

const CURLY: &str = "These quotes are curly. JSON has straight double quotes: \"";
const SINGLE: &str = "JSON has double quotes: write \" instead of '.";
const BACKSLASH: &str = "A backslash starts an escape in JSON. Write two of them, or a slash.";
const CONTROL: &str = "Write a tab as \\t, and a line break as \\n.";
const OPEN_QUOTE: &str = "This quote has no end. Write \" behind the word.";
const UNQUOTED: &str = "Put each word in double quotes: [\"sleep\", \"5\"].";
const NO_WORD: &str = "A word is missing before this comma.";
const TRAILING: &str = "Remove the comma before the bracket.";
const NO_COMMA: &str = "Write a comma between the words.";
const NO_BRACKET: &str = "The bracket has no end. Write ] behind the last word.";
const AFTER: &str = "Nothing may follow the bracket. Put all words into it.";

/// The first mistake of a text that starts with `[` and is no JSON array of strings.
pub fn mistake(text: &str) -> Option<Mistake> {
    let mut it = Scanner { text, at: text.strip_prefix('[').map(|it| text.len() - it.len())? };
    it.array().err().map(|(place, help)| Mistake { place, help })
}

type Found = Result<(), (Range<usize>, &'static str)>;

struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn next(&mut self) -> Option<char> {
        let it = self.rest().chars().next()?;
        self.at += it.len_utf8();
        Some(it)
    }

    fn array(&mut self) -> Found {
        let mut comma = None;
        loop {
            self.blanks();
            let start = self.at;
            match (self.next(), comma.take()) {
                (Some('"'), _) => self.string(start)?,
                (Some('\''), _) => return Err((start..self.at, SINGLE)),
                (Some('\u{2018}'..='\u{201f}'), _) => return Err((start..self.at, CURLY)),
                (Some(']'), None) if start == self.first() => break,
                (Some(']'), Some(at)) => return Err((at..at + 1, TRAILING)),
                (Some(','), _) => return Err((start..self.at, NO_WORD)),
                (Some(_), _) => return Err((start..self.word(start), UNQUOTED)),
                (None, _) => return Err((0..1, NO_BRACKET)),
            }
            self.blanks();
            let start = self.at;
            match self.next() {
                Some(',') => comma = Some(start),
                Some(']') => break,
                Some(it) if it == '"' || it == '\'' => return Err((start..self.at, NO_COMMA)),
                Some(_) => return Err((start..self.word(start), UNQUOTED)),
                None => return Err((0..1, NO_BRACKET)),
            }
        }
        self.blanks();
        if self.at < self.text.len() { Err((self.at..self.text.len(), AFTER)) } else { Ok(()) }
    }

    /// Where the first word or the bracket may stand.
    fn first(&self) -> usize {
        let rest = self.text.get(1..).unwrap_or_default();
        self.text.len() - rest.trim_start().len()
    }

    /// Where a word ends that has no quotes.
    fn word(&self, start: usize) -> usize {
        let rest = self.text.get(start..).unwrap_or_default();
        let end = rest.find([' ', '\t', ',', ']']).unwrap_or(rest.len());
        start + rest.chars().next().map_or(0, char::len_utf8).max(end)
    }

    fn string(&mut self, start: usize) -> Found {
        while let Some(it) = self.next() {
            let from = self.at - it.len_utf8();
            match it {
                '"' => return Ok(()),
                '\\' => {
                    let is_escape = match self.next() {
                        Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') => true,
                        Some('u') => {
                            let digits = self.rest().get(..4).unwrap_or_default();
                            let is_hex = |it: u8| it.is_ascii_hexdigit();
                            digits.len() == 4 && digits.bytes().all(is_hex)
                        }
                        Some(_) | None => false,
                    };
                    if !is_escape {
                        return Err((from..self.at, BACKSLASH));
                    }
                }
                '\0'..=' ' if it != ' ' => return Err((from..self.at, CONTROL)),
                _ => (),
            }
        }
        Err((start..start + 1, OPEN_QUOTE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_found_where_they_are() {
        for (text, place, help) in [
            ("[“a”]", "“", CURLY),
            ("[\"a\", ‘b’]", "‘", CURLY),
            ("['a', 'b']", "'", SINGLE),
            ("[\"a\",]", ",", TRAILING),
            ("[\"a\" , ]", ",", TRAILING),
            ("[,\"a\"]", ",", NO_WORD),
            ("[\"a\" \"b\"]", "\"", NO_COMMA),
            ("[\"a\", \"b\"", "[", NO_BRACKET),
            ("[", "[", NO_BRACKET),
            ("[\"a\"] && b", "&& b", AFTER),
            ("[\"C:\\x\"]", "\\x", BACKSLASH),
            ("[\"\\u12\"]", "\\u", BACKSLASH),
            ("[\"a\tb\"]", "\t", CONTROL),
            ("[\"a, b]", "\"", OPEN_QUOTE),
            ("[sleep, 5]", "sleep", UNQUOTED),
            ("[\"a\", 5]", "5", UNQUOTED),
            ("[\"a\"b, 5]", "b", UNQUOTED),
            ("[[\"a\"]]", "[\"a\"", UNQUOTED),
            ("[ -f x ]", "-f", UNQUOTED),
        ] {
            let found = mistake(text).unwrap_or_else(|| panic!("no mistake in {text}"));
            assert_eq!((text.get(found.place), found.help), (Some(place), help), "{text}");
        }
        for text in ["[]", "[ ]", "[\"a\", \"\\u00e9\\\"\"]", "", "a"] {
            assert_eq!(mistake(text), None, "{text}");
        }
    }
}
