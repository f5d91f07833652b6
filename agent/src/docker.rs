//! The engine: the one gate to it. Only the modules below speak to Docker, and only they name `bollard`.
//!
//! `bollard` makes the typed calls and BuildKit's session. Where it loses something, [`http`] asks the engine itself:
//! a TTY's bytes (its decoder freezes on some), the layer of a push, the exit code of a failed `RUN`, an image's
//! whole JSON.

mod attach;
mod build;
mod buildkit;
mod container;
mod error;
mod http;
mod image;
mod info;
mod login;
mod plain;
mod policy;
mod transfer;

use std::{path::PathBuf, sync::Arc};

use bollard::Docker;

pub(crate) use self::{
    attach::{Attached, Input},
    build::{Building, Said, Sources},
    container::{Owner, check},
    error::EngineError,
    info::sentence,
    login::Logins,
    transfer::Step,
};
use self::{http::Lines, policy::Refused};
use crate::config;

/// An engine behind a Unix socket. Nothing is connected until something is asked.
#[derive(Debug, Clone)]
pub(crate) struct Engine {
    socket: Arc<PathBuf>,
}

/// The address names no Unix socket.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the engine's address {0:?} is not a Unix socket: give one as --engine unix:///var/run/docker.sock. \
     Engines on TCP or SSH are not supported: an open TCP port gives the whole machine away"
)]
pub(crate) struct NotASocket(String);

impl Engine {
    /// The engine at `unix:///path`.
    pub(crate) fn new(address: &str) -> Result<Self, NotASocket> {
        match address.strip_prefix("unix://") {
            Some(path) if path.starts_with('/') => {
                Ok(Self { socket: Arc::new(PathBuf::from(path)) })
            }
            Some(_) | None => Err(NotASocket(address.to_owned())),
        }
    }

    fn docker(&self) -> Result<Docker, EngineError> {
        let path = self.socket.to_string_lossy();
        let seconds = config::ENGINE_TIME.as_secs();
        Docker::connect_with_unix(&path, seconds, bollard::API_DEFAULT_VERSION)
            .map_err(|it| self.error(it))
    }

    fn error(&self, error: bollard::errors::Error) -> EngineError {
        EngineError::from_bollard(error, &self.socket)
    }
}
