//! One instruction: its keyword, its flags, and what its arguments mean.

pub mod arg;
pub mod cmd;
pub mod copy;
pub mod entrypoint;
pub mod env;
pub mod expose;
pub mod from;
pub mod label;
pub mod run;
pub mod shell;
pub mod user;
pub mod volume;
pub mod workdir;

use std::borrow::Cow;

use crate::{
    syntax::{
        Flag, Heredoc, Keyword, Text,
        lines::Mark,
        word::{is_blank, list},
        wrong::Wrong,
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
    /// Where the keyword is.
    pub keyword: Span,
    /// Where the arguments start in `line`.
    pub(crate) arguments: u32,
    /// The flags, as written.
    pub flags: Vec<Flag<'a>>,
    /// What it is.
    pub kind: InstructionKind<'a>,
    /// Continuations, and the comments and empty lines inside the instruction.
    pub marks: Vec<Mark>,
    /// The here-documents, in order.
    pub heredocs: Vec<Heredoc<'a>>,
}

impl<'a> Instruction<'a> {
    /// The keyword as written.
    pub fn word(&self) -> &str {
        self.line.split(is_blank).next().unwrap_or_default()
    }

    /// The text after keyword and flags.
    pub fn arguments(&self) -> Text<'a> {
        self.line.part(self.arguments as usize, self.line.len())
    }

    /// From the keyword to the end of the arguments: without what follows in here-documents.
    pub fn head(&self) -> Span {
        Span::new(self.span.start, self.line.at(0, self.line.len()).end)
    }

    /// The flag of this name.
    pub fn flag(&self, name: &str) -> Option<&Flag<'a>> {
        self.flags.iter().find(|it| &*it.name == name)
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
    From(Box<from::From<'a>>),
    Healthcheck(Text<'a>),
    Label(label::Label<'a>),
    Maintainer(Text<'a>),
    Onbuild(Text<'a>),
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

/// What the parser of one kind of instruction gets.
pub(crate) struct Input<'i, 'a> {
    pub(crate) keyword: Keyword,
    pub(crate) line: &'i Text<'a>,
    pub(crate) arguments: Text<'a>,
    pub(crate) escape: char,
}

impl<'a> Input<'_, 'a> {
    /// Reads the arguments as those of the keyword.
    pub(crate) fn parse(self) -> Result<InstructionKind<'a>, Wrong> {
        use InstructionKind as Kind;
        let it = &self;
        Ok(match self.keyword {
            Keyword::Add => Kind::Add(copy::Copy::parse(it)?),
            Keyword::Arg => Kind::Arg(arg::Arg::parse(it)?),
            Keyword::Cmd => Kind::Cmd(cmd::Cmd::parse(self.arguments)?),
            Keyword::Copy => Kind::Copy(copy::Copy::parse(it)?),
            Keyword::Entrypoint => Kind::Entrypoint(entrypoint::Entrypoint::parse(self.arguments)?),
            Keyword::Env => Kind::Env(env::Env::parse(it)?),
            Keyword::Expose => Kind::Expose(expose::Expose::parse(it)?),
            Keyword::From => Kind::From(Box::new(from::From::parse(it)?)),
            Keyword::Healthcheck => Kind::Healthcheck(self.some()?),
            Keyword::Label => Kind::Label(label::Label::parse(it)?),
            Keyword::Maintainer => Kind::Maintainer(self.one()?),
            Keyword::Onbuild => Kind::Onbuild(self.trigger()?),
            Keyword::Run => Kind::Run(run::Run::parse(self.arguments)?),
            Keyword::Shell => Kind::Shell(shell::Shell::parse(it)?),
            Keyword::Stopsignal => Kind::Stopsignal(self.one()?),
            Keyword::User => Kind::User(user::User::parse(it)?),
            Keyword::Volume => Kind::Volume(volume::Volume::parse(it)?),
            Keyword::Workdir => Kind::Workdir(workdir::Workdir::parse(it)?),
        })
    }

    /// An error at the arguments, or at the keyword if there are none.
    fn wrong(&self, message: impl Into<Cow<'static, str>>) -> Wrong {
        let span = if self.arguments.is_empty() {
            self.line.at(0, self.keyword.as_str().len())
        } else {
            self.arguments.span
        };
        Wrong::instruction(span, message)
    }

    fn at_least_one(&self) -> Wrong {
        self.wrong(format!("{} requires at least one argument", self.keyword.as_str()))
    }

    /// The arguments, which must not be empty.
    fn some(&self) -> Result<Text<'a>, Wrong> {
        if self.arguments.is_empty() {
            let help = match self.keyword {
                Keyword::Healthcheck => "Write HEALTHCHECK CMD command, or HEALTHCHECK NONE.",
                _ => "Write the instruction for builds on top of this image.",
            };
            return Err(self.at_least_one().help(help));
        }
        Ok(self.arguments.clone())
    }

    /// The arguments as an instruction for another build.
    fn trigger(&self) -> Result<Text<'a>, Wrong> {
        let text = self.some()?;
        let word = list(&text).next().unwrap_or_default();
        let message = match Keyword::find(word) {
            Some(Keyword::Onbuild) => "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed",
            Some(Keyword::From) => "FROM isn't allowed as an ONBUILD trigger",
            Some(Keyword::Maintainer) => "MAINTAINER isn't allowed as an ONBUILD trigger",
            Some(_) | None => return Ok(text),
        };
        let help = "Write an instruction that can follow FROM.";
        Err(Wrong::instruction(text.at(0, word.len()), message).help(help))
    }

    /// The arguments as one text, which must not be empty.
    fn one(&self) -> Result<Text<'a>, Wrong> {
        if self.arguments.is_empty() {
            let message = format!("{} requires exactly one argument", self.keyword.as_str());
            return Err(self.wrong(message).help("Write it behind the keyword."));
        }
        Ok(self.arguments.clone())
    }
}
