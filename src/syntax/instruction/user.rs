//! `USER`: whom the following commands and the container's process run as.

use super::Input;
use crate::syntax::{Text, wrong::Wrong};

/// Whom the following commands and the container's process run as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User<'a> {
    /// ```text
    /// USER app:staff
    ///      ^^^^^^^^^
    /// ```
    pub user: Text<'a>,
}

impl<'a> User<'a> {
    pub(super) fn parse(input: &Input<'_, 'a>) -> Result<Self, Wrong> {
        let user = input.one()?;
        input.check_flags()?;
        Ok(Self { user })
    }
}
