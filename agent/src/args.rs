//! The command line.

use std::path::PathBuf;

use clap::{
    Parser, Subcommand,
    builder::{StringValueParser, TypedValueParser as _},
};

use crate::{cli, config};

/// Learn, check and drive Docker images.
#[derive(Debug, Parser)]
#[command(name = "dockwright", version, about, arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Where Docker's own socket is.
const DOCKER: &str = "unix:///var/run/docker.sock";

/// An empty `DOCKER_HOST` is none, as for `docker`.
fn engine(address: String) -> String {
    if address.is_empty() { DOCKER.to_owned() } else { address }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the page and drive the local Docker engine for it.
    Serve(Serve),
    /// Show the image that a Dockerfile gives, without building it.
    #[command(after_help = cli::build::AFTER_HELP)]
    Build(cli::build::Args),
    /// Show what a container of an image runs and has, and where each thing comes from.
    #[command(after_help = cli::why::AFTER_HELP)]
    Why(cli::why::Args),
    /// Find what is wrong or unwise in Dockerfiles, and mend it.
    #[command(after_help = cli::lint::AFTER_HELP)]
    Lint(cli::lint::Args),
    /// Answer an editor about Dockerfiles: a language server on the standard input and output.
    Lsp(cli::lsp::Args),
    /// Make a configuration and comments of ours from hadolint's.
    #[command(after_help = cli::migrate::AFTER_HELP)]
    Migrate(cli::migrate::Args),
    /// Explain a rule of the linter, or list them all.
    Rule(cli::rule::Args),
}

/// `dockwright serve`
#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    /// The port on 127.0.0.1 and `::1`; 0 for any free one.
    #[arg(long, default_value_t = config::PORT)]
    pub(crate) port: u16,
    /// The folder of the built page.
    #[arg(long, value_name = "DIR", default_value = "www/dist")]
    pub(crate) page: PathBuf,
    /// The engine's socket, as `unix:///path`. Without it, `DOCKER_HOST`, else Docker's own place.
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "DOCKER_HOST",
        default_value = DOCKER,
        value_parser = StringValueParser::new().map(engine)
    )]
    pub(crate) engine: String,
    /// Where the agent notes which containers are its own. Without it, `dockwright` in the user's state folder.
    #[arg(long, value_name = "DIR")]
    pub(crate) state_dir: Option<PathBuf>,
    /// A file that gets the link with the pairing code, as JSON, for programs; only its owner can read it.
    #[arg(long, value_name = "FILE")]
    pub(crate) pair_file: Option<PathBuf>,
}
