//! Lists as Docker prints them, for rows of the virtual engine or of a real one.

use crate::command::{Images, Profile, Ps};

pub mod columns;
pub mod units;

/// One name of one image.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImageRow {
    /// The familiar name, `ubuntu`; `None` for an image without a name.
    pub repository: Option<String>,
    /// The tag.
    pub tag: Option<String>,
    /// The digest in the registry, `sha256:…`.
    pub digest: Option<String>,
    /// The id, `sha256:…`.
    pub id: String,
    /// When it was made, in seconds since 1970.
    pub created: i64,
    /// Bytes on disk.
    pub size: u64,
    /// Bytes as a registry sends them, where the engine keeps those too.
    pub content_size: u64,
    /// Whether a container uses it.
    pub in_use: bool,
}

/// One container.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContainerRow {
    /// The id, 64 digits.
    pub id: String,
    /// The image as named when it was made, or its id if the name moved.
    pub image: String,
    /// The command, uncut and without quotes.
    pub command: String,
    /// When it was made, in seconds since 1970.
    pub created: i64,
    /// Such as `Up 2 minutes`.
    pub status: String,
    /// Such as `0.0.0.0:8080->80/tcp`.
    pub ports: String,
    /// The names, with commas.
    pub names: String,
    /// Bytes written, as `docker ps -s` shows them.
    pub size: String,
}

/// `docker images`.
pub fn images(rows: &[ImageRow], options: &Images, profile: Profile, now: i64) -> String {
    images::print(rows, options, profile, now)
}

/// `docker ps`.
pub fn ps(rows: &[ContainerRow], options: &Ps, profile: Profile, now: i64) -> String {
    containers::print(rows, options, profile, now)
}

mod containers;
mod images;
mod template;
