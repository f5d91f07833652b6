//! Simple commands: assignments, words, redirections.

use super::{Parser, is_meta, name_len};
use crate::shell::Kind;

/// Commands whose arguments are assignments.
const DECLARES: [&str; 5] = ["export", "local", "declare", "readonly", "typeset"];

/// How far an index may be from its equals sign.
const MAX_INDEX: usize = 256;

/// The operators that redirect, longer ones first.
const REDIRECTIONS: [&str; 12] =
    ["<<<", "<<-", "<<", "<&", "<>", "<", "&>>", "&>", ">>", ">&", ">|", ">"];

impl Parser<'_> {
    pub(super) fn simple(&mut self) {
        let id = self.open(Kind::Simple);
        let mut is_declaring = true;
        let mut is_first = true;
        let start = self.at;
        loop {
            self.spaces();
            if self.redirect() {
                continue;
            }
            if self.is_comment() || !self.is_word() {
                break;
            }
            if is_declaring && self.assignment() {
                continue;
            }
            let word = self.at;
            self.word();
            if is_first {
                let word = self.text.get(word..self.at).unwrap_or_default();
                is_first = word == "builtin";
                is_declaring = DECLARES.contains(&word);
            }
        }
        self.close_tight(id);
        if self.at == start {
            self.mistake("command");
        }
    }

    fn is_comment(&self) -> bool {
        self.byte() == b'#' && self.may_comment()
    }

    /// Reads `name=value`, if it starts here.
    fn assignment(&mut self) -> bool {
        let name = name_len(self.rest());
        let index = if name > 0 && self.byte_at(name) == b'[' { self.index_len(name) } else { 0 };
        let operator = match (self.byte_at(name + index), self.byte_at(name + index + 1)) {
            (b'=', _) => 1,
            (b'+', b'=') => 2,
            _ => 0,
        };
        if name == 0 || operator == 0 {
            return false;
        }
        let id = self.open(Kind::Assignment);
        self.leaf(Kind::Name, name);
        if index > 0 {
            self.index();
        }
        self.leaf(Kind::Operator, operator);
        if self.byte() == b'(' {
            self.array();
        } else if self.is_word() {
            self.word();
        }
        self.close(id);
        true
    }

    /// The length of `[index]` that starts `offset` bytes from here.
    fn index_len(&mut self, offset: usize) -> usize {
        let rest = self.text.as_bytes().get(self.at + offset..self.end).unwrap_or_default();
        let end = rest.iter().take(MAX_INDEX).position(|it| matches!(it, b']' | b'\n'));
        end.filter(|at| rest.get(*at) == Some(&b']')).map_or(0, |it| it + 1)
    }

    fn array(&mut self) {
        let id = self.open(Kind::Array);
        self.leaf(Kind::Operator, 1);
        loop {
            self.lines();
            if self.is_end() || self.byte() == b')' {
                break;
            }
            if self.is_word() {
                self.word();
            } else {
                self.unexpected();
            }
        }
        self.expect_operator(")");
        self.close(id);
    }

    /// Reads a redirection, if one starts here.
    pub(super) fn redirect(&mut self) -> bool {
        let number = self.descriptor();
        let rest = self.text.get(self.at + number..self.end).unwrap_or_default();
        if !rest.starts_with(['<', '>', '&']) {
            return false;
        }
        let is_word = number == 0 && (rest.starts_with("<(") || rest.starts_with(">("));
        let Some(operator) = REDIRECTIONS.iter().find(|it| rest.starts_with(**it)) else {
            return false;
        };
        if is_word || (number > 0 && operator.starts_with('&')) {
            return false;
        }
        let id = self.open(Kind::Redirect);
        self.leaf(Kind::Operator, number + operator.len());
        self.spaces();
        if self.is_word() && !self.is_comment() {
            let word = self.at;
            self.word();
            if matches!(*operator, "<<" | "<<-") {
                self.heredoc(id, word, *operator == "<<-");
            }
        } else {
            self.mistake("word");
        }
        self.close_tight(id);
        true
    }

    /// The length of `2` or `{name}` before a redirection.
    fn descriptor(&self) -> usize {
        let rest = self.rest();
        if let Some(inside) = rest.strip_prefix('{') {
            let len = name_len(inside);
            return if len > 0 && self.byte_at(len + 1) == b'}' { len + 2 } else { 0 };
        }
        rest.bytes().take_while(u8::is_ascii_digit).count()
    }

    /// Whether a word starts here.
    pub(super) fn is_word(&self) -> bool {
        !self.is_end() && (!is_meta(self.byte()) || self.sees("<(") || self.sees(">("))
    }
}
