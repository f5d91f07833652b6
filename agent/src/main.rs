//! Dockwright's native companion: serves the page, and drives the local Docker engine for it; and answers about
//! Dockerfiles on the command line ([`cli`]).
//!
//! Closed by default. A page never sends a command *line*: the protocol has no variant for mischief, the gate
//! ([`gate`]) looks at every request before anything else does, a session ([`pairing`]) needs a code from the
//! terminal, and the agent alone decides how a container runs ([`docker`]). What it starts, it removes ([`fleet`],
//! [`journal`]).

mod app;
mod args;
mod assets;
mod cli;
mod config;
mod docker;
mod fleet;
mod gate;
mod hub;
mod journal;
mod lock;
mod pairing;
mod secret;
mod serve;
mod session;

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use clap::Parser as _;

use crate::args::{Args, Command, Serve};

/// Most of what a linter or a simulated build does is to allocate small things; this is faster at it than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match Args::parse().command {
        Command::Serve(it) => serve(it),
        Command::Build(it) => cli::build::run(it),
        Command::Why(it) => cli::why::run(it),
        Command::Lint(it) => cli::lint::run(&it),
        Command::Lsp(it) => cli::lsp::run(&it),
        Command::Migrate(it) => cli::migrate::run(&it),
        Command::Rule(it) => cli::rule::run(&it),
    }
}

fn serve(args: Serve) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&format!("the runtime cannot start: {error}")),
    };
    let served = runtime.block_on(serve::serve(args));
    // Nobody waits for a thread that hangs.
    runtime.shutdown_background();
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error.to_string()),
    }
}

/// One sentence, and the exit code 1.
fn failed(text: &str) -> ExitCode {
    let _closed = writeln!(io::stderr().lock(), "dockwright: {text}.");
    ExitCode::FAILURE
}
