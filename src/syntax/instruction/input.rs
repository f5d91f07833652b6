//! What the parsers of all kinds of instructions get.

use std::borrow::Cow;

use super::{
    Instruction, InstructionKind, arg, cmd, copy, entrypoint, env, expose, from, healthcheck,
    label, onbuild, run, shell, user, volume, workdir,
};
use crate::{
    syntax::{Few, Flag, Keyword, Text, flag, word::word_end, wrong::Wrong},
    text::to_u32,
};

/// The start of an instruction: its word, and where its arguments start.
pub(crate) struct Head {
    /// Where the word is in the line.
    pub(crate) word: (usize, usize),
    pub(crate) keyword: Option<Keyword>,
    /// Where the arguments start in the line.
    pub(crate) arguments: usize,
}

impl Head {
    /// Reads the instruction that starts at `start` of `line`; its flags are added to `flags`.
    pub(crate) fn read<'a>(line: &Text<'a>, start: usize, flags: &mut Vec<Flag<'a>>) -> Self {
        let text = line.get(start..).unwrap_or_default();
        let end = start + word_end(text);
        let keyword = Keyword::find(line.get(start..end).unwrap_or_default());
        let arguments = flag::flags(line, end, flags);
        Self { word: (start, end), keyword, arguments }
    }
}

/// What the parser of one kind of instruction gets.
pub(crate) struct Input<'i, 'a> {
    pub(crate) keyword: Keyword,
    pub(crate) line: &'i Text<'a>,
    pub(crate) flags: &'i [Flag<'a>],
    /// Where the word is in the line.
    pub(crate) word: (usize, usize),
    /// Where the arguments start in the line.
    pub(crate) start: usize,
    pub(crate) arguments: Text<'a>,
    pub(crate) escape: char,
}

impl<'i, 'a> Input<'i, 'a> {
    #[inline]
    pub(crate) fn new(
        line: &'i Text<'a>,
        head: &Head,
        flags: &'i [Flag<'a>],
        keyword: Keyword,
        escape: char,
    ) -> Self {
        let arguments = line.part(head.arguments, line.len());
        let (word, start) = (head.word, head.arguments);
        Self { keyword, line, flags, word, start, arguments, escape }
    }

    /// Reads the arguments as those of the keyword: gives the first error that Docker gives.
    pub(crate) fn parse(self) -> Result<InstructionKind<'a>, Wrong> {
        use InstructionKind as Kind;
        let it = &self;
        Ok(match self.keyword {
            Keyword::Add => Kind::Add(copy::Copy::parse(it)?),
            Keyword::Arg => Kind::Arg(arg::Arg::parse(it)?),
            Keyword::Cmd => Kind::Cmd(cmd::Cmd::parse(self)?),
            Keyword::Copy => Kind::Copy(copy::Copy::parse(it)?),
            Keyword::Entrypoint => Kind::Entrypoint(entrypoint::Entrypoint::parse(self)?),
            Keyword::Env => Kind::Env(env::Env::parse(it)?),
            Keyword::Expose => Kind::Expose(expose::Expose::parse(it)?),
            Keyword::From => Kind::From(from::From::parse(it)?),
            Keyword::Healthcheck => {
                Kind::Healthcheck(Box::new(healthcheck::Healthcheck::parse(it)?))
            }
            Keyword::Label => Kind::Label(label::Label::parse(it)?),
            Keyword::Maintainer => {
                let name = self.one()?;
                self.check_flags()?;
                Kind::Maintainer(name)
            }
            Keyword::Onbuild => Kind::Onbuild(onbuild::Onbuild::parse(it)?),
            Keyword::Run => Kind::Run(run::Run::parse(self)?),
            Keyword::Shell => Kind::Shell(shell::Shell::parse(it)?),
            // Its flags are ignored, as those of `ARG`.
            Keyword::Stopsignal => Kind::Stopsignal(self.one()?),
            Keyword::User => Kind::User(user::User::parse(it)?),
            Keyword::Volume => Kind::Volume(volume::Volume::parse(it)?),
            Keyword::Workdir => Kind::Workdir(workdir::Workdir::parse(it)?),
        })
    }

    /// Checks the flags. Each kind of instruction does it at its own time.
    pub(super) fn check_flags(&self) -> Result<(), Wrong> {
        flag::check(self.flags, self.keyword)
    }

    /// The arguments as an instruction.
    ///
    /// The text parser reads an `ONBUILD` in an `ONBUILD` in an `ONBUILD`, and refuses what it refuses elsewhere;
    /// nothing looks at the instructions.
    pub(super) fn nested(&self) -> Result<Box<Instruction<'a>>, Wrong> {
        let mut flags = Vec::new();
        let outer = Head::read(self.line, self.start, &mut flags);
        let (mut keyword, mut at) = (outer.keyword, outer.arguments);
        let mut deeper = None;
        while keyword == Some(Keyword::Onbuild) {
            flags.clear();
            let head = Head::read(self.line, at, &mut flags);
            (keyword, at) = (head.keyword, head.arguments);
            deeper = Some(head);
        }
        let mut kind = InstructionKind::Broken(outer.keyword);
        if let Some(keyword) = keyword {
            let head = deeper.as_ref().unwrap_or(&outer);
            match Input::new(self.line, head, &flags, keyword, self.escape).parse() {
                Err(wrong) if wrong.is_syntax() => return Err(wrong),
                Ok(found) if deeper.is_none() => kind = found,
                Ok(_) | Err(_) => (),
            }
        }
        let line = self.arguments.clone();
        let start = outer.word.0;
        Ok(Box::new(Instruction {
            span: line.span,
            arguments: to_u32(outer.arguments - start),
            line,
            kind,
            heredocs: Few::new(),
            docs: u32::MAX,
        }))
    }

    /// An error at the arguments, or at the keyword if there are none.
    pub(super) fn wrong(&self, message: impl Into<Cow<'static, str>>) -> Wrong {
        let span = if self.arguments.is_empty() {
            self.line.at(self.word.0, self.word.1)
        } else {
            self.arguments.span
        };
        Wrong::instruction(span, message)
    }

    pub(super) fn at_least_one(&self) -> Wrong {
        self.wrong(format!("{} requires at least one argument", self.keyword.as_str()))
    }

    /// The arguments as one text, which must not be empty.
    pub(super) fn one(&self) -> Result<Text<'a>, Wrong> {
        if self.arguments.is_empty() {
            let name = self.keyword.as_str();
            let example = match self.keyword {
                Keyword::Workdir => "/app",
                Keyword::User => "app",
                Keyword::Stopsignal => "SIGTERM",
                _ => "name",
            };
            let message = format!("{name} requires exactly one argument");
            return Err(self.wrong(message).help(format!("Write {name} {example}.")));
        }
        Ok(self.arguments.clone())
    }
}
