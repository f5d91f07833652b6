//! One instruction: its keyword, its flags, and what its arguments mean.

use crate::{
    syntax::{Flag, Form, Heredoc, Keyword, Text},
    text::Span,
};

/// One instruction, with all its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instruction<'a> {
    /// From the keyword to the end of the last line, here-documents included, without the line break.
    pub span: Span,
    /// The instruction as one line: continuations, comments and here-documents are gone.
    pub line: Text<'a>,
    /// Where the keyword is.
    pub keyword: Span,
    /// The flags, as written.
    pub flags: Vec<Flag<'a>>,
    /// What it is.
    pub kind: InstructionKind<'a>,
    /// The here-documents, in order.
    pub heredocs: Vec<Heredoc<'a>>,
}

/// What an instruction says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each type has its own")]
pub enum InstructionKind<'a> {
    Add(Text<'a>),
    Arg(Text<'a>),
    Cmd(Form<'a>),
    Entrypoint(Form<'a>),
    /// One that no builder can read; `Parse::errors` says why.
    Broken(Option<Keyword>),
}
