//! Containers and their states.

use crate::{
    engine::{SharedRoot, print::units},
    image::Digest,
};

/// A container.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of docker run")]
pub struct Container {
    /// Its id.
    pub id: Digest,
    /// The name that was given or made up.
    pub name: String,
    /// The image it was made from.
    pub image: Digest,
    /// The image's name as written.
    pub image_name: String,
    /// The words of process 1.
    pub argv: Vec<String>,
    /// The environment as `NAME=value`.
    pub env: Vec<String>,
    /// The directory that process 1 starts in.
    pub directory: String,
    /// The name of the host inside.
    pub hostname: String,
    /// The user as written; empty for root.
    pub user: String,
    /// Whether it has a terminal.
    pub tty: bool,
    /// Whether its standard input is open.
    pub stdin: bool,
    /// Whether it runs in the background.
    pub detached: bool,
    /// Whether it is removed when it ends.
    pub auto_remove: bool,
    /// When it was made.
    pub created: i64,
    /// What it does.
    pub status: Status,
    /// What process 1 has written.
    pub log: String,
    /// Its files.
    pub root: SharedRoot,
    /// Published ports as written.
    pub publish: Vec<String>,
}

/// What a container does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It was made, but process 1 could not start.
    Created {
        /// The exit code of `docker run`.
        code: u8,
    },
    /// Process 1 runs.
    Running {
        /// Since when.
        since: i64,
    },
    /// Process 1 has ended.
    Exited {
        /// How.
        code: u8,
        /// When.
        at: i64,
    },
}

impl Status {
    /// The state in one word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Created { .. } => "created",
            Self::Running { .. } => "running",
            Self::Exited { .. } => "exited",
        }
    }

    /// The exit code, if there is one.
    pub const fn code(self) -> Option<u8> {
        match self {
            Self::Created { code } | Self::Exited { code, .. } => Some(code),
            Self::Running { .. } => None,
        }
    }

    /// The state as `docker ps` words it: `Up 2 minutes`.
    pub fn sentence(self, now: i64) -> String {
        match self {
            Self::Created { .. } => "Created".to_owned(),
            Self::Running { since } => format!("Up {}", units::duration(now - since)),
            Self::Exited { code, at } => format!("Exited ({code}) {}", units::ago(at, now)),
        }
    }
}

impl Container {
    /// Whether process 1 runs.
    pub const fn is_running(&self) -> bool {
        matches!(self.status, Status::Running { .. })
    }
}
