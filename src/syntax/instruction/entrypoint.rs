//! `ENTRYPOINT`: the program that always runs.

use crate::syntax::{Form, Text, wrong::Wrong};

/// The program that always runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entrypoint<'a> {
    /// ```text
    /// ENTRYPOINT ["/bin/ping"]
    ///            ^^^^^^^^^^^^^
    /// ```
    pub command: Form<'a>,
}

impl<'a> Entrypoint<'a> {
    pub(super) fn parse(arguments: Text<'a>) -> Result<Self, Wrong> {
        Ok(Self { command: Form::parse(arguments)? })
    }
}
