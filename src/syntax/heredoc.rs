//! Here-documents: `<<EOF` and the lines up to `EOF`.

use std::borrow::Cow;

use crate::{syntax::Text, text::Span};

/// A here-document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heredoc<'a> {
    /// The word that opens it, such as `<<-EOF`.
    pub opener: Span,
    /// The delimiter, without quotes.
    pub name: Text<'a>,
    /// The lines of the body as written, with their line breaks.
    pub body: Span,
    /// The delimiter that ends it; empty if there is none.
    pub end: Span,
    /// Whether variables in the body are expanded: the delimiter has no quotes.
    pub expand: bool,
    /// Whether leading tabs are dropped: `<<-`.
    pub strip_tabs: bool,
}

impl Heredoc<'_> {
    /// The body as the build sees it.
    pub fn content<'s>(&self, source: &'s str) -> Cow<'s, str> {
        self.body.slice(source).into()
    }
}
