//! One instruction: its keyword, its flags, and what its arguments mean.

pub mod arg;
pub mod cmd;
pub mod copy;
pub mod device;
pub mod entrypoint;
pub mod env;
pub mod expose;
pub mod from;
pub mod healthcheck;
mod input;
pub mod label;
pub mod mount;
pub mod onbuild;
pub mod run;
pub mod shell;
pub mod user;
pub mod volume;
pub mod workdir;

pub(crate) use input::{Head, Input};

use crate::{
    syntax::{
        Few, Flag, Heredoc, Keyword, OneOrMore, Text,
        flag::flags,
        lines::{Mark, MarkKind},
        word::word_end,
    },
    text::Span,
};

/// One instruction, with all its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instruction<'a> {
    /// From the keyword to the end of the last line, here-documents included, without the line break.
    pub span: Span,
    /// The instruction as one line: continuations, comments and here-documents are gone.
    pub line: Text<'a>,
    /// Where the arguments start in `line`.
    pub(crate) arguments: u32,
    /// What it is.
    pub kind: InstructionKind<'a>,
    /// The here-documents, in order.
    pub heredocs: Few<Heredoc<'a>>,
    /// The first comment of the file that belongs to it: see [`Parse::docs`](crate::syntax::Parse::docs).
    pub(crate) docs: u32,
}

impl<'a> Instruction<'a> {
    /// The keyword as written.
    pub fn word(&self) -> &str {
        self.line.get(..word_end(&self.line)).unwrap_or_default()
    }

    /// Where the keyword is.
    pub fn keyword(&self) -> Span {
        self.line.at(0, word_end(&self.line))
    }

    /// The flags, as written.
    pub fn flags(&self) -> OneOrMore<Flag<'a>> {
        let mut found = Vec::new();
        flags(&self.line, word_end(&self.line), &mut found);
        found.into()
    }

    /// Continuations, and the comments and empty lines inside the instruction.
    pub fn marks(&self) -> &[Mark] {
        self.line.marks()
    }

    /// The text after keyword and flags.
    pub fn arguments(&self) -> Text<'a> {
        self.line.part(self.arguments as usize, self.line.len())
    }

    /// From the keyword to the end of the arguments: without what follows in here-documents.
    pub fn head(&self) -> Span {
        Span::new(self.span.start, self.line.at(0, self.line.len()).end)
    }

    /// Whether an empty line stands among its continued lines, which Docker warns of.
    pub fn has_empty_continuation(&self) -> bool {
        self.marks().iter().any(|it| it.kind == MarkKind::Blank)
    }

    /// The flag of this name.
    pub fn flag(&self, name: &str) -> Option<Flag<'a>> {
        self.flags().iter().find(|it| &*it.name == name).cloned()
    }
}

/// What an instruction says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each type has its own")]
pub enum InstructionKind<'a> {
    Add(copy::Copy<'a>),
    Arg(arg::Arg<'a>),
    Cmd(cmd::Cmd<'a>),
    Copy(copy::Copy<'a>),
    Entrypoint(entrypoint::Entrypoint<'a>),
    Env(env::Env<'a>),
    Expose(expose::Expose<'a>),
    From(from::From<'a>),
    Healthcheck(Box<healthcheck::Healthcheck<'a>>),
    Label(label::Label<'a>),
    Maintainer(Text<'a>),
    Onbuild(onbuild::Onbuild<'a>),
    Run(run::Run<'a>),
    Shell(shell::Shell<'a>),
    Stopsignal(Text<'a>),
    User(user::User<'a>),
    Volume(volume::Volume<'a>),
    Workdir(workdir::Workdir<'a>),
    /// One that no builder can read: the errors of the parse say why.
    Broken(Option<Keyword>),
}

impl InstructionKind<'_> {
    /// The keyword; `None` if the word is none.
    pub fn keyword(&self) -> Option<Keyword> {
        Some(match self {
            Self::Add(_) => Keyword::Add,
            Self::Arg(_) => Keyword::Arg,
            Self::Cmd(_) => Keyword::Cmd,
            Self::Copy(_) => Keyword::Copy,
            Self::Entrypoint(_) => Keyword::Entrypoint,
            Self::Env(_) => Keyword::Env,
            Self::Expose(_) => Keyword::Expose,
            Self::From(_) => Keyword::From,
            Self::Healthcheck(_) => Keyword::Healthcheck,
            Self::Label(_) => Keyword::Label,
            Self::Maintainer(_) => Keyword::Maintainer,
            Self::Onbuild(_) => Keyword::Onbuild,
            Self::Run(_) => Keyword::Run,
            Self::Shell(_) => Keyword::Shell,
            Self::Stopsignal(_) => Keyword::Stopsignal,
            Self::User(_) => Keyword::User,
            Self::Volume(_) => Keyword::Volume,
            Self::Workdir(_) => Keyword::Workdir,
            Self::Broken(keyword) => return *keyword,
        })
    }
}
