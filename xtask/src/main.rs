//! Builds, serves and tests Dockwright. `cargo xtask help` lists the commands.

mod apt;
mod bench;
mod build;
mod companion;
mod conformance;
mod daemon;
mod differential;
mod engine;
mod fixtures;
mod hadolint;
mod paths;
mod program;
mod pypi;
mod registry;
mod serve;
mod shellcheck;
mod stamp;
mod step;
mod surroundings;
mod tar;
mod test;

use anyhow::{Result, bail};
use std::{ffi::OsString, process::ExitCode};

const HELP: &str = "\
usage: cargo xtask COMMAND

  build [PART...]        all of, or some of: wasm, course, rules, page, agent
  serve [--port 7878]    build, then serve the page and the agent on http://127.0.0.1:7878
  test [--only NAME]     all tests, or a group of them; installs what they need on Debian as root
  bench [RUNS]           speed and sizes, held to budgets
  conformance DIR [--suite NAME] [--failures N]
                         the core against the rows of real answers in DIR/*.jsonl
  differential …         the virtual build beside a real engine, on Dockerfiles made by chance
  hadolint [DIR]…        the linter beside hadolint on the fixtures: processor time, findings
  shellcheck [DIR]…      the linter's shell checks beside ShellCheck on the RUNs of the fixtures
  engine up|down         a private Docker engine and two registries, for tests by hand
  help                   this text
";

fn main() -> ExitCode {
    program::listen_for_signals();
    let args: Vec<OsString> = std::env::args_os().skip(1).collect();
    match dispatch(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(args: &[OsString]) -> Result<()> {
    let words: Vec<&str> = args.iter().map(|word| word.to_str().unwrap_or_default()).collect();
    match words.as_slice() {
        ["build", parts @ ..] => build::build(parts),
        ["serve", rest @ ..] => serve::serve(rest),
        ["test", rest @ ..] => test::test(rest),
        ["bench", rest @ ..] => bench::bench(rest),
        ["conformance", rest @ ..] => conformance::conformance(rest),
        ["differential", rest @ ..] => differential::differential(rest),
        ["hadolint", dirs @ ..] => hadolint::hadolint(dirs),
        ["shellcheck", dirs @ ..] => shellcheck::shellcheck(dirs),
        ["engine", rest @ ..] => surroundings::command(rest),
        // Cargo calls this as the `runner` of tests that were built for wasm32.
        ["wasm-test-runner", ..] => {
            let name = OsString::from("wasm-bindgen-test-runner");
            // The runner does not know the flag that `cargo test --quiet` hands on.
            let rest = args.iter().skip(1).filter(|word| *word != "--quiet").cloned();
            wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(
                std::iter::once(name).chain(rest),
            )
        }
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        [other, ..] => bail!("there is no command {other:?}\n\n{HELP}"),
    }
}
