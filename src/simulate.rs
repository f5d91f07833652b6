//! What a build gives, without building: the steps, the image's configuration, what a container of it runs.

pub mod argv;
mod build;
mod copy;
mod history;
pub mod path;
mod plan;
mod ports;
mod run;
mod stage;
mod step;
#[cfg(test)]
mod tests;
pub mod why;

pub use build::{BASE, build};

use std::collections::BTreeMap;

use crate::{
    diagnostic::Diagnostic,
    image::{Config, Reference},
    text::Span,
};

/// Something that knows the configuration of base images.
pub trait Bases {
    /// The configuration of `image`, or `None` if it is not known.
    fn find(&self, image: &Reference) -> Option<Config>;
}

/// What `docker build` was told.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// `--target`.
    pub target: Option<&'a str>,
    /// `--build-arg`.
    pub build_args: &'a BTreeMap<String, String>,
    /// `--label`.
    pub labels: &'a BTreeMap<String, String>,
    /// The images that `FROM` finds.
    pub bases: &'a dyn Bases,
}

/// What a build does and gives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Build {
    /// The steps of the stages that the target needs, in order.
    pub steps: Vec<Step>,
    /// The configuration of the image.
    pub config: Config,
    /// The stage that becomes the image; `None` if the file has no stage.
    pub target: Option<usize>,
    /// Why there is no image, if not empty; the first is the one that Docker prints.
    pub errors: Vec<Diagnostic>,
}

impl Build {
    /// The steps of one stage.
    pub fn steps_of(&self, stage: usize) -> &[Step] {
        let start = self.steps.partition_point(|it| it.stage < stage);
        let end = self.steps.partition_point(|it| it.stage <= stage);
        self.steps.get(start..end).unwrap_or_default()
    }
}

/// One step of a build: one instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The instruction.
    pub span: Span,
    /// Which stage it belongs to, from 0.
    pub stage: usize,
    /// The instruction in one line, as the classic builder prints it after `Step 1/4 : `.
    pub text: String,
    /// The text in the image's history.
    pub created_by: String,
    /// What it does.
    pub kind: StepKind,
    /// The configuration after it.
    pub config: Config,
}

/// What a stage starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// An image.
    Image(Reference),
    /// An earlier stage.
    Stage(usize),
    /// Nothing.
    Scratch,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepKind {
    /// Starts a stage.
    From {
        /// What from.
        base: Base,
    },
    /// Runs a command.
    Run {
        /// The words of the process.
        argv: Vec<String>,
        /// Whether a shell reads the last word.
        shell: bool,
    },
    /// Copies files.
    Copy {
        /// Paths in the context, or in the stage or image of `from`.
        sources: Vec<String>,
        /// Where to, as expanded.
        destination: String,
        /// `--from`.
        from: Option<String>,
    },
    /// Sets the working directory, and makes it.
    Workdir,
    /// Changes the configuration only.
    Metadata,
}
