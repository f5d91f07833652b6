//! `FROM`: the start of a build stage.

use super::Input;
use crate::syntax::{Text, flag::Flags, word::list, wrong::Wrong};

/// The start of a build stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct From<'a> {
    /// ```text
    /// FROM --platform=linux/amd64 alpine:3.20 AS base
    ///                             ^^^^^^^^^^^
    /// ```
    pub image: Text<'a>,
    /// ```text
    /// FROM --platform=linux/amd64 alpine:3.20 AS base
    ///                                            ^^^^
    /// ```
    pub name: Option<Text<'a>>,
    /// ```text
    /// FROM --platform=linux/amd64 alpine:3.20 AS base
    ///                 ^^^^^^^^^^^
    /// ```
    pub platform: Option<Box<Text<'a>>>,
}

impl<'a> From<'a> {
    pub(super) fn parse(input: &Input<'_, 'a>) -> Result<Self, Wrong> {
        let text = &input.arguments;
        let mut words = list(text);
        let (image, name) = match (words.next(), words.next(), words.next(), words.next()) {
            (Some(image), None, _, _) => (text.of(image), None),
            (Some(image), Some(word), Some(name), None) if word.eq_ignore_ascii_case("as") => {
                let name = text.of(name);
                if !is_stage_name(&name) {
                    return Err(bad_name(&name));
                }
                (text.of(image), Some(name))
            }
            _ => {
                return Err(input
                    .wrong("FROM requires either one or three arguments")
                    .help("Write FROM image, or FROM image AS name."));
            }
        };
        input.check_flags()?;
        Ok(Self { image, name, platform: Flags(input.flags).text("platform").map(Box::new) })
    }

    /// `AS`, as written.
    pub fn as_word(&self, arguments: &Text<'a>) -> Option<Text<'a>> {
        self.name.as_ref()?;
        list(arguments).nth(1).map(|it| arguments.of(it))
    }
}

fn is_stage_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|it| it.is_ascii_alphabetic())
        && bytes.all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.'))
}

fn bad_name(name: &Text<'_>) -> Wrong {
    let message = format!(
        "invalid name for build stage: {:?}, name can't start with a number or contain symbols",
        name.as_str()
    );
    Wrong::instruction(name.span, message)
        .help("Start with a letter; go on with letters, digits, `-`, `_` and `.`.")
}
