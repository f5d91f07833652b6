//! The two ways to write a command: exec form, a JSON array of words, and shell form, a line for a shell.

use crate::syntax::Text;

/// A command in one of its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form<'a> {
    /// `["program", "argument"]`: the words of the process, decoded.
    Exec(Vec<Text<'a>>),
    /// `program argument`: one text, given to a shell.
    Shell(Text<'a>),
}
