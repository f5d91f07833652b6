//! `WORKDIR`: the directory for what follows, and of the container's process.

use super::Input;
use crate::syntax::{Text, wrong::Wrong};

/// The directory for what follows, and of the container's process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workdir<'a> {
    /// ```text
    /// WORKDIR /srv/app
    ///         ^^^^^^^^
    /// ```
    pub path: Text<'a>,
}

impl<'a> Workdir<'a> {
    pub(super) fn parse(input: &Input<'_, 'a>) -> Result<Self, Wrong> {
        let path = input.one()?;
        input.check_flags()?;
        Ok(Self { path })
    }
}
