//! Commands that hold commands: `if`, `for`, `case`, functions, groups.

use super::{Parser, is_meta};
use crate::shell::Kind;

impl Parser<'_> {
    /// A command of any kind.
    pub(super) fn command_inside(&mut self) {
        if self.byte() == b'(' {
            return if self.byte_at(1) == b'(' && self.is_arithmetic() {
                self.arithmetic_command();
            } else {
                self.enclosed(Kind::Subshell, Kind::Operator, ")");
            };
        }
        match self.reserved().unwrap_or_default() {
            "{" => self.enclosed(Kind::Group, Kind::Keyword, "}"),
            "if" => self.if_command(),
            word @ ("while" | "until") => {
                let id = self.open(Kind::Loop);
                self.leaf(Kind::Keyword, word.len());
                self.body();
                self.do_group();
                self.redirects();
                self.close_tight(id);
            }
            word @ ("for" | "select") => self.for_command(word.len()),
            "case" => self.case_command(),
            "function" => self.function(true),
            "[[" => self.test_command(),
            "time" if self.is_timed_compound() => {
                self.leaf(Kind::Keyword, 4);
                self.spaces();
                self.nested(Self::command_inside);
            }
            _ if self.is_function() => self.function(false),
            _ => self.simple(),
        }
    }

    /// `( list )` and `{ list; }`.
    fn enclosed(&mut self, kind: Kind, border: Kind, close: &'static str) {
        let id = self.open(kind);
        self.leaf(border, 1);
        self.body();
        if self.sees(close) {
            self.leaf(border, 1);
        } else {
            self.mistake(close);
        }
        self.redirects();
        self.close_tight(id);
    }

    fn if_command(&mut self) {
        let id = self.open(Kind::If);
        self.leaf(Kind::Keyword, 2);
        self.body();
        self.expect("then");
        self.body();
        while self.is_reserved("elif") {
            self.leaf(Kind::Keyword, 4);
            self.body();
            self.expect("then");
            self.body();
        }
        if self.is_reserved("else") {
            self.leaf(Kind::Keyword, 4);
            self.body();
        }
        self.expect("fi");
        self.redirects();
        self.close_tight(id);
    }

    fn do_group(&mut self) {
        self.expect("do");
        self.body();
        self.expect("done");
    }

    fn for_command(&mut self, keyword: usize) {
        let is_arithmetic = self
            .text
            .get(self.at + keyword..self.end)
            .is_some_and(|it| it.trim_start_matches([' ', '\t']).starts_with("(("));
        let id = self.open(if is_arithmetic { Kind::ForArithmetic } else { Kind::For });
        self.leaf(Kind::Keyword, keyword);
        self.spaces();
        if is_arithmetic {
            self.leaf(Kind::Operator, 2);
            self.arithmetic("))");
            self.expect_operator("))");
        } else {
            let len = self.rest().bytes().take_while(|it| !is_meta(*it)).count();
            if len > 0 {
                self.leaf(Kind::Name, len);
            } else {
                self.mistake("name");
            }
            self.lines();
            if self.is_reserved("in") {
                self.leaf(Kind::Keyword, 2);
                self.spaces();
                while self.is_word() {
                    self.word();
                    self.spaces();
                }
            }
        }
        self.blanks();
        if self.byte() == b';' {
            self.leaf(Kind::Operator, 1);
        }
        self.lines();
        if self.is_reserved("{") {
            self.leaf(Kind::Keyword, 1);
            self.body();
            self.expect("}");
        } else {
            self.do_group();
        }
        self.redirects();
        self.close_tight(id);
    }

    fn case_command(&mut self) {
        let id = self.open(Kind::Case);
        self.leaf(Kind::Keyword, 4);
        self.spaces();
        if self.is_word() {
            self.word();
        } else {
            self.mistake("word");
        }
        if self.expect("in") {
            loop {
                self.lines();
                if self.is_end()
                    || self.is_reserved("esac")
                    || !(self.is_word() || self.byte() == b'(')
                {
                    break;
                }
                self.case_item();
            }
        }
        self.expect("esac");
        self.redirects();
        self.close_tight(id);
    }

    fn case_item(&mut self) {
        let id = self.open(Kind::CaseItem);
        if self.byte() == b'(' {
            self.leaf(Kind::Operator, 1);
            self.spaces();
        }
        while self.is_word() {
            self.word();
            self.spaces();
            if self.byte() != b'|' {
                break;
            }
            self.leaf(Kind::Operator, 1);
            self.spaces();
        }
        self.expect_operator(")");
        self.list();
        if self.byte() == b';' {
            let len = if self.sees(";;&") { 3 } else { 2 };
            self.leaf(Kind::Operator, len);
        }
        self.close_tight(id);
    }

    /// Whether `name ( )` starts here.
    fn is_function(&self) -> bool {
        let len = self.function_name();
        let rest = self.text.get(self.at + len..self.end).unwrap_or_default();
        let blank = [' ', '\t'];
        let inside = rest.trim_start_matches(blank).strip_prefix('(');
        len > 0 && inside.is_some_and(|it| it.trim_start_matches(blank).starts_with(')'))
    }

    fn function_name(&self) -> usize {
        let is_inside = |it: &u8| {
            !is_meta(*it) && !matches!(it, b'"' | b'\'' | b'$' | b'`' | b'\\' | b'=' | b'{' | b'}')
        };
        self.rest().bytes().take_while(is_inside).count()
    }

    fn function(&mut self, has_keyword: bool) {
        let id = self.open(Kind::Function);
        if has_keyword {
            self.leaf(Kind::Keyword, "function".len());
            self.spaces();
        }
        match self.function_name() {
            0 => self.mistake("name"),
            len => self.leaf(Kind::Name, len),
        }
        self.spaces();
        if self.byte() == b'(' {
            self.leaf(Kind::Operator, 1);
            self.spaces();
            self.expect_operator(")");
        }
        self.lines();
        self.nested(Self::command_inside);
        self.close_tight(id);
    }

    /// `time` before what is no simple command.
    fn is_timed_compound(&self) -> bool {
        let rest = self.text.get(self.at + 4..self.end).unwrap_or_default();
        let rest = rest.trim_start_matches([' ', '\t']);
        rest.starts_with(['(', '{']) || rest.starts_with("[[") || rest.starts_with("for ")
    }

    /// The redirections of a compound command.
    pub(super) fn redirects(&mut self) {
        loop {
            let before = self.at;
            self.spaces();
            if !self.redirect() {
                self.at = before;
                break;
            }
        }
    }
}
