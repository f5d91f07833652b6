//! What can go wrong at the engine, and how the page is told.

use std::{io, path::Path};

use bollard::errors::Error;
use dockwright::protocol::{ErrorKind, RpcError};

/// The longest text of the engine that is passed on, in bytes.
const MAX_MESSAGE: usize = 2 * 1024;

/// Why the engine did not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EngineError {
    /// There is no socket.
    #[error(
        "There is no Docker socket at {0}. Install Docker and start it, or say where its socket is: \
         dockwright serve --engine unix:///path"
    )]
    Missing(String),
    /// The socket is not for this user.
    #[error(
        "This user may not use the Docker socket at {0}. Run `sudo usermod -aG docker $USER`, then log in again; \
         or start Dockwright as a user who may"
    )]
    Denied(String),
    /// There is a socket and nobody behind it.
    #[error(
        "Nothing answers at the Docker socket {0}. Start Docker, for example with `sudo systemctl start docker`"
    )]
    Silent(String),
    /// The connection broke.
    #[error("The Docker engine went away")]
    Gone,
    /// No answer in time.
    #[error("The Docker engine gave no answer in time")]
    Timeout,
    /// The engine said no.
    #[error("{message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Its words.
        message: String,
    },
    /// The engine said in the middle of an answer that it failed.
    #[error("{message}")]
    Failed {
        /// Its words.
        message: String,
        /// The exit code of a failed `RUN`.
        code: Option<i64>,
    },
    /// An answer that makes no sense.
    #[error("The Docker engine gave an answer that Dockwright does not understand: {0}")]
    Strange(String),
}

impl EngineError {
    /// What connecting to a socket can give.
    pub(super) fn from_connect(error: &io::Error, socket: &Path) -> Self {
        let socket = socket.display().to_string();
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing(socket),
            io::ErrorKind::PermissionDenied => Self::Denied(socket),
            _ => Self::Silent(socket),
        }
    }

    pub(super) fn from_bollard(error: Error, socket: &Path) -> Self {
        match error {
            Error::DockerResponseServerError { status_code, message } => {
                Self::Refused { status: status_code, message }
            }
            Error::DockerStreamError { error } => {
                let code = failed_code(&error);
                Self::Failed { message: error, code }
            }
            Error::RequestTimeoutError => Self::Timeout,
            Error::SocketNotFoundError(_) => Self::Missing(socket.display().to_string()),
            Error::IOError { err } => match err.kind() {
                io::ErrorKind::NotFound
                | io::ErrorKind::PermissionDenied
                | io::ErrorKind::ConnectionRefused => Self::from_connect(&err, socket),
                _ => Self::Gone,
            },
            Error::HyperResponseError { .. } => Self::Gone,
            Error::HyperLegacyError { err } => match root(&err).downcast_ref::<io::Error>() {
                Some(error) if err.is_connect() => Self::from_connect(error, socket),
                Some(_) | None => Self::Gone,
            },
            other => Self::Strange(other.to_string()),
        }
    }

    /// Whether it is the engine that is missing, rather than what was asked that is wrong.
    pub(crate) fn is_absence(&self) -> bool {
        match self {
            Self::Missing(_) | Self::Denied(_) | Self::Silent(_) | Self::Gone => true,
            Self::Timeout | Self::Refused { .. } | Self::Failed { .. } | Self::Strange(_) => false,
        }
    }

    /// The error of a call that concerns the engine alone.
    pub(crate) fn into_rpc(self) -> RpcError {
        self.rpc(ErrorKind::EngineError)
    }

    /// The error of a call in which the engine speaks for a registry.
    pub(crate) fn into_registry_rpc(self) -> RpcError {
        self.rpc(ErrorKind::RegistryError)
    }

    /// The error of starting a container, with the code that `docker run` exits with.
    pub(crate) fn into_start_rpc(self) -> RpcError {
        let exit = match &self {
            Self::Refused { message, .. } => start_exit(message),
            _ => 125,
        };
        self.into_rpc().with_exit(exit)
    }

    fn rpc(self, refusal: ErrorKind) -> RpcError {
        let text = cut(&self.to_string());
        match self {
            Self::Missing(_) | Self::Denied(_) | Self::Silent(_) | Self::Gone => {
                RpcError::new(ErrorKind::EngineUnavailable, text)
            }
            Self::Timeout => RpcError::new(ErrorKind::Timeout, text),
            Self::Strange(_) => RpcError::new(ErrorKind::EngineError, text),
            Self::Refused { status, message } => {
                let kind = match status {
                    _ if is_disk_full(&message) => ErrorKind::DiskFull,
                    404 => ErrorKind::NotFound,
                    409 => ErrorKind::Conflict,
                    _ => refusal,
                };
                RpcError::new(kind, text).with_status(status)
            }
            Self::Failed { message, code } => {
                let kind = if is_disk_full(&message) { ErrorKind::DiskFull } else { refusal };
                let error = RpcError::new(kind, text);
                match code.and_then(|it| u8::try_from(it).ok()).filter(|it| *it != 0) {
                    Some(code) => error.with_exit(code),
                    None => error,
                }
            }
        }
    }
}

/// What `docker run` exits with when the engine cannot start the container.
fn start_exit(message: &str) -> u8 {
    let says = |texts: &[&str]| texts.iter().any(|it| message.contains(it));
    if says(&[
        "executable file not found",
        "no such file or directory",
        "system cannot find the file specified",
    ]) {
        127
    } else if says(&["permission denied", "is a directory"]) {
        126
    } else {
        125
    }
}

/// The exit code in the classic builder's text, which `bollard` does not pass on by itself.
fn failed_code(message: &str) -> Option<i64> {
    message.rsplit_once("returned a non-zero code: ")?.1.trim().parse().ok()
}

fn is_disk_full(message: &str) -> bool {
    message.contains("no space left on device")
}

fn root<'a>(error: &'a (dyn std::error::Error + 'static)) -> &'a (dyn std::error::Error + 'static) {
    let mut root = error;
    while let Some(source) = root.source() {
        root = source;
    }
    root
}

fn cut(text: &str) -> String {
    text.get(..text.floor_char_boundary(MAX_MESSAGE)).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn start_errors_have_the_exit_codes_of_docker() {
        let runc = "failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ";
        for (text, exit) in [
            (r#"exec: "nope": executable file not found in $PATH: unknown"#, 127),
            (r#"exec: "/bin/ping": stat /bin/ping: no such file or directory: unknown"#, 127),
            (r#"exec: "/etc": permission denied: unknown"#, 126),
            (r#"exec: "/etc": is a directory: unknown"#, 126),
            ("No command specified", 125),
        ] {
            let refused = EngineError::Refused { status: 400, message: format!("{runc}{text}") };
            let rpc = refused.into_start_rpc();
            assert_eq!((rpc.data.exit, rpc.data.status), (Some(exit), Some(400)), "{text}");
        }
    }

    #[test]
    fn what_the_page_is_told() {
        let refused =
            |status, message: &str| EngineError::Refused { status, message: message.to_owned() };
        let failed =
            |message: &str, code| EngineError::Failed { message: message.to_owned(), code };
        for (error, kind, exit) in [
            (EngineError::Missing("/s".to_owned()), ErrorKind::EngineUnavailable, None),
            (EngineError::Gone, ErrorKind::EngineUnavailable, None),
            (refused(404, "No such image: x:1"), ErrorKind::NotFound, None),
            (refused(409, "in use"), ErrorKind::Conflict, None),
            (refused(500, "write /x: no space left on device"), ErrorKind::DiskFull, None),
            (
                failed("The command '/bin/sh -c exit 3' returned a non-zero code: 3", Some(3)),
                ErrorKind::EngineError,
                Some(3),
            ),
            (failed("pull access denied", None), ErrorKind::EngineError, None),
        ] {
            let rpc = error.into_rpc();
            assert_eq!((rpc.data.kind, rpc.data.exit), (kind, exit), "{rpc}");
        }
    }
}
