//! `--name=value` between an instruction's keyword and its arguments.

use crate::{syntax::Text, text::Span};

/// A flag of an instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag<'a> {
    /// From `--` to the end of the value.
    pub span: Span,
    /// The name, without `--`.
    pub name: Text<'a>,
    /// The text after `=`, without quotes; `None` without `=`.
    pub value: Option<Text<'a>>,
}
