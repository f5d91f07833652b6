//! Images that the engine has.

use crate::{
    engine::SharedRoot,
    image::{Config, Digest},
};

/// An image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The digest of its configuration.
    pub id: Digest,
    /// Its digest in the registry that it came from or went to.
    pub digest: Option<Digest>,
    /// What it says about containers.
    pub config: Config,
    /// When it was made, in seconds since 1970.
    pub created: i64,
    /// From the base up.
    pub layers: Vec<Layer>,
    /// What its containers find.
    pub root: SharedRoot,
}

/// A layer of an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Its digest.
    pub id: Digest,
    /// Bytes on disk.
    pub size: u64,
}

impl Image {
    /// Bytes on disk.
    pub fn size(&self) -> u64 {
        self.layers.iter().map(|it| it.size).sum()
    }
}
