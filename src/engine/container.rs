//! Containers and their states.

use crate::{
    engine::{SharedRoot, print::units},
    image::Digest,
    simulate::merge::Process,
};

/// A container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Container {
    /// Its id.
    pub id: Digest,
    /// The name that was given or made up.
    pub name: String,
    /// The image it was made from.
    pub image: Digest,
    /// What `docker run` made of the image: process 1 and the configuration. The name of the host is filled in.
    pub process: Process,
    /// The environment that processes see, as `NAME=value`.
    pub env: Vec<String>,
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
    /// The directory that process 1 starts in.
    pub fn directory(&self) -> &str {
        match self.process.config.working_dir.as_str() {
            "" => "/",
            directory => directory,
        }
    }

    /// Whether process 1 runs.
    pub const fn is_running(&self) -> bool {
        matches!(self.status, Status::Running { .. })
    }
}
