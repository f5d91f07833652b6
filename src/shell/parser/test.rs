//! Expressions: `[[ ]]`, `(( ))` and `$(( ))`.

use super::{Parser, is_meta, word::Within};
use crate::shell::Kind;

impl Parser<'_> {
    /// `[[ … ]]`: operators and words, as they come.
    pub(super) fn test_command(&mut self) {
        let id = self.open(Kind::Test);
        self.leaf(Kind::Keyword, 2);
        loop {
            self.lines();
            let before = self.at;
            match self.byte() {
                _ if self.is_end() => {
                    self.mistake("]]");
                    break;
                }
                b']' if self.is_reserved("]]") => {
                    self.leaf(Kind::Keyword, 2);
                    break;
                }
                b'&' | b'|' if self.byte_at(1) == self.byte() => self.leaf(Kind::Operator, 2),
                b';' | b'&' | b'|' => {
                    self.mistake("]]");
                    break;
                }
                b'(' | b')' | b'<' | b'>' => self.leaf(Kind::Operator, 1),
                b'!' if is_meta(self.byte_at(1)) => self.leaf(Kind::Operator, 1),
                b'=' if self.byte_at(1) == b'~' && is_meta(self.byte_at(2)) => {
                    self.leaf(Kind::Operator, 2);
                    self.spaces();
                    self.regex();
                }
                _ => self.word(),
            }
            if self.at == before {
                self.unexpected();
            }
        }
        self.redirects();
        self.close_tight(id);
    }

    /// The pattern behind `=~`: parentheses and bars are its own.
    fn regex(&mut self) {
        if !self.is_end() && !matches!(self.byte(), b' ' | b'\t' | b'\n') {
            let id = self.open(Kind::Word);
            self.parts(Within::Regex);
            self.close(id);
        }
    }

    /// Whether `((` here ends with `))`: otherwise it is two parentheses.
    pub(super) fn is_arithmetic(&mut self) -> bool {
        let mut open = 0u32;
        let mut skip = 2;
        let rest = self.text.as_bytes().get(self.at..self.end).unwrap_or_default();
        while let Some(it) = rest.get(skip) {
            if self.ahead == 0 {
                return false;
            }
            self.ahead -= 1;
            skip += 1;
            match it {
                b'\\' => skip += 1,
                b'(' => open += 1,
                b')' if open == 0 => return rest.get(skip) == Some(&b')'),
                b')' => open -= 1,
                b'\'' | b'"' => {
                    let len =
                        rest.get(skip..).and_then(|rest| rest.iter().position(|other| other == it));
                    let len = len.map_or(rest.len() - skip, |len| len + 1);
                    self.ahead = self.ahead.saturating_sub(len);
                    skip += len;
                }
                _ => (),
            }
        }
        false
    }

    pub(super) fn arithmetic_command(&mut self) {
        let id = self.open(Kind::Arithmetic);
        self.leaf(Kind::Operator, 2);
        self.arithmetic("))");
        self.expect_operator("))");
        self.redirects();
        self.close_tight(id);
    }

    /// An arithmetic expression up to what closes it: its expansions, and the rest as it is.
    pub(super) fn arithmetic(&mut self, close: &'static str) {
        let within = if close == "]" { Within::Index } else { Within::Arithmetic };
        self.parts(within);
    }

    /// `[index]` behind a name.
    pub(super) fn index(&mut self) {
        let id = self.open(Kind::Index);
        self.at += 1;
        self.parts(Within::Index);
        if self.byte() == b']' {
            self.at += 1;
        } else {
            self.mistake("]");
        }
        self.close(id);
    }
}
