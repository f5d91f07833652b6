//! What has happened on a machine: the facts that lessons look at.

use crate::{image::Digest, order::Map};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A command line was carried out, or refused.
    Command {
        /// The usual name: `docker run`, `ls`.
        name: String,
        /// Flags by long name.
        flags: Map<Vec<String>>,
        /// Words that are not flags.
        args: Vec<String>,
        /// How it ended; `None` while it runs.
        exit: Option<u8>,
    },
    /// A container was made.
    Container(Digest),
    /// A build ended.
    Build(BuildEvent),
}

/// How a build went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildEvent {
    /// The full names given to the image.
    pub tags: Vec<String>,
    /// Whether there is an image.
    pub ok: bool,
    /// How many steps were taken from earlier builds.
    pub cached: usize,
}
