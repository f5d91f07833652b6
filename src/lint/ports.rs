//! The words of `EXPOSE`.

use crate::{
    lint::checker::Checker,
    syntax::{InstructionKind, Text},
};

/// A word of an `EXPOSE`, as far as it is written out.
pub(super) struct Port<'c> {
    /// The whole word.
    pub(super) word: &'c Text<'c>,
    /// What stands before the port: an address, a port of the machine, or both.
    pub(super) host: Option<&'c str>,
    /// The port, or a range.
    pub(super) number: &'c str,
    /// The protocol; `""` if none is named.
    pub(super) protocol: &'c str,
}

impl<'c> Port<'c> {
    /// Those of a file, in order; of `ONBUILD` too. What a variable may change is left out, and what no builder can read.
    pub(super) fn all(checker: &Checker<'c>) -> impl Iterator<Item = Self> {
        let words = checker.instructions().flat_map(|it| match &it.kind {
            InstructionKind::Expose(it) => it.ports.as_slice(),
            _ => &[],
        });
        words.filter_map(Self::new)
    }

    fn new(word: &'c Text<'c>) -> Option<Self> {
        let text = word.trim_matches(['"', '\'']);
        let (host, container) = match text.rsplit_once(':') {
            Some((host, container)) => (Some(host), container),
            None => (None, text),
        };
        let (port, protocol) = container.split_once('/').unwrap_or((container, ""));
        let is_known =
            ["", "tcp", "udp", "sctp"].iter().any(|it| protocol.eq_ignore_ascii_case(it));
        (is_known && !port.is_empty() && !word.contains('$')).then_some(Self {
            word,
            host,
            number: port,
            protocol,
        })
    }
}
