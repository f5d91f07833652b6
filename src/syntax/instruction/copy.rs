//! `COPY`, and `ADD`, whose arguments have the same form: files into the image.

use super::Input;
use crate::syntax::{Text, form::array, heredoc::openers, word::list, wrong::Wrong};

/// Files into the image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy<'a> {
    /// ```text
    /// COPY --chown=me go.mod go.sum ./
    ///                 ^^^^^^ ^^^^^^
    /// ```
    pub sources: Vec<Text<'a>>,
    /// ```text
    /// COPY --chown=me go.mod go.sum ./
    ///                               ^^
    /// ```
    pub destination: Text<'a>,
}

impl<'a> Copy<'a> {
    pub(super) fn parse(input: &Input<'_, 'a>) -> Result<Self, Wrong> {
        let text = &input.arguments;
        let mut words = match array(text)? {
            Some(words) => words,
            None => list(text).map(|it| text.of(it)).collect(),
        };
        match words.pop() {
            Some(it) if it.starts_with("<<") && !openers(&it).is_empty() => {
                let message =
                    format!("{} cannot accept a heredoc as a destination", input.keyword.as_str());
                Err(Wrong::instruction(it.span, message)
                    .help("Write a path after the here-documents."))
            }
            Some(destination) if !words.is_empty() => Ok(Self { sources: words, destination }),
            Some(_) | None => {
                let name = input.keyword.as_str();
                let message = format!(
                    "{name} requires at least two arguments, but only one was provided. \
                     Destination could not be determined"
                );
                let help = format!("Write {name} source destination.");
                Err(input.wrong(message).help(help))
            }
        }
    }
}
