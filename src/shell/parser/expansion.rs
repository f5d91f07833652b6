//! What starts with a dollar sign, and backquotes.

use super::{Parser, name_len, word::Within};
use crate::shell::Kind;

/// What may stand between a name and the word in `${name…}`, longer ones first.
const OPERATORS: [&str; 19] = [
    ":-", ":=", ":?", ":+", "##", "%%", "//", "/#", "/%", "^^", ",,", "-", "=", "?", "+", "#", "%",
    "/", ":",
];

impl Parser<'_> {
    pub(super) fn dollar(&mut self, within: Within) {
        let is_quoted =
            matches!(within, Within::Double | Within::Heredoc | Within::Braced { quotes: false });
        match self.byte_at(1) {
            b'(' if self.byte_at(2) == b'(' && self.is_arithmetic_expansion() => {
                self.nested(|it| it.arithmetic_expansion(3, "))"));
            }
            b'(' => self.nested(|it| it.substitution(Kind::Substitution, 2)),
            b'{' => self.nested(|it| it.braced(is_quoted)),
            b'[' => self.nested(|it| it.arithmetic_expansion(2, "]")),
            b'\'' if !is_quoted => self.dollar_single(),
            b'"' if !is_quoted => self.nested(|it| it.double(Kind::Translated)),
            b'0'..=b'9' | b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!' => {
                self.leaf(Kind::Variable, 2);
            }
            _ => match name_len(self.text.get(self.at + 1..self.end).unwrap_or_default()) {
                0 => self.leaf(Kind::Literal, 1),
                len => self.leaf(Kind::Variable, len + 1),
            },
        }
    }

    fn is_arithmetic_expansion(&mut self) -> bool {
        self.at += 1;
        let found = self.is_arithmetic();
        self.at -= 1;
        found
    }

    fn arithmetic_expansion(&mut self, open: usize, close: &'static str) {
        let id = self.open(Kind::ArithmeticExpansion);
        self.leaf(Kind::Operator, open);
        self.arithmetic(close);
        self.expect_operator(close);
        self.close(id);
    }

    /// `$(list)` and `<(list)`.
    pub(super) fn substitution(&mut self, kind: Kind, open: usize) {
        let id = self.open(kind);
        self.leaf(Kind::Operator, open);
        self.list();
        while !self.is_end() && self.byte() != b')' {
            self.unexpected();
            self.list();
        }
        self.expect_operator(")");
        self.close(id);
    }

    pub(super) fn backtick(&mut self) {
        let bytes = self.text.as_bytes().get(self.at + 1..self.end).unwrap_or_default();
        let mut len = 0;
        while let Some(it) = bytes.get(len).filter(|it| **it != b'`') {
            len += if *it == b'\\' { 2 } else { 1 };
        }
        let is_closed = len < bytes.len();
        let id = self.open(Kind::Backtick);
        let end = self.end;
        self.leaf(Kind::Operator, 1);
        self.end = (self.at + len).min(end);
        self.lists();
        self.at = self.end;
        self.end = end;
        if is_closed {
            self.leaf(Kind::Operator, 1);
        } else {
            self.mistake("`");
        }
        self.close(id);
    }

    fn dollar_single(&mut self) {
        let bytes = self.text.as_bytes().get(self.at + 2..self.end).unwrap_or_default();
        let mut len = 0;
        while let Some(it) = bytes.get(len).filter(|it| **it != b'\'') {
            len += if *it == b'\\' { 2 } else { 1 };
        }
        if len >= bytes.len() {
            self.mistake("'");
        }
        let mut end = (self.at + len + 3).min(self.end);
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        self.leaf(Kind::DollarSingle, end - self.at);
    }

    /// `${name}`, `${#name}`, `${!name}`, `${name:-word}`.
    fn braced(&mut self, is_quoted: bool) {
        let id = self.open(Kind::Braced);
        // `${#}`, `${#-x}` are about `$#`, `${#x}` is a length.
        let prefix = match self.byte_at(2) {
            b'#' | b'!' if is_parameter(self.byte_at(3)) => 1,
            _ => 0,
        };
        self.leaf(Kind::Operator, 2 + prefix);
        let len = match name_len(self.rest()) {
            0 if self.byte().is_ascii_digit() => {
                self.rest().bytes().take_while(u8::is_ascii_digit).count()
            }
            0 => usize::from(matches!(self.byte(), b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!')),
            len => len,
        };
        if len == 0 {
            self.mistake("name");
        } else {
            self.leaf(Kind::Name, len);
        }
        if self.byte() == b'[' {
            self.index();
        }
        let rest = self.rest();
        let operator =
            OPERATORS.iter().find(|it| rest.starts_with(**it)).copied().unwrap_or_default();
        if !operator.is_empty() {
            self.leaf(Kind::Operator, operator.len());
        }
        let is_pattern = operator.starts_with(['#', '%', '/']);
        self.parts(Within::Braced { quotes: !is_quoted || is_pattern });
        self.expect_operator("}");
        self.close(id);
    }
}

/// Whether a byte starts a parameter's name.
fn is_parameter(it: u8) -> bool {
    it.is_ascii_alphanumeric() || matches!(it, b'_' | b'@' | b'*')
}
