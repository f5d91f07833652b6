//! Docker command lines: what was typed, as values.
//!
//! One subcommand is one file: its fields, its flags, its reading. [`docker`] gives a [`Command`] or Docker's own
//! words about what is wrong, in the version that the [`Profile`] names.

use std::{fmt, str::FromStr};

use crate::order::Map;

pub mod build;
pub mod complete;
pub mod flags;
pub mod images;
pub mod inspect;
pub mod lex;
pub mod login;
pub mod logout;
pub mod logs;
mod names;
pub mod ps;
pub mod pull;
pub mod push;
pub mod rm;
pub mod rmi;
pub mod run;
pub mod stop;
pub mod tag;
pub(crate) mod usage;
pub mod values;
pub mod version;

pub use build::Build;
pub use images::Images;
pub use inspect::Inspect;
pub use login::Login;
pub use logout::Logout;
pub use logs::Logs;
pub use ps::Ps;
pub use pull::Pull;
pub use push::Push;
pub use rm::Rm;
pub use rmi::Rmi;
pub use run::Run;
pub use stop::Stop;
pub use tag::Tag;
pub use version::Version;

use flags::Parsed;
use usage::Spec;

/// Which generation of Docker answers: it decides printed formats and error texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Profile {
    /// Docker 20.10, as in the article: the classic builder, the classic tables.
    #[default]
    V20_10,
    /// Docker 28: BuildKit, the classic tables.
    V28,
    /// Docker 29: BuildKit, the tree-like list of images.
    V29,
}

impl Profile {
    /// All of them, oldest first.
    pub const ALL: [Self; 3] = [Self::V20_10, Self::V28, Self::V29];

    /// The version as people write it: `20.10`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::V20_10 => "20.10",
            Self::V28 => "28",
            Self::V29 => "29",
        }
    }

    /// Whether `docker build` is BuildKit rather than the classic builder.
    pub const fn has_buildkit(self) -> bool {
        match self {
            Self::V20_10 => false,
            Self::V28 | Self::V29 => true,
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A version that no profile stands for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown engine profile `{0}`: use 20.10, 28 or 29")]
pub struct UnknownProfile(String);

impl FromStr for Profile {
    type Err = UnknownProfile;

    fn from_str(text: &str) -> Result<Self, UnknownProfile> {
        let version = text.strip_prefix("docker-").unwrap_or(text);
        let found = Self::ALL.into_iter().find(|it| it.name() == version);
        found.ok_or_else(|| UnknownProfile(text.to_owned()))
    }
}

/// What Docker prints instead of doing something: an error, or the help that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Failure {
    /// For the standard output.
    pub stdout: String,
    /// For the standard error.
    pub stderr: String,
    /// The exit code: 0 for help.
    pub exit: u8,
}

impl Failure {
    /// An error with this text and exit code.
    pub fn new(stderr: impl Into<String>, exit: u8) -> Self {
        let mut stderr = stderr.into();
        if !stderr.ends_with('\n') {
            stderr.push('\n');
        }
        Self { stdout: String::new(), stderr, exit }
    }

    /// Text that was asked for.
    pub fn help(stdout: impl Into<String>) -> Self {
        Self { stdout: stdout.into(), stderr: String::new(), exit: 0 }
    }
}

/// A docker command, ready to be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// `docker pull`
    Pull(Pull),
    /// `docker images`
    Images(Images),
    /// `docker build`
    Build(Build),
    /// `docker run`
    Run(Box<Run>),
    /// `docker push`
    Push(Push),
    /// `docker login`
    Login(Login),
    /// `docker logout`
    Logout(Logout),
    /// `docker tag`
    Tag(Tag),
    /// `docker ps`
    Ps(Ps),
    /// `docker rmi`
    Rmi(Rmi),
    /// `docker rm`
    Rm(Rm),
    /// `docker stop`
    Stop(Stop),
    /// `docker logs`
    Logs(Logs),
    /// `docker inspect`
    Inspect(Inspect),
    /// `docker version`
    Version(Version),
    /// A real command of Docker that is not simulated, such as `docker swarm`.
    NotSimulated(String),
}

/// A command together with how it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invocation {
    /// The usual name, whichever alias was typed: `docker run` for `docker container run`.
    pub name: String,
    /// Every flag given, by its long name, with its values (`true` for a switch).
    pub flags: Map<Vec<String>>,
    /// The words that are not flags.
    pub args: Vec<String>,
    /// Flags that Docker knows and the simulation does not act on, as typed names: `--cpus`.
    pub accepted: Vec<String>,
    /// The typed command.
    pub command: Command,
}

/// Reads the words after `docker`.
pub fn docker(words: &[String], profile: Profile) -> Result<Command, Failure> {
    invocation(words, profile).map(|it| it.command)
}

/// Reads the words after `docker`, and keeps how they were written.
pub fn invocation(words: &[String], profile: Profile) -> Result<Invocation, Failure> {
    let found = names::find(words, profile)?;
    let names::Found::Simulated { spec, path, rest } = found else {
        let names::Found::NotSimulated(name) = found else {
            return Err(usage::top_level(profile));
        };
        return Ok(Invocation {
            name: name.clone(),
            flags: Map::new(),
            args: Vec::new(),
            accepted: Vec::new(),
            command: Command::NotSimulated(name),
        });
    };
    let invoked = usage::Invoked { spec, path: &path, profile };
    let parsed = flags::parse(rest, spec).map_err(|it| invoked.flag_error(it))?;
    invoked.check_arity(parsed.args.len())?;
    let command = (spec.read)(&parsed, &invoked)?;
    let Parsed { given, args } = parsed;
    let mut by_name: Map<Vec<String>> = Map::new();
    for (flag, value) in &given {
        by_name.change(flag.long.to_owned(), |it| it.push(value.clone()));
    }
    let accepted = given.iter().filter(|it| !it.0.simulated).map(|it| format!("--{}", it.0.long));
    Ok(Invocation {
        name: format!("docker {}", spec.name),
        flags: by_name,
        accepted: accepted.collect(),
        args,
        command,
    })
}

/// The usual name of the command that these words after `docker` begin with, even if the rest is wrong.
pub fn usual_name(words: &[String]) -> String {
    names::usual(words)
}

#[cfg(test)]
mod tests;
