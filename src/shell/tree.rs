//! A shell script as a list of nodes, each before its parts.

use crate::{shell::Source, text::Span};

/// The place of a node in its tree.
pub type Id = u32;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The whole text: a list, more than one if something is wrong between them.
    Script,
    /// Commands, one after the other: and-or lists and what separates them.
    List,
    /// Pipelines with `&&` and `||` between them; often one alone.
    AndOr,
    /// Commands with `|` between them, behind `!`; often one alone.
    Pipeline,

    /// `name word …`, with assignments and redirections.
    Simple,
    /// `( list )`.
    Subshell,
    /// `{ list; }`.
    Group,
    /// `if list; then list; fi`: keywords and lists in turn.
    If,
    /// `while list; do list; done`, and `until`.
    Loop,
    /// `for name in word …; do list; done`, and `select`.
    For,
    /// `for ((a; b; c)); do list; done`.
    ForArithmetic,
    /// `case word in item … esac`.
    Case,
    /// `(pattern | pattern) list ;;`.
    CaseItem,
    /// `name() command`.
    Function,
    /// `(( expression ))`.
    Arithmetic,
    /// `[[ expression ]]`: operators and words.
    Test,

    /// `name=word`, with what is assigned.
    Assignment,
    /// `(word …)` behind `name=`.
    Array,
    /// `>word`: the operator, with the number before it, and the word.
    Redirect,
    /// The lines of a here-document, from the first to the delimiter.
    Heredoc,

    /// A word; its parts are side by side.
    Word,
    /// `[index]` of a name.
    Index,
    /// `"…"`.
    Double,
    /// `$"…"`.
    Translated,
    /// `${…}`: what opens it, a name, an operator, parts of words, a brace.
    Braced,
    /// `$(list)`.
    Substitution,
    /// `` `list` ``.
    Backtick,
    /// `$((…))` and `$[…]`.
    ArithmeticExpansion,
    /// `<(list)`.
    ProcessSubstitution,
    /// `@(a|b)`.
    ExtendedPattern,
    /// `{a,b}`.
    Brace,

    /// A part of a word that stands for itself.
    Literal,
    /// A backslash and what it quotes.
    Escape,
    /// `'…'`.
    Single,
    /// `$'…'`.
    DollarSingle,
    /// `$name`, `$1`, `$?`.
    Variable,
    /// `*`, `?` or `[a-z]`.
    Glob,

    /// A name that is defined or read.
    Name,
    /// A reserved word, in its place.
    Keyword,
    /// An operator: `&&`, `(`, `>`, `:-`.
    Operator,
    /// A comment, from `#` to the end of the line.
    Comment,
    /// What cannot be understood.
    Error,
}

impl Kind {
    /// The bit that stands for it.
    pub(super) const fn bit(self) -> u64 {
        1 << self as u64
    }

    /// Whether its text is replaced by something else when the script runs.
    pub const fn is_expansion(self) -> bool {
        matches!(
            self,
            Self::Variable
                | Self::Braced
                | Self::Substitution
                | Self::Backtick
                | Self::ArithmeticExpansion
                | Self::ProcessSubstitution
        )
    }

    /// Whether it is a command and the kind says which.
    pub const fn is_command(self) -> bool {
        matches!(
            self,
            Self::Simple
                | Self::Subshell
                | Self::Group
                | Self::If
                | Self::Loop
                | Self::For
                | Self::ForArithmetic
                | Self::Case
                | Self::Function
                | Self::Arithmetic
                | Self::Test
        )
    }
}

/// A part of a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Where it starts in the text.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What it is a part of; the root is its own.
    pub parent: Id,
    /// The node behind it and all its parts.
    pub next: Id,
}

/// What is wrong in a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mistake {
    /// Where, in the text.
    pub at: u32,
    /// What is missing there: `fi`, `)`, `"`, `command`; `""` if something is there that has no place.
    pub missing: &'static str,
}

/// A script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// The text, and where it stands.
    pub source: Source,
    /// All nodes, each before its parts. The first is the whole script.
    pub nodes: Vec<Node>,
    /// What the shell could not read.
    pub mistakes: Vec<Mistake>,
    /// The redirections that open here-documents, and the bodies.
    pub heredocs: Vec<(Id, Id)>,
    /// A bit for each kind that a node has.
    pub(super) kinds: u64,
}

impl Tree {
    /// A node. An id of another tree gives some node, or an empty error.
    pub fn node(&self, id: Id) -> Node {
        let none = Node { kind: Kind::Error, start: 0, end: 0, parent: 0, next: id };
        self.nodes.get(id as usize).copied().unwrap_or(none)
    }

    /// What a node is.
    pub fn kind(&self, id: Id) -> Kind {
        self.node(id).kind
    }

    /// The text of a node.
    pub fn text(&self, id: Id) -> &str {
        let Node { start, end, .. } = self.node(id);
        self.source.text().get(start as usize..end as usize).unwrap_or_default()
    }

    /// The place of a node in the Dockerfile.
    pub fn span(&self, id: Id) -> Span {
        let Node { start, end, .. } = self.node(id);
        self.source.span(start, end)
    }

    /// What a node is a part of.
    pub fn parent(&self, id: Id) -> Id {
        self.node(id).parent
    }

    /// What a node is a part of, and that, and so on to the root.
    pub fn parents(&self, id: Id) -> impl Iterator<Item = Id> {
        let above = move |it: &Id| Some(self.parent(*it)).filter(|above| above < it);
        std::iter::successors(above(&id), above)
    }

    /// The parts of a node.
    pub fn children(&self, id: Id) -> impl Iterator<Item = Id> + Clone {
        let end = self.node(id).next;
        let inside = move |it: Id| Some(it).filter(|it| *it < end);
        std::iter::successors(inside(id + 1), move |it| inside(self.node(*it).next.max(it + 1)))
    }

    /// What stands behind a node in what it is a part of.
    pub fn after(&self, id: Id) -> impl Iterator<Item = Id> + Clone {
        let end = self.node(self.parent(id)).next;
        let inside = move |it: Id| Some(it).filter(|it| *it < end);
        std::iter::successors(inside(self.node(id).next), move |it| {
            inside(self.node(*it).next.max(it + 1))
        })
    }

    /// The parts of a node that are of one kind.
    pub fn children_of(&self, id: Id, kind: Kind) -> impl Iterator<Item = Id> + Clone {
        self.children(id).filter(move |it| self.kind(*it) == kind)
    }

    /// The nodes inside a node, at any depth.
    pub fn inside(&self, id: Id) -> impl Iterator<Item = Id> + Clone {
        id + 1..self.node(id).next
    }

    /// All nodes of one kind, in order.
    pub fn all(&self, kind: Kind) -> impl Iterator<Item = Id> + Clone {
        // Most kinds are in few scripts.
        let nodes = if self.has(kind) { self.nodes.as_slice() } else { &[] };
        (0..).zip(nodes).filter(move |it| it.1.kind == kind).map(|it| it.0)
    }

    /// Whether there is a node of a kind.
    pub fn has(&self, kind: Kind) -> bool {
        self.kinds & kind.bit() != 0
    }

    /// The body of the here-document that a redirection opens.
    pub fn heredoc(&self, redirect: Id) -> Option<Id> {
        self.heredocs.iter().find(|it| it.0 == redirect).map(|it| it.1)
    }
}
