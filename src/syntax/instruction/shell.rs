//! `SHELL`: what shell forms run in from here on.

use super::Input;
use crate::syntax::{
    Text,
    form::{advice, array},
    wrong::Wrong,
};

/// What shell forms run in from here on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shell<'a> {
    /// ```text
    /// SHELL ["/bin/bash", "-o", "pipefail", "-c"]
    ///        ^^^^^^^^^^^  ^^^^  ^^^^^^^^^^  ^^^^
    /// ```
    pub words: Vec<Text<'a>>,
}

impl<'a> Shell<'a> {
    pub(super) fn parse(input: &Input<'_, 'a>) -> Result<Self, Wrong> {
        let help = r#"Write SHELL ["/bin/bash", "-c"]."#;
        let words = array(&input.arguments)?;
        input.check_flags()?;
        match words {
            Some(words) if !words.is_empty() => Ok(Self { words }),
            None if !input.arguments.is_empty() => {
                let message = "SHELL requires the arguments to be in JSON form";
                Err(match advice(&input.arguments) {
                    Some((span, help)) => Wrong::instruction(span, message).help(help),
                    None => input.wrong(message).help(help),
                })
            }
            Some(_) | None => Err(input.at_least_one().help(help)),
        }
    }
}
