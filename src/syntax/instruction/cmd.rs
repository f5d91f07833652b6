//! `CMD`: the default command, or the default arguments of the entrypoint.

use super::Input;
use crate::syntax::{Form, wrong::Wrong};

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
    pub(super) fn parse(input: &Input<'_, 'a>) -> Result<Self, Wrong> {
        let command = Form::parse(&input.arguments)?;
        input.check_flags()?;
        Ok(Self { command })
    }
}
