//! The text of a Dockerfile to instructions. Parsing never fails: a broken line costs that line.

pub mod check_options;
pub mod csv;
pub mod directives;
pub mod duration;
pub mod expand;
pub mod flag;
pub mod form;
pub mod heredoc;
pub mod highlight;
pub mod instruction;
pub mod keyword;
mod lines;
mod list;
mod parser;
#[cfg(test)]
mod tests;
mod text;
mod word;
mod wrong;

pub use check_options::CheckOptions;
pub use directives::Directive;
pub use flag::Flag;
pub use form::Form;
pub use heredoc::Heredoc;
pub use highlight::{Token, TokenKind, tokens};
pub use instruction::{Instruction, InstructionKind};
pub use keyword::Keyword;
pub use lines::{Mark, MarkKind};
pub use list::{Few, OneOrMore};
pub use parser::parse;
pub use text::Text;
pub use word::{list, words};

use crate::{
    diagnostic::Diagnostic,
    order,
    text::{LineIndex, Span},
};

/// The code of errors that Docker finds when it reads the text.
pub const SYNTAX: &str = "syntax";
/// The code of errors that Docker finds when it looks at one instruction.
pub const INSTRUCTION: &str = "instruction";
/// The code of errors that Docker finds when it puts the instructions together.
pub const BUILD: &str = "build";

/// A Dockerfile, as far as it could be understood, and what could not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parse<'a> {
    /// The escape character: `\`, or what `# escape=` says.
    pub escape: char,
    /// The directives above everything else.
    pub directives: Vec<Directive<'a>>,
    /// All comments between instructions, from `#` to the end of the line.
    pub comments: Vec<Span>,
    /// The instructions, in order; broken ones too.
    pub instructions: Vec<Instruction<'a>>,
    /// What no builder can read, in order of place.
    pub errors: Vec<Diagnostic>,
}

impl<'a> Parse<'a> {
    /// The comments that belong to an instruction: those above it, up to a lone `#` or another instruction.
    pub fn docs(&self, of: &Instruction<'a>) -> &[Span] {
        let end = self.comments.partition_point(|it| it.start < of.span.start);
        self.comments.get(of.docs as usize..end).unwrap_or_default()
    }

    /// The texts of these comments as Docker keeps them: without the sign, unless the line is indented.
    pub fn doc_texts<'s>(
        &self,
        of: &Instruction<'a>,
        source: &'s str,
    ) -> impl Iterator<Item = &'s str> {
        self.docs(of).iter().map(move |span| {
            let before = source.get(..span.start as usize).unwrap_or_default();
            let is_first = before.is_empty() || before.ends_with(['\n', '\u{feff}']);
            let text = span.slice(source);
            text.strip_prefix('#').filter(|_| is_first).unwrap_or(text).trim()
        })
    }

    /// What the comments say about a stage or a variable: the rest of the first one that starts with `name`.
    pub fn description<'s>(
        &self,
        of: &Instruction<'a>,
        source: &'s str,
        name: &str,
    ) -> Option<&'s str> {
        let mut texts = self.doc_texts(of, source);
        texts.find_map(|it| it.strip_prefix(name)?.strip_prefix(' ')).filter(|_| !name.is_empty())
    }

    /// The source, cut at the borders of directives, comments and instructions. What is between them
    /// is white space; together the pieces are the source.
    pub fn pieces<'s>(&self, source: &'s str) -> Vec<&'s str> {
        let directives = self.directives.iter().map(|it| it.span);
        let instructions = self.instructions.iter().map(|it| it.span);
        let mut spans: Vec<_> =
            directives.chain(self.comments.iter().copied()).chain(instructions).collect();
        order::sort_by(&mut spans, Ord::cmp);
        let mut pieces = Vec::with_capacity(2 * spans.len() + 1);
        let mut done = 0;
        for span in spans {
            pieces.push(Span::new(done, span.start).slice(source));
            pieces.push(span.slice(source));
            done = span.end;
        }
        pieces.push(source.get(done as usize..).unwrap_or_default());
        pieces
    }
}

impl Parse<'_> {
    /// An error of the file as Docker prints it; the same as [`docker_text`].
    pub fn docker_text(&self, error: &Diagnostic, lines: &LineIndex<'_>) -> String {
        if error.code != INSTRUCTION {
            return error.message.clone().into_owned();
        }
        // Docker names the line in which the instruction starts, wherever in it the error is.
        let at = error.span.start;
        let next = self.instructions.partition_point(|it| it.span.start <= at);
        let found = next.checked_sub(1).and_then(|it| self.instructions.get(it));
        let found = found.filter(|it| at <= it.span.end);
        let line = lines.line(found.map_or(at, |it| it.span.start));
        format!("dockerfile parse error on line {line}: {}", error.message)
    }
}

/// An error of a Dockerfile as Docker prints it: with the line for those errors where it says the line.
pub fn docker_text(error: &Diagnostic, source: &str) -> String {
    if error.code != INSTRUCTION {
        return error.message.clone().into_owned();
    }
    parse(source).docker_text(error, &LineIndex::new(source))
}
