//! `LABEL`: keys and values for people and tools.

use super::{
    Input,
    env::{Pair, pairs},
};
use crate::syntax::{OneOrMore, wrong::Wrong};

/// Keys and values for people and tools.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label<'a> {
    /// ```text
    /// LABEL maintainer="Jo" version=1
    ///       ^^^^^^^^^^^^^^^ ^^^^^^^^^
    /// ```
    pub pairs: OneOrMore<Pair<'a>>,
    /// Whether it is the old form, `LABEL name value`.
    pub legacy: bool,
}

impl<'a> Label<'a> {
    pub(super) fn parse(input: &Input<'_, 'a>) -> Result<Self, Wrong> {
        let (pairs, legacy) = pairs(input)?;
        Ok(Self { pairs, legacy })
    }
}
