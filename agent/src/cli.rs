//! What can be asked without a page: one file for each subcommand.

mod bases;
pub(crate) mod build;
mod context;
mod layers;
pub(crate) mod lint;
pub(crate) mod lsp;
pub(crate) mod migrate;
mod print;
mod report;
pub(crate) mod rule;
mod source;
pub(crate) mod why;

use std::{
    env, fmt,
    io::{self, IsTerminal as _, Write as _},
    path::Path,
    process::ExitCode,
};

use dockwright::{image::Platform, order::Map, simulate::Options};

use self::{bases::Bases, print::printable, report::Paint};

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
            if it.is_empty() || it.starts_with('=') {
                return Err(Failed::usage(format!("`--build-arg {it}` has no name"))
                    .help("say --build-arg NAME=VALUE"));
            }
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
    text.parse().map_err(|it| {
        Failed::usage(format!("--platform: {it}"))
            .help("say it as in linux/amd64 or linux/arm64/v8")
    })
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

/// The form of what `--json` prints. It grows by fields; where one changes its meaning or goes, the number is another.
const JSON_VERSION: u32 = 1;

/// What `--help` of a subcommand says at its end: exit codes and places of output.
macro_rules! help_end {
    ($wrong:literal) => {
        concat!(
            "Exit codes:\n  0  all is well\n  1  ",
            $wrong,
            "\n  2  the command line is wrong, or a file cannot be read\n\n",
            "Results go to the standard output; errors, warnings and notes go to the standard error.\n",
            "With --json all of it is one JSON object on the standard output: see docs/cli.md."
        )
    };
}
use help_end;

/// Why a subcommand gives nothing.
#[derive(Debug)]
struct Failed {
    text: String,
    help: String,
    code: u8,
}

impl Failed {
    fn usage(text: impl fmt::Display) -> Self {
        Self { text: text.to_string(), help: String::new(), code: USAGE }
    }

    fn read(path: &Path, error: &io::Error) -> Self {
        let path = match path.as_os_str().to_str() {
            Some("-") => "the standard input".to_owned(),
            _ => printable(&path.display().to_string()),
        };
        let error = error.to_string();
        // The number of the error says nothing to people.
        let words = error.split(" (os error").next().unwrap_or_default();
        Self::usage(format!("{path} cannot be read: {words}"))
    }

    /// The same with what to do.
    fn help(self, help: &str) -> Self {
        Self { help: help.to_owned(), ..self }
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
    let said = said.unwrap_or_else(|Failed { text, help, code }| {
        let paint = Paint::of(io::stderr().is_terminal());
        let mut stderr = format!("{}: {text}\n", paint.error("error"));
        if !help.is_empty() {
            stderr.push_str(&format!("  {} help: {help}\n", paint.quiet("=")));
        }
        Said { stderr, code, ..Said::default() }
    });
    // Who reads may have gone: `dockwright build Dockerfile | head`.
    let printed = io::stdout().lock().write_all(said.stdout.as_bytes());
    let told = io::stderr().lock().write_all(said.stderr.as_bytes());
    drop((printed, told));
    ExitCode::from(said.code)
}
