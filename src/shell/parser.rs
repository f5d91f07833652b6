//! The way through a script: lists, pipelines, and what holds them together.

mod compound;
mod expansion;
mod heredoc;
mod simple;
mod test;
mod word;

use heredoc::Pending;

use crate::{
    shell::{Id, Kind, Mistake, Node, Source, Tree},
    text::to_u32,
};

/// How deep commands and quotes may stand in each other. Nobody writes half of it; each level costs stack.
const MAX_DEPTH: u32 = 100;

/// Reads a script.
pub fn parse(source: Source) -> Tree {
    let mut parser = Parser::new(source.text());
    parser.script();
    let Parser { nodes, mistakes, heredocs, .. } = parser;
    let kinds = nodes.iter().fold(0, |all, it| all | it.kind.bit());
    Tree { source, nodes, mistakes, heredocs, kinds }
}

/// The reserved words that end a list.
const ENDS: [&str; 8] = ["then", "elif", "else", "fi", "do", "done", "esac", "}"];

struct Parser<'t> {
    text: &'t str,
    at: usize,
    /// Where what is being read ends at the latest.
    end: usize,
    nodes: Vec<Node>,
    /// The node whose parts are being read.
    open: Id,
    /// Where the node ends that was closed last.
    last: u32,
    depth: u32,
    /// How many bytes may still be looked ahead at: that keeps the time linear.
    ahead: usize,
    mistakes: Vec<Mistake>,
    pending: Vec<Pending>,
    heredocs: Vec<(Id, Id)>,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            end: text.len(),
            nodes: Vec::with_capacity(text.len() / 4 + 4),
            open: 0,
            last: 0,
            depth: 0,
            ahead: 8 * text.len() + 64,
            mistakes: Vec::new(),
            pending: Vec::new(),
            heredocs: Vec::new(),
        }
    }

    // Nodes.

    fn open(&mut self, kind: Kind) -> Id {
        let id = to_u32(self.nodes.len());
        let at = to_u32(self.at);
        self.nodes.push(Node { kind, start: at, end: at, parent: self.open, next: id + 1 });
        self.open = id;
        id
    }

    fn close(&mut self, id: Id) {
        let (end, next) = (to_u32(self.at), to_u32(self.nodes.len()));
        if let Some(node) = self.nodes.get_mut(id as usize) {
            (node.end, node.next) = (end, next);
            self.open = node.parent;
            self.last = end;
        }
    }

    /// Closes a node that ends where its last part does.
    fn close_tight(&mut self, id: Id) {
        let next = to_u32(self.nodes.len());
        let is_empty = next == id + 1;
        let last = self.last;
        if let Some(node) = self.nodes.get_mut(id as usize) {
            node.end = if is_empty { node.start } else { last };
            self.last = node.end;
            node.next = next;
            self.open = node.parent;
        }
    }

    /// A node without parts, of the next `len` bytes.
    fn leaf(&mut self, kind: Kind, len: usize) {
        let id = self.open(kind);
        self.at = (self.at + len).min(self.end);
        self.close(id);
    }

    /// Reads inside another construct, unless that is too deep already: then the rest is an error.
    fn nested(&mut self, read: impl FnOnce(&mut Self)) {
        if self.depth >= MAX_DEPTH {
            self.mistake("");
            self.leaf(Kind::Error, self.end - self.at);
            return;
        }
        self.depth += 1;
        read(self);
        self.depth -= 1;
    }

    fn mistake(&mut self, missing: &'static str) {
        self.mistakes.push(Mistake { at: to_u32(self.at), missing });
    }

    /// Something that has no place here: an error as long as it must be for the way to go on.
    fn unexpected(&mut self) {
        self.mistake("");
        let word = self.reserved().map_or(0, str::len);
        let one = self.rest().chars().next().map_or(1, char::len_utf8);
        self.leaf(Kind::Error, word.max(one));
    }

    // Text.

    fn rest(&self) -> &'t str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn byte(&self) -> u8 {
        self.byte_at(0)
    }

    /// The byte `offset` behind this one, or 0 at the end.
    fn byte_at(&self, offset: usize) -> u8 {
        let at = self.at + offset;
        self.text.as_bytes().get(at).copied().filter(|_| at < self.end).unwrap_or(0)
    }

    fn is_end(&self) -> bool {
        self.at >= self.end
    }

    fn sees(&self, text: &str) -> bool {
        self.rest().starts_with(text)
    }

    /// Spaces, tabs and continued lines.
    fn spaces(&mut self) {
        loop {
            match self.byte() {
                b' ' | b'\t' => self.at += 1,
                b'\\' if self.byte_at(1) == b'\n' => self.at += 2,
                _ => break,
            }
        }
    }

    /// The same, and a comment.
    fn blanks(&mut self) {
        self.spaces();
        if self.byte() == b'#' && self.may_comment() {
            let len = self.rest().find('\n').unwrap_or(self.end - self.at);
            self.leaf(Kind::Comment, len);
        }
    }

    /// Whether a `#` here starts a word.
    fn may_comment(&self) -> bool {
        let before = self.text.as_bytes().get(self.at.wrapping_sub(1));
        before.is_none_or(|it| {
            matches!(it, b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'(' | b')' | b'`')
        })
    }

    /// Blanks and line breaks.
    fn lines(&mut self) {
        self.blanks();
        while self.byte() == b'\n' {
            self.line_break();
            self.blanks();
        }
    }

    fn line_break(&mut self) {
        self.at += 1;
        self.bodies();
    }

    /// The word of letters and brackets that starts here, if nothing else belongs to it.
    fn reserved(&self) -> Option<&'t str> {
        let rest = self.rest();
        let is_inside =
            |it: u8| it.is_ascii_lowercase() || matches!(it, b'{' | b'}' | b'[' | b']' | b'!');
        let len = rest.bytes().take(9).take_while(|it| is_inside(*it)).count();
        let is_end = self.at + len >= self.end
            || is_meta(self.byte_at(len))
            || self.byte_at(len) == b'\\' && self.byte_at(len + 1) == b'\n';
        rest.get(..len).filter(|it| is_end && !it.is_empty())
    }

    fn is_reserved(&self, word: &str) -> bool {
        self.reserved() == Some(word)
    }

    /// A reserved word that must follow.
    fn expect(&mut self, word: &'static str) -> bool {
        self.lines();
        let is_there = self.is_reserved(word);
        if is_there {
            self.leaf(Kind::Keyword, word.len());
        } else {
            self.mistake(word);
        }
        is_there
    }

    /// An operator that must follow.
    fn expect_operator(&mut self, operator: &'static str) {
        if self.sees(operator) {
            self.leaf(Kind::Operator, operator.len());
        } else {
            self.mistake(operator);
        }
    }

    // Lists.

    fn script(&mut self) {
        let id = self.open(Kind::Script);
        self.lists();
        // What a last line without a break opens has no body.
        self.bodies();
        self.close(id);
    }

    /// All that is left, as one list if nothing is wrong.
    fn lists(&mut self) {
        self.list();
        while !self.is_end() {
            self.unexpected();
            self.list();
        }
    }

    /// A list that must have a command.
    fn body(&mut self) {
        if !self.list() {
            self.mistake("command");
        }
    }

    /// Commands up to what ends them; says whether there is one.
    fn list(&mut self) -> bool {
        let id = self.open(Kind::List);
        let mut is_filled = false;
        loop {
            self.lines();
            if self.is_end() || self.is_list_end() {
                break;
            }
            let before = self.at;
            self.and_or();
            is_filled = true;
            self.blanks();
            match self.byte() {
                b';' if self.byte_at(1) != b';' && self.byte_at(1) != b'&' => {
                    self.leaf(Kind::Operator, 1);
                }
                b'&' if self.byte_at(1) != b'&' => self.leaf(Kind::Operator, 1),
                b'\n' | 0 => (),
                _ if self.is_list_end() => (),
                _ => self.unexpected(),
            }
            if self.at == before {
                self.unexpected();
            }
        }
        self.close_tight(id);
        is_filled
    }

    fn is_list_end(&self) -> bool {
        match self.byte() {
            b')' => true,
            b';' => matches!(self.byte_at(1), b';' | b'&'),
            _ => self.reserved().is_some_and(|it| ENDS.contains(&it)),
        }
    }

    fn and_or(&mut self) {
        let id = self.open(Kind::AndOr);
        self.pipeline();
        loop {
            self.spaces();
            if !(self.sees("&&") || self.sees("||")) {
                break;
            }
            self.leaf(Kind::Operator, 2);
            self.lines();
            self.pipeline();
        }
        self.close_tight(id);
    }

    fn pipeline(&mut self) {
        let id = self.open(Kind::Pipeline);
        while self.is_reserved("!") {
            self.leaf(Kind::Keyword, 1);
            self.spaces();
        }
        self.command();
        loop {
            self.spaces();
            if self.byte() != b'|' || self.byte_at(1) == b'|' {
                break;
            }
            self.leaf(Kind::Operator, if self.byte_at(1) == b'&' { 2 } else { 1 });
            self.lines();
            self.command();
        }
        self.close_tight(id);
    }

    fn command(&mut self) {
        self.nested(Self::command_inside);
    }
}

/// Whether a byte ends a word.
fn is_meta(it: u8) -> bool {
    matches!(it, b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'(' | b')' | b'<' | b'>')
}

/// The length of the name that a text starts with.
fn name_len(text: &str) -> usize {
    let is_first = text.bytes().next().is_some_and(|it| it.is_ascii_alphabetic() || it == b'_');
    let len = text.bytes().take_while(|it| it.is_ascii_alphanumeric() || *it == b'_').count();
    if is_first { len } else { 0 }
}
