//! What a build gives, without building: the steps, the image's configuration, what a container of it runs.

mod arguments;
pub mod argv;
mod build;
pub mod cache;
pub mod checks;
mod commit;
pub mod context;
mod copy;
mod epoch;
pub mod files;
mod git;
mod history;
pub mod layers;
pub mod merge;
pub mod path;
mod plan;
pub mod ports;
mod replay;
mod run;
mod shared;
pub mod signal;
mod similar;
mod stage;
mod step;
#[cfg(test)]
mod tests;
mod variables;
pub mod why;

pub use build::{BASE, build, build_checked, build_parsed, build_unlaid};
pub use commit::commit;
pub use replay::Replay;
pub use shared::Shared;

use std::sync::Arc;

use context::Context;
use files::tree::Tree;

use crate::{
    diagnostic::Diagnostic,
    image::{Config, Healthcheck, Platform, Reference},
    order::Map,
    syntax::{OneOrMore, instruction::mount::MountSpec},
    text::Span,
};

static NOTHING: Map<String> = Map::new();

/// Something that knows base images.
pub trait Bases {
    /// What is known about `image` for a machine like `platform`, or `None` if it is not known.
    fn find(&self, image: &Reference, platform: &Platform) -> Option<BaseImage>;

    /// The files of `image`, or `None` if they are not known.
    fn files(&self, _image: &Reference) -> Option<Arc<Tree>> {
        None
    }
}

/// A base image, as far as a build needs to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseImage {
    /// Its configuration.
    pub config: Config,
    /// What machines it is for.
    pub platform: Arc<Platform>,
    /// Its history, the oldest first.
    pub history: Vec<History>,
    /// Its author; mostly empty.
    pub author: String,
}

impl From<Config> for BaseImage {
    /// An image for `linux/amd64` with no history.
    fn from(config: Config) -> Self {
        let platform = Arc::clone(&build::HOST);
        Self { config, platform, history: Vec::new(), author: String::new() }
    }
}

impl Default for BaseImage {
    fn default() -> Self {
        Config::default().into()
    }
}

/// What `docker build` was told. Start with [`Options::new`].
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// `--target`.
    pub target: Option<&'a str>,
    /// `--build-arg`.
    pub build_args: &'a Map<String>,
    /// `--label`.
    pub labels: &'a Map<String>,
    /// The images that `FROM` finds.
    pub bases: &'a dyn Bases,
    /// `--platform`.
    pub platform: Option<&'a Platform>,
    /// The files of the folder that is built; `None` if they are not known, and not checked.
    pub context: Option<&'a Context>,
    /// `--check`: nothing is built, files are not looked for, and without a target all stages are looked at.
    pub check: bool,
}

impl<'a> Options<'a> {
    /// Whether all stages are looked at, needed or not.
    fn checks_all(&self) -> bool {
        self.check && self.target.is_none_or(str::is_empty)
    }

    /// A build without options.
    pub fn new(bases: &'a dyn Bases) -> Self {
        Self {
            target: None,
            build_args: &NOTHING,
            labels: &NOTHING,
            bases,
            platform: None,
            context: None,
            check: false,
        }
    }
}

/// What a build does and gives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Build {
    /// The steps of the stages that the target needs, in the order of the file.
    pub steps: Vec<Step>,
    /// The configuration of the image.
    pub config: Config,
    /// What `MAINTAINER` says, or the base image.
    pub author: String,
    /// What machines the image is for.
    pub platform: Arc<Platform>,
    /// The history of the base image, the oldest first. [`Build::history`] is that of the image.
    pub base_history: Arc<Vec<History>>,
    /// All stages of the file.
    pub stages: Vec<StageInfo>,
    /// The stage that becomes the image; `None` if the file has no stage.
    pub target: Option<usize>,
    /// Why there is no image, if not empty; the first is the one that Docker prints.
    pub errors: Vec<Diagnostic>,
    /// Other places that an error is about: the place of the error, and the other one. BuildKit marks them too.
    pub related: Vec<(Span, Span)>,
}

impl Build {
    /// The steps of one stage.
    pub fn steps_of(&self, stage: usize) -> &[Step] {
        let start = self.steps.partition_point(|it| it.stage < stage);
        let end = self.steps.partition_point(|it| it.stage <= stage);
        self.steps.get(start..end).unwrap_or_default()
    }

    /// The stages that the image is made of, the lowest first: each stands on the one before.
    pub fn chain(&self) -> Vec<usize> {
        let mut chain = Vec::new();
        let mut next = self.target;
        while let Some(at) = next {
            chain.push(at);
            next = match self.stages.get(at).and_then(|it| it.base.as_ref()) {
                Some(Base::Stage(below)) if *below < at => Some(*below),
                _ => None,
            };
        }
        chain.reverse();
        chain
    }

    /// What a stage is called: its name, or `stage 0`.
    pub fn called(&self, stage: usize) -> String {
        let name = self.stages.get(stage).and_then(|it| it.name.clone());
        name.unwrap_or_else(|| format!("stage {stage}"))
    }

    /// The configuration after a step. To see it after every step, use a [`Replay`].
    pub fn config_after(&self, step: usize) -> Config {
        let steps = self.steps.get(..=step).unwrap_or(&self.steps);
        let mut replay = Replay::of(steps);
        for it in steps {
            replay.after(it);
        }
        replay.config().clone()
    }
}

/// A row of an image's history.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// What made it.
    pub created_by: String,
    /// `buildkit.dockerfile.v0` for what BuildKit made.
    pub comment: String,
    /// Whether it made no layer.
    pub empty_layer: bool,
    /// The author at that time.
    pub author: String,
}

/// A stage of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageInfo {
    /// Its name, in lower case.
    pub name: Option<String>,
    /// Its `FROM` instruction.
    pub span: Span,
    /// What it starts from; `None` if its `FROM` is broken.
    pub base: Option<Base>,
    /// Whether the target needs it. BuildKit does not build the others.
    pub needed: bool,
    /// What machines its image is for.
    pub platform: Arc<Platform>,
}

/// What a build check of BuildKit says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The name of the check, such as `StageNameCasing`.
    pub rule: &'static str,
    /// BuildKit's words.
    pub message: String,
    /// The instruction.
    pub span: Span,
}

/// One step of a build: one instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The instruction; for a trigger the `FROM`.
    pub span: Span,
    /// Which stage it belongs to, from 0.
    pub stage: usize,
    /// The instruction in one line, as the classic builder prints it after `Step 1/4 : `.
    pub text: Shared,
    /// What it does.
    pub kind: StepKind,
    /// What it changes in the configuration. [`Replay`] puts the changes together.
    pub change: Change,
    /// Whether it makes a layer.
    pub has_layer: bool,
    /// Whether it comes from an `ONBUILD` of the base.
    pub trigger: bool,
}

/// What a stage starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// An image.
    Image(Arc<Reference>),
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
    Run(Box<RunStep>),
    /// Copies files.
    Copy(Box<CopyStep>),
    /// Sets the working directory, and makes it.
    Workdir,
    /// Changes the configuration only.
    Metadata,
}

/// What a `RUN` runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunStep {
    /// The shell that reads the script; `None` for an exec form.
    pub shell: Option<Arc<[Shared]>>,
    /// The words of an exec form, or the script alone.
    pub words: OneOrMore<Shared>,
    /// `--mount`.
    pub mounts: Box<[MountSpec]>,
    /// The build arguments, as the history says them before the command: `|1 A=1 `.
    pub arguments: Option<Arc<str>>,
}

impl RunStep {
    /// The words of the process.
    pub fn argv(&self) -> Vec<String> {
        self.words().map(str::to_owned).collect()
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.shell.iter().flat_map(|it| it.iter()).chain(&*self.words).map(Shared::as_str)
    }

    /// The command in one line.
    pub fn line(&self) -> String {
        self.argv().join(" ")
    }
}

/// What a `COPY` or an `ADD` copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyStep {
    /// Paths in the context, or in the stage or image of `from`.
    pub sources: OneOrMore<Shared>,
    /// Where to, as expanded.
    pub destination: Shared,
    /// `--from`.
    pub from: Option<Shared>,
    /// The other flags, and the text of here-documents. Most copies have none, and share them.
    pub options: Arc<CopyOptions>,
}

/// How a `COPY` or an `ADD` copies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CopyOptions {
    /// Whether it is an `ADD`.
    pub add: bool,
    /// `--chown`, as expanded.
    pub chown: Option<String>,
    /// `--chmod`, as expanded.
    pub chmod: Option<String>,
    /// `--parents`.
    pub parents: bool,
    /// `--link`.
    pub link: bool,
    /// `--exclude`, as written.
    pub exclude: Vec<String>,
    /// `--unpack`, if given.
    pub unpack: Option<bool>,
    /// The here-documents: the name of the file and its text.
    pub documents: Vec<(String, String)>,
}

/// What a step changes in the configuration of the image.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Change {
    /// Nothing.
    #[default]
    Nothing,
    /// The stage starts on an image, with this configuration: `PATH` is set, and `OnBuild` empty. A stage that starts on
    /// another stage changes nothing but `OnBuild`.
    Base(Arc<Config>),
    /// Environment variables.
    Env(Box<[(Shared, Shared)]>),
    /// Build arguments, which a `RUN` sees but the image does not keep; no value for one that is not set.
    Args(Box<[(Shared, Option<Shared>)]>),
    /// Labels.
    Labels(Box<[(Shared, Shared)]>),
    /// Ports, such as `80/tcp`.
    Ports(Box<[String]>),
    /// Volumes.
    Volumes(Box<[Shared]>),
    /// The user.
    User(Shared),
    /// The working directory.
    WorkingDir(Shared),
    /// The command.
    Cmd(Box<[Shared]>),
    /// The entrypoint.
    Entrypoint {
        /// Its words.
        words: Box<[Shared]>,
        /// Whether it drops a command that comes from below the stage.
        drops_cmd: bool,
    },
    /// The shell.
    Shell(Box<[Shared]>),
    /// The signal that stops a container.
    StopSignal(Shared),
    /// The health check.
    Healthcheck(Box<Healthcheck>),
    /// An instruction for builds on top of the image.
    OnBuild(Shared),
    /// The author, which is not in the configuration but beside it.
    Author(Shared),
}
