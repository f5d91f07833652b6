//! What process 1 of a container is, from `ENTRYPOINT`, `CMD` and the words of `docker run`.

use thiserror::Error;

use crate::{command::Run, image::Config};

/// The words of a `docker run` that count here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunWords {
    /// `--entrypoint`; `Some("")` is an empty one.
    pub entrypoint: Option<String>,
    /// The words after the image.
    pub args: Vec<String>,
}

impl From<&Run> for RunWords {
    fn from(it: &Run) -> Self {
        Self { entrypoint: it.entrypoint.clone(), args: it.args.clone() }
    }
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
        None => match config.entrypoint.as_deref() {
            // It is how the engine's clients write that there is none.
            Some([it]) if it.is_empty() => Vec::new(),
            Some(words) => words.to_vec(),
            None => Vec::new(),
        },
    };
    let cmd = match (&run.entrypoint, run.args.as_slice()) {
        (None, []) => config.cmd.clone().unwrap_or_default(),
        (Some(_) | None, args) => args.to_vec(),
    };
    let argv = [entrypoint, cmd].concat();
    if argv.is_empty() { Err(NoCommand) } else { Ok(argv) }
}
