//! The text of a shell command to a tree, and the commands in it. Parsing never fails: a broken part is a node of its own.
//!
//! What a `RUN` gives to its shell is not one piece of the Dockerfile: continuations, comments and the tabs of
//! here-documents are gone from it. A [`Source`] is that text and knows where each byte stands in the Dockerfile; a
//! [`Tree`] is what the text means, of nodes in one list; a [`Script`] has the [`Command`]s that a rule asks about.
//!
//! The language is that of POSIX, XCU 2, with what bash adds and people write in `RUN`: `[[ ]]`, `(( ))`, arrays, `$''`,
//! process substitution, here-strings, `function`, brace expansion, extended patterns.

mod command;
mod interpreter;
mod parser;
mod source;
#[cfg(test)]
mod tests;
mod tree;
mod value;

pub use command::{Arg, Command, Script, Word, commands};
pub use interpreter::Dialect;
pub use parser::parse;
pub use source::Source;
pub use tree::{Id, Kind, Mistake, Node, Tree};
