//! `CMD`: the default command, or the default arguments of the entrypoint.

use crate::syntax::{Form, Text, wrong::Wrong};

/// The default command, or the default arguments of the entrypoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cmd<'a> {
    /// ```text
    /// CMD ["nginx", "-g", "daemon off;"]
    ///     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    /// ```
    pub command: Form<'a>,
}

impl<'a> Cmd<'a> {
    pub(super) fn parse(arguments: Text<'a>) -> Result<Self, Wrong> {
        Ok(Self { command: Form::parse(arguments)? })
    }
}
