//! A docker command for the real engine: what to ask of the agent, and what Docker prints around the answer.
//!
//! The page never sends a command line. It sends the typed calls of [`crate::protocol`], and what has no call is
//! refused here, with the reason, before anything is asked.

mod build;
mod refuse;
pub mod rows;
mod run;
pub mod text;
pub mod utf8;

pub use build::BuildPlan;

use crate::{
    command::{Command, Failure, Images, Invocation, Ps},
    image::Reference,
    order::Map,
    protocol::{Call, call},
};

/// How to carry out a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// List images: [`Call::ImageList`], printed as `docker images` prints them.
    Images(Images),
    /// List containers: [`Call::ContainerList`], printed as `docker ps` prints them.
    Ps(Ps),
    /// Take names away, one after another.
    Rmi(Vec<call::ImageRemove>),
    /// Remove containers, one after another.
    Rm(Vec<call::ContainerRemove>),
    /// Give a name.
    Tag(call::ImageTag),
    /// Pull or push, with the lines that the command line prints itself.
    Transfer {
        /// Printed before.
        before: Vec<String>,
        /// What is asked.
        call: Transfer,
        /// Printed after success.
        after: Vec<String>,
    },
    /// Ask for what is missing, then log in.
    Login {
        /// The registry's host; empty for Docker Hub.
        host: String,
        /// The user, if it was given.
        user: Option<String>,
        /// The password, if it was given.
        password: Option<String>,
    },
    /// Forget credentials.
    Logout(call::Host),
    /// Send the files, then build.
    Build(BuildPlan),
    /// Run a container.
    Run {
        /// What is asked.
        call: call::ContainerRun,
        /// Whether the image is pulled first.
        pull: Pull,
    },
    /// Say what the engine is.
    Version,
}

/// When `docker run` pulls: its `--pull`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pull {
    /// Before every run.
    Always,
    /// If the engine does not have the image.
    Missing,
    /// Not at all.
    Never,
}

/// A pull or a push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transfer {
    /// `image.pull`
    Pull(call::ImagePull),
    /// `image.push`
    Push(call::Name),
}

impl Transfer {
    /// The call.
    pub fn call(&self) -> Call {
        match self {
            Self::Pull(it) => Call::ImagePull(it.clone()),
            Self::Push(it) => Call::ImagePush(it.clone()),
        }
    }
}

/// Plans a command with the files of the page's workspace.
///
/// # Errors
/// What the page prints instead: Docker's words about a bad value, or ours about what Dockwright does not do.
pub fn plan(invocation: &Invocation, files: &Map<String>) -> Result<Plan, Failure> {
    refuse::check(invocation)?;
    match &invocation.command {
        Command::Images(it) => Ok(Plan::Images(it.clone())),
        Command::Ps(it) => Ok(Plan::Ps(it.clone())),
        Command::Tag(it) => {
            Ok(Plan::Tag(call::ImageTag { source: it.source.clone(), target: it.target.clone() }))
        }
        Command::Pull(it) => pull(&it.image, it.platform.clone()),
        Command::Push(it) => push(&it.image),
        Command::Login(it) => Ok(Plan::Login {
            host: it.server.clone().unwrap_or_default(),
            user: it.username.clone(),
            password: it.password.clone(),
        }),
        Command::Logout(it) => {
            Ok(Plan::Logout(call::Host { host: it.server.clone().unwrap_or_default() }))
        }
        Command::Rmi(it) => {
            let remove = |name: &String| call::ImageRemove { name: name.clone(), force: it.force };
            Ok(Plan::Rmi(it.images.iter().map(remove).collect()))
        }
        Command::Rm(it) => {
            let remove =
                |name: &String| call::ContainerRemove { container: name.clone(), force: it.force };
            Ok(Plan::Rm(it.containers.iter().map(remove).collect()))
        }
        Command::Build(it) => build::plan(it, files).map(Plan::Build),
        Command::Run(it) => Ok(Plan::Run { call: run::plan(it)?, pull: run::pull(it)? }),
        Command::Version(_) => Ok(Plan::Version),
        Command::Stop(_) | Command::Logs(_) | Command::Inspect(_) | Command::NotSimulated(_) => {
            Err(refuse::command(&invocation.name))
        }
    }
}

/// Plans a pull: `docker pull`, and the pull that `docker run` makes for a missing image.
///
/// # Errors
/// If `image` is not an image name, in Docker's words.
pub fn pull(image: &str, platform: Option<String>) -> Result<Plan, Failure> {
    let (reference, before) = with_default_tag(image)?;
    let call = Transfer::Pull(call::ImagePull { name: reference.familiar(), platform });
    Ok(Plan::Transfer { before, call, after: vec![reference.to_string()] })
}

fn push(image: &str) -> Result<Plan, Failure> {
    let (reference, before) = with_default_tag(image)?;
    if reference.digest.is_some() {
        return Err(Failure::new("cannot push a digest reference", 1));
    }
    let call = Transfer::Push(call::Name { name: reference.familiar() });
    Ok(Plan::Transfer { before, call, after: Vec::new() })
}

/// The name with a tag, and the line that Docker prints when it had none.
fn with_default_tag(image: &str) -> Result<(Reference, Vec<String>), Failure> {
    let reference: Reference = image.parse().map_err(|it| Failure::new(format!("{it}"), 1))?;
    let is_bare = reference.tag.is_none() && reference.digest.is_none();
    let note = is_bare.then(|| "Using default tag: latest".to_owned());
    Ok((reference.with_default_tag(), note.into_iter().collect()))
}
