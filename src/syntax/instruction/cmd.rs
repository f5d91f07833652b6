//! `CMD`: the default command, or the default arguments of the entrypoint.

use super::Input;
use crate::syntax::{Form, flag, wrong::Wrong};

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
    pub(super) fn parse(input: Input<'_, 'a>) -> Result<Self, Wrong> {
        let Input { arguments, flags, keyword, .. } = input;
        let command = Form::parse(arguments)?;
        flag::check(flags, keyword)?;
        Ok(Self { command })
    }
}
