//! Words and their parts.

use super::{Parser, is_meta};
use crate::shell::Kind;

/// What the parts of a word stand in; it decides what ends them and which characters are special.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// A word of a command.
    Word,
    /// `"…"`.
    Double,
    /// The body of a here-document.
    Heredoc,
    /// `((…))`.
    Arithmetic,
    /// `[…]`.
    Index,
    /// `${name…}`; inside double quotes single ones may mean themselves.
    Braced {
        /// Whether single quotes quote.
        quotes: bool,
    },
    /// `{a,b}`.
    Brace,
    /// `@(…)`.
    Extended,
    /// What follows `=~`.
    Regex,
}

impl Within {
    /// Whether `'` quotes.
    fn has_single_quotes(self) -> bool {
        !matches!(self, Self::Double | Self::Heredoc | Self::Braced { quotes: false })
    }

    /// Whether `*`, `{` and the like are special.
    fn has_patterns(self) -> bool {
        matches!(self, Self::Word | Self::Brace | Self::Extended)
    }

    /// What raises and what lowers the number of open brackets.
    fn brackets(self) -> (u8, u8) {
        match self {
            Self::Arithmetic | Self::Extended | Self::Regex => (b'(', b')'),
            Self::Index => (b'[', b']'),
            Self::Word | Self::Double | Self::Heredoc | Self::Braced { .. } | Self::Brace => (0, 0),
        }
    }
}

impl Parser<'_> {
    /// A word, of which at least one byte is there.
    pub(super) fn word(&mut self) {
        let id = self.open(Kind::Word);
        self.parts(Within::Word);
        self.close(id);
    }

    /// The parts up to what ends them.
    pub(super) fn parts(&mut self, within: Within) {
        let mut open = 0u32;
        while !self.is_end() && !self.is_part_end(within, open) {
            match self.byte() {
                b'\\' => self.escape(within),
                b'$' => self.dollar(within),
                b'`' => self.nested(Self::backtick),
                b'"' if within != Within::Heredoc => self.nested(|it| it.double(Kind::Double)),
                b'\'' if within.has_single_quotes() => self.single(),
                b'<' | b'>' if within == Within::Word => {
                    self.nested(|it| it.substitution(Kind::ProcessSubstitution, 2));
                }
                _ if within.has_patterns() && self.pattern() => (),
                _ => self.literal(within, &mut open),
            }
        }
    }

    fn is_part_end(&self, within: Within, open: u32) -> bool {
        let it = self.byte();
        match within {
            Within::Word => is_meta(it) && !(self.sees("<(") || self.sees(">(")),
            Within::Double => it == b'"',
            Within::Heredoc => false,
            Within::Arithmetic | Within::Extended => open == 0 && it == b')',
            Within::Index => open == 0 && it == b']',
            Within::Braced { .. } => it == b'}',
            Within::Brace => it == b'}' || is_meta(it),
            Within::Regex => open == 0 && matches!(it, b' ' | b'\t' | b'\n'),
        }
    }

    /// At least one byte that stands for itself, and those like it that follow.
    fn literal(&mut self, within: Within, open: &mut u32) {
        let (up, down) = within.brackets();
        let bytes = self.text.as_bytes().get(self.at..self.end).unwrap_or_default();
        let mut len = 0;
        for (at, &it) in bytes.iter().enumerate() {
            let is_special = match it {
                b'\\' | b'$' | b'`' | b'"' => true,
                b'\'' => within.has_single_quotes(),
                b'}' => matches!(within, Within::Braced { .. } | Within::Brace),
                b' ' | b'\t' | b'\n' => {
                    matches!(within, Within::Word | Within::Brace | Within::Regex) && *open == 0
                }
                b'*' | b'?' | b'[' | b'{' if within.has_patterns() => true,
                b'+' | b'@' | b'!' if within.has_patterns() => bytes.get(at + 1) == Some(&b'('),
                _ if within == Within::Word || within == Within::Brace => is_meta(it),
                _ => it == down && down != 0 && *open == 0,
            };
            if is_special && at > 0 {
                break;
            }
            if it == up && up != 0 {
                *open += 1;
            } else if it == down && down != 0 {
                *open = open.saturating_sub(1);
            }
            len = at + 1;
        }
        self.leaf(Kind::Literal, len.max(1));
    }

    /// A backslash and what it quotes.
    fn escape(&mut self, within: Within) {
        let next = self.rest().chars().nth(1);
        let quotes = match within {
            Within::Double | Within::Braced { quotes: false } => {
                matches!(next, Some('$' | '`' | '"' | '\\' | '\n' | '}'))
            }
            Within::Heredoc => matches!(next, Some('$' | '`' | '\\' | '\n')),
            _ => next.is_some(),
        };
        if quotes {
            self.leaf(Kind::Escape, 1 + next.map_or(0, char::len_utf8));
        } else {
            self.leaf(Kind::Literal, 1);
        }
    }

    fn single(&mut self) {
        let len = self.text.get(self.at + 1..self.end).and_then(|it| it.find('\''));
        if let Some(len) = len {
            self.leaf(Kind::Single, len + 2);
        } else {
            self.mistake("'");
            self.leaf(Kind::Single, self.end - self.at);
        }
    }

    /// `"…"`; the dollar sign of a translated one is read here too.
    pub(super) fn double(&mut self, kind: Kind) {
        let id = self.open(kind);
        self.at += if kind == Kind::Double { 1 } else { 2 };
        self.parts(Within::Double);
        if self.byte() == b'"' {
            self.at += 1;
        } else {
            self.mistake("\"");
        }
        self.close(id);
    }

    /// Reads a pattern or a brace expansion, if one starts here.
    fn pattern(&mut self) -> bool {
        let it = self.byte();
        match it {
            b'*' | b'?' | b'+' | b'@' | b'!' if self.byte_at(1) == b'(' => {
                self.nested(Self::extended);
            }
            b'*' | b'?' => self.leaf(Kind::Glob, 1),
            b'[' => match self.bracket_len() {
                0 => return false,
                len => self.leaf(Kind::Glob, len),
            },
            b'{' if self.is_brace() => self.nested(Self::brace),
            _ => return false,
        }
        true
    }

    fn extended(&mut self) {
        let id = self.open(Kind::ExtendedPattern);
        self.leaf(Kind::Operator, 2);
        self.parts(Within::Extended);
        self.expect_operator(")");
        self.close(id);
    }

    /// The length of `[a-z]`, or 0 if the bracket stands for itself.
    fn bracket_len(&mut self) -> usize {
        let bytes = self.text.as_bytes().get(self.at..self.end).unwrap_or_default();
        let mut at = if matches!(bytes.get(1), Some(b'!' | b'^')) { 2 } else { 1 };
        let first = at;
        while let Some(it) = bytes.get(at) {
            self.ahead = self.ahead.saturating_sub(1);
            match it {
                _ if self.ahead == 0 => return 0,
                b']' if at > first => return at + 1,
                b'[' if bytes.get(at + 1) == Some(&b':') => {
                    let rest = bytes.get(at..at + 14).unwrap_or_default();
                    at += rest.windows(2).position(|it| it == b":]").map_or(1, |it| it + 2);
                }
                b'$' | b'`' | b'"' | b'\'' | b'\\' => return 0,
                it if is_meta(*it) => return 0,
                _ => at += 1,
            }
        }
        0
    }

    /// Whether a brace here is one of `{a,b}` or `{1..9}`.
    fn is_brace(&mut self) -> bool {
        let bytes = self.text.as_bytes().get(self.at..self.end).unwrap_or_default();
        let (mut at, mut open, mut is_list) = (0, 0u32, false);
        // Open parentheses: what is in `$(…)` is another matter.
        let mut inside = 0u32;
        while let Some(it) = bytes.get(at) {
            if self.ahead == 0 {
                return false;
            }
            self.ahead -= 1;
            at += 1;
            match it {
                b'\\' => at += 1,
                b'(' if inside > 0 => inside += 1,
                b')' if inside > 0 => inside -= 1,
                b'$' if bytes.get(at) == Some(&b'(') => (inside, at) = (inside + 1, at + 1),
                b'{' => open += 1,
                b'}' if open == 1 => return is_list,
                b'}' => open -= 1,
                b',' if open == 1 => is_list = true,
                b'.' if open == 1 && bytes.get(at) == Some(&b'.') => is_list = true,
                b'\'' | b'"' => {
                    let rest = bytes.get(at..).unwrap_or_default();
                    let len =
                        rest.iter().position(|other| other == it).map_or(rest.len(), |it| it + 1);
                    self.ahead = self.ahead.saturating_sub(len);
                    at += len;
                }
                it if is_meta(*it) && inside == 0 => return false,
                _ => (),
            }
        }
        false
    }

    fn brace(&mut self) {
        let id = self.open(Kind::Brace);
        self.leaf(Kind::Operator, 1);
        self.parts(Within::Brace);
        self.expect_operator("}");
        self.close(id);
    }
}
