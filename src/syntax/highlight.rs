//! What an editor colours.

use crate::{syntax::Parse, text::Span};

/// A coloured part of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// As what.
    pub kind: TokenKind,
}

/// The kinds of coloured parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// `FROM`, `AS`, `RUN`.
    Keyword,
    /// A parser directive.
    Directive,
    /// A comment.
    Comment,
    /// `--from=build`.
    Flag,
    /// A string of a JSON array, or a text in quotes.
    String,
    /// `$NAME` or `${NAME}`.
    Variable,
    /// The image of `FROM`.
    Image,
    /// A stage's name.
    Stage,
    /// Continuations and the brackets of JSON arrays.
    Operator,
    /// A here-document.
    Heredoc,
}

/// The tokens of a parsed source, sorted and apart.
pub fn tokens(source: &str, parse: &Parse<'_>) -> Vec<Token> {
    let _ = (source, parse);
    Vec::new()
}
