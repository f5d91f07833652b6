//! `RUN`: a command that runs during the build.

use crate::syntax::{Form, Text, wrong::Wrong};

/// A command that runs during the build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run<'a> {
    /// ```text
    /// RUN --network=none make install
    ///                    ^^^^^^^^^^^^
    /// ```
    pub command: Form<'a>,
}

impl<'a> Run<'a> {
    pub(super) fn parse(arguments: Text<'a>) -> Result<Self, Wrong> {
        Ok(Self { command: Form::parse(arguments)? })
    }
}
