//! `ARG`: variables of the build.

use super::{Input, env::equals};
use crate::syntax::{OneOrMore, Text, word::words, wrong::Wrong};

/// Variables of the build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arg<'a> {
    /// ```text
    /// ARG VERSION=1.2 TARGETARCH
    ///     ^^^^^^^^^^^ ^^^^^^^^^^
    /// ```
    pub variables: OneOrMore<Variable<'a>>,
}

/// A variable of the build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable<'a> {
    /// The text before `=`.
    pub name: Text<'a>,
    /// The text after `=`, before expansion.
    pub default: Option<Text<'a>>,
}

impl<'a> Arg<'a> {
    pub(super) fn parse(input: &Input<'_, 'a>) -> Result<Self, Wrong> {
        let found = words(&input.arguments, input.escape);
        let variables: OneOrMore<_> =
            found.map(|it| variable(input, it)).collect::<Result<_, _>>()?;
        if variables.is_empty() {
            return Err(input.at_least_one().help("Write ARG name, or ARG name=default."));
        }
        Ok(Self { variables })
    }
}

fn variable<'a>(input: &Input<'_, 'a>, word: &str) -> Result<Variable<'a>, Wrong> {
    let whole = input.arguments.of(word);
    match equals(word) {
        Some(0) => Err(Wrong::instruction(whole.span, "ARG names can not be blank")
            .help("Write a name before the equals sign.")),
        Some(at) => {
            Ok(Variable { name: whole.part(0, at), default: Some(whole.part(at + 1, whole.len())) })
        }
        None => Ok(Variable { name: whole, default: None }),
    }
}
