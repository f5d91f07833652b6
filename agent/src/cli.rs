//! What can be asked without a page: one file for each subcommand.

mod bases;
pub(crate) mod build;
mod context;
mod layers;
mod print;
mod report;
mod source;
pub(crate) mod why;

use std::{
    env, fmt,
    io::{self, IsTerminal as _, Write as _},
    path::Path,
    process::ExitCode,
};

use dockwright::{image::Platform, order::Map, simulate::Options};

use self::{bases::Bases, report::Paint};

/// The file has errors, or the engine would refuse.
const WRONG: u8 = 1;
/// The command line is wrong, or a file cannot be read.
const USAGE: u8 = 2;

/// What `docker build` would be told.
#[derive(Debug, clap::Args)]
pub(crate) struct BuildFlags {
    /// The stage that becomes the image; the last one without it.
    #[arg(long, value_name = "STAGE")]
    target: Option<String>,
    /// A value for an `ARG`; `NAME` alone takes it from the environment.
    #[arg(long, value_name = "NAME=VALUE")]
    build_arg: Vec<String>,
    /// A label of the image.
    #[arg(long, value_name = "KEY=VALUE")]
    label: Vec<String>,
    /// What machine the image is for, such as `linux/arm64`.
    #[arg(long, value_name = "OS/ARCH[/VARIANT]")]
    platform: Option<String>,
    /// What is known of a base image: a file with what `docker image inspect IMAGE` prints, or with its configuration.
    #[arg(long, value_name = "IMAGE=FILE")]
    base: Vec<String>,
}

/// The same, read.
struct Given {
    target: Option<String>,
    build_args: Map<String>,
    labels: Map<String>,
    platform: Option<Platform>,
    bases: Bases,
}

impl BuildFlags {
    fn read(self) -> Result<Given, Failed> {
        let Self { target, build_arg, label, platform, base } = self;
        let mut build_args = Map::new();
        for it in build_arg {
            match it.split_once('=') {
                Some((name, value)) => drop(build_args.insert(name.to_owned(), value.to_owned())),
                None => {
                    if let Ok(value) = env::var(&it) {
                        build_args.insert(it, value);
                    }
                }
            }
        }
        let pair = |it: String| match it.split_once('=') {
            Some((key, value)) => (key.to_owned(), value.to_owned()),
            None => (it, String::new()),
        };
        let platform = platform.map(|it| platform_of(&it)).transpose()?;
        Ok(Given {
            target,
            build_args,
            labels: label.into_iter().map(pair).collect(),
            platform,
            bases: Bases::read(&base)?,
        })
    }
}

fn platform_of(text: &str) -> Result<Platform, Failed> {
    text.parse().map_err(|it| Failed::usage(format!("--platform: {it}")))
}

impl Given {
    fn options(&self) -> Options<'_> {
        Options {
            target: self.target.as_deref(),
            build_args: &self.build_args,
            labels: &self.labels,
            platform: self.platform.as_ref(),
            ..Options::new(&self.bases)
        }
    }
}

/// Why a subcommand gives nothing.
#[derive(Debug)]
struct Failed {
    text: String,
    code: u8,
}

impl Failed {
    fn usage(text: impl fmt::Display) -> Self {
        Self { text: text.to_string(), code: USAGE }
    }

    fn read(path: &Path, error: &io::Error) -> Self {
        Self::usage(format!("{} cannot be read: {error}", path.display()))
    }
}

/// What a subcommand prints.
#[derive(Default)]
struct Said {
    stdout: String,
    stderr: String,
    code: u8,
}

/// Prints it.
fn finish(said: Result<Said, Failed>) -> ExitCode {
    let said = said.unwrap_or_else(|Failed { text, code }| {
        let error = Paint::of(io::stderr().is_terminal()).error("error");
        Said { stderr: format!("{error}: {text}\n"), code, ..Said::default() }
    });
    // Who reads may have gone: `dockwright build Dockerfile | head`.
    let printed = io::stdout().lock().write_all(said.stdout.as_bytes());
    let told = io::stderr().lock().write_all(said.stderr.as_bytes());
    drop((printed, told));
    ExitCode::from(said.code)
}
