//! `# syntax=`, `# escape=`, `# check=`: lines above everything else that change how the file is read.

use crate::{syntax::Text, text::Span};

/// A directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive<'a> {
    /// The whole line from `#`, without the line break.
    pub span: Span,
    /// `syntax`, `escape` or `check`, as written.
    pub name: Text<'a>,
    /// The text after `=`.
    pub value: Text<'a>,
}
