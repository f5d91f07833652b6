//! `ENTRYPOINT`: the program that always runs.

use super::Input;
use crate::syntax::{Form, flag, wrong::Wrong};

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
    pub(super) fn parse(input: Input<'_, 'a>) -> Result<Self, Wrong> {
        let Input { arguments, flags, keyword, .. } = input;
        let command = Form::parse(arguments)?;
        flag::check(flags, keyword)?;
        Ok(Self { command })
    }
}
