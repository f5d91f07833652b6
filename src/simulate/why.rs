//! Why a container runs what it runs: every place that says something about it, and which of them count.

use crate::{
    simulate::{Options, argv::RunWords},
    text::Span,
};

/// The answer: one row for each place that has a say, the last one strongest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Why {
    /// The base image, the Dockerfile's instructions, `docker run`.
    pub rows: Vec<Row>,
    /// The words of process 1; empty if there is none.
    pub argv: Vec<String>,
    /// Why there is none, in Docker's words.
    pub error: Option<String>,
    /// What is worth knowing besides, in our words.
    pub notes: Vec<String>,
}

/// One place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub source: Source,
    /// Its first and last line in the Dockerfile, from 1.
    pub lines: Option<(u32, u32)>,
    /// What it says about `ENTRYPOINT`.
    pub entrypoint: Cell,
    /// What it says about `CMD`.
    pub cmd: Cell,
}

/// Who says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The base image of this name.
    Base(String),
    /// The Dockerfile.
    Dockerfile,
    /// `docker run`.
    Run,
}

/// What one place says about one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// The words; `None` if it says nothing.
    pub value: Option<Vec<String>>,
    /// How they are written.
    pub form: Form,
    /// Whether they count.
    pub state: State,
    /// Why they do not, or do.
    pub reason: Option<String>,
    /// The instruction.
    pub span: Option<Span>,
}

/// How a command is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// Not in a Dockerfile.
    #[default]
    None,
    /// A line for a shell.
    Shell,
    /// A JSON array.
    Exec,
}

/// Whether a cell counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// It says nothing.
    #[default]
    Unset,
    /// It is part of process 1.
    Wins,
    /// Another one counts instead.
    Lost,
}

/// Explains the process of a container that `docker run` starts from the image that `source` builds.
pub fn why(source: &str, options: &Options<'_>, run: &RunWords) -> Why {
    let _ = (source, options, run);
    Why::default()
}
