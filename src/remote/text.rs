//! The words of the docker command line around what an engine answers.

use crate::protocol::{ErrorKind, RpcError};

/// The exit code of `docker run` when the container did not start, from the engine's words.
///
/// The command line looks for the same words (`toStatusError` of docker/cli).
pub fn start_exit(message: &str) -> u8 {
    let says = |it: &[&str]| it.iter().any(|it| message.contains(it));
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

/// What `docker run` prints when the container did not start.
pub fn start_error(error: &RpcError) -> String {
    match error.data.kind {
        ErrorKind::EngineError | ErrorKind::Conflict | ErrorKind::NotFound => {
            format!(
                "docker: Error response from daemon: {}.\n",
                error.message.trim_end_matches('.')
            )
        }
        _ => ours(error),
    }
}

/// What the other commands print when the engine or a registry refused.
pub fn engine_error(error: &RpcError) -> String {
    match error.data.kind {
        ErrorKind::EngineError
        | ErrorKind::Conflict
        | ErrorKind::NotFound
        | ErrorKind::RegistryError => {
            format!("Error response from daemon: {}\n", error.message)
        }
        _ => ours(error),
    }
}

/// What is printed when a job failed: an answer of the engine has a prefix, an error within its stream has none.
pub fn job_error(error: &RpcError) -> String {
    match (error.data.kind, error.data.status) {
        (ErrorKind::EngineError | ErrorKind::RegistryError, None) => format!("{}\n", error.message),
        (_, _) => engine_error(error),
    }
}

/// An error of the agent's own, with what to do.
pub fn ours(error: &RpcError) -> String {
    match &error.data.detail {
        Some(detail) => format!("{} ({detail})\n", error.message),
        None => format!("{}\n", error.message),
    }
}

/// A line of a pull or push, as the command line prints it when it is not on a terminal.
pub fn progress(id: &str, text: &str) -> String {
    if id.is_empty() { format!("{text}\n") } else { format!("{id}: {text}\n") }
}
