//! `VOLUME`: paths whose data lives outside the container.

use super::Input;
use crate::syntax::{OneOrMore, Text, form::array, word::list, wrong::Wrong};

/// Paths whose data lives outside the container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume<'a> {
    /// ```text
    /// VOLUME /data /logs
    ///        ^^^^^ ^^^^^
    /// ```
    pub paths: OneOrMore<Text<'a>>,
}

impl<'a> Volume<'a> {
    pub(super) fn parse(input: &Input<'_, 'a>) -> Result<Self, Wrong> {
        let text = &input.arguments;
        let paths: OneOrMore<_> = match array(text)? {
            Some(paths) => paths.into_iter().map(trimmed).collect(),
            None => list(text).map(|it| text.of(it)).collect(),
        };
        if paths.is_empty() {
            return Err(input.at_least_one().help("Write VOLUME /path."));
        }
        input.check_flags()?;
        match paths.iter().find(|it| it.is_empty()) {
            Some(it) => {
                Err(Wrong::instruction(it.span, "VOLUME specified can not be an empty string")
                    .help("Write a path between the quotes."))
            }
            None => Ok(Self { paths }),
        }
    }
}

/// Without blanks at both ends, which only JSON can have.
fn trimmed(it: Text<'_>) -> Text<'_> {
    let text = it.trim();
    if text.len() == it.len() {
        return it;
    }
    let start = it.len() - it.trim_start().len();
    let part = it.part(start, start + text.len());
    part.with_span(it.span)
}
