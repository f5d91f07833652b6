//! `ONBUILD`: an instruction for builds on top of this image.

use std::borrow::Cow;

use super::Input;
use crate::syntax::{Heredoc, Instruction, Keyword, Text, word::list, wrong::Wrong};

/// An instruction for builds on top of this image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Onbuild<'a> {
    /// ```text
    /// ONBUILD COPY . /app
    ///         ^^^^^^^^^^^
    /// ```
    pub text: Text<'a>,
    /// The text as an instruction. Docker looks at it only when it builds on top of the image, so that this one may
    /// be broken; the here-documents are those of the outer one.
    pub instruction: Box<Instruction<'a>>,
}

impl<'a> Onbuild<'a> {
    pub(super) fn parse(input: &Input<'_, 'a>) -> Result<Self, Wrong> {
        let text = &input.arguments;
        let Some(word) = list(text).next() else {
            let help = "Write the instruction for builds on top of this image.";
            return Err(input.at_least_one().help(help));
        };
        let instruction = input.nested()?;
        input.check_flags()?;
        let message = match Keyword::find(word) {
            Some(Keyword::Onbuild) => "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed",
            Some(Keyword::From) => "FROM isn't allowed as an ONBUILD trigger",
            Some(Keyword::Maintainer) => "MAINTAINER isn't allowed as an ONBUILD trigger",
            Some(_) | None => return Ok(Self { text: text.clone(), instruction }),
        };
        let help = "Write an instruction that can follow FROM, such as RUN or COPY.";
        Err(Wrong::instruction(text.at(0, word.len()), message).help(help))
    }
}

impl Instruction<'_> {
    /// What the image keeps of an `ONBUILD`: the text behind the keyword, and its here-documents.
    pub fn trigger_text(&self, source: &str) -> String {
        let original = self.original(source);
        let rest = original.get(self.word().len()..).unwrap_or_default();
        let mut text = rest.trim_start_matches([' ', '\t', '\n', '\r', '\x0c']).to_owned();
        for it in &self.heredocs {
            text.push('\n');
            text.push_str(it.body.slice(source));
            text.push_str(&it.name);
        }
        text
    }

    /// The instruction as one line, with the blanks at its end: what Docker calls its original.
    pub fn original(&self, source: &str) -> Cow<'_, str> {
        let rest = source.get(self.line.span.end as usize..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let blanks = line.len() - line.trim_start().len();
        match line.get(..blanks).filter(|it| !it.is_empty()) {
            Some(blanks) => Cow::Owned(self.line.as_str().to_owned() + blanks),
            None => Cow::Borrowed(self.line.as_str()),
        }
    }

    /// The here-document of this name; the last one, as in Docker.
    pub fn heredoc(&self, name: &str) -> Option<&Heredoc<'_>> {
        self.heredocs.iter().rev().find(|it| &*it.name == name)
    }
}
