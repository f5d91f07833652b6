//! What process 1 of a container is, from `ENTRYPOINT`, `CMD` and the words of `docker run`.

use thiserror::Error;

use crate::image::Config;

/// The words of a `docker run` that count here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunWords {
    /// `--entrypoint`; `Some("")` is an empty one.
    pub entrypoint: Option<String>,
    /// The words after the image.
    pub args: Vec<String>,
}

/// Neither the image nor `docker run` names a program. In Docker's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("no command specified")]
pub struct NoCommand;

/// The words of process 1.
pub fn resolve(config: &Config, run: &RunWords) -> Result<Vec<String>, NoCommand> {
    let entrypoint = match &run.entrypoint {
        Some(it) if it.is_empty() => Vec::new(),
        Some(it) => vec![it.clone()],
        None => config.entrypoint.clone().unwrap_or_default(),
    };
    let cmd = match (&run.entrypoint, run.args.as_slice()) {
        (None, []) => config.cmd.clone().unwrap_or_default(),
        (Some(_) | None, args) => args.to_vec(),
    };
    let argv = [entrypoint, cmd].concat();
    if argv.is_empty() { Err(NoCommand) } else { Ok(argv) }
}
