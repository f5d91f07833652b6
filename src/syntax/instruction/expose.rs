//! `EXPOSE`: ports that the image's program listens on.

use super::Input;
use crate::syntax::{OneOrMore, Text, word::list, wrong::Wrong};

/// Ports that the image's program listens on. It documents them, it does not open them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expose<'a> {
    /// ```text
    /// EXPOSE 80 8000-8010/udp
    ///        ^^ ^^^^^^^^^^^^^
    /// ```
    pub ports: OneOrMore<Text<'a>>,
}

impl<'a> Expose<'a> {
    pub(super) fn parse(input: &Input<'_, 'a>) -> Result<Self, Wrong> {
        let text = &input.arguments;
        let ports: OneOrMore<_> = list(text).map(|it| text.of(it)).collect();
        if ports.is_empty() {
            return Err(input.at_least_one().help("Write EXPOSE 8080."));
        }
        input.check_flags()?;
        Ok(Self { ports })
    }
}
