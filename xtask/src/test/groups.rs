//! What there is to test.

use super::log::Log;
use crate::{
    build, paths,
    program::{cargo, find},
    surroundings::{self, Surroundings},
};
use anyhow::Result;
use std::process::Command;

/// Tests that are run and reported together.
pub(super) struct Group {
    /// For `--only`.
    pub(super) name: &'static str,
    /// One line for a person.
    pub(super) about: &'static str,
    /// What must be installed.
    pub(super) programs: &'static [&'static str],
    /// Whether it tests what `cargo xtask build` makes.
    pub(super) needs_build: bool,
    pub(super) run: fn(&mut Log) -> Result<()>,
}

const BROWSER: &[&str] = &["chromium", "chromedriver"];

/// All, in the order in which they run: what fails fast comes first.
pub(super) const GROUPS: &[Group] = &[
    Group { name: "fmt", about: "rustfmt", programs: &[], needs_build: false, run: fmt },
    Group {
        name: "clippy",
        about: "clippy, native and for WebAssembly",
        programs: &[],
        needs_build: false,
        run: clippy,
    },
    Group {
        name: "native",
        about: "cargo test --workspace",
        programs: &[],
        needs_build: false,
        run: native,
    },
    Group {
        name: "wasm",
        about: "the core in Chromium and in Node.js",
        programs: BROWSER,
        needs_build: false,
        run: wasm,
    },
    Group {
        name: "build",
        about: "what is served",
        programs: &[],
        needs_build: false,
        run: |_| build::all(),
    },
    Group {
        name: "types",
        about: "tsc, eslint, biome, vitest",
        programs: &[],
        needs_build: true,
        run: types,
    },
    Group {
        name: "page",
        about: "the page in Chromium, without an engine",
        programs: BROWSER,
        needs_build: true,
        run: page,
    },
    Group {
        name: "agent",
        about: "the agent and a real engine",
        programs: surroundings::PROGRAMS,
        needs_build: false,
        run: agent,
    },
    Group {
        name: "real",
        about: "the article for real: page, agent, engine, registry",
        programs: REAL,
        needs_build: true,
        run: real,
    },
];

const REAL: &[&str] = &[
    "busybox",
    "chromium",
    "containerd",
    "docker-registry",
    "dockerd",
    "htpasswd",
    "ip",
    "iptables",
    "mmdebstrap",
];

fn fmt(log: &mut Log) -> Result<()> {
    log.run(cargo("fmt").args(["--all", "--", "--check"]))
}

fn clippy(log: &mut Log) -> Result<()> {
    log.run(cargo("clippy").args(["--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    log.run(cargo("clippy").args([
        "--target",
        build::TARGET,
        "--lib",
        "--test",
        "wasm*",
        "--",
        "-D",
        "warnings",
    ]))
}

fn native(log: &mut Log) -> Result<()> {
    log.run(cargo("test").args(["--workspace", "--no-fail-fast"]))
}

/// Each file of `tests/wasm*.rs` says where it runs.
fn wasm(log: &mut Log) -> Result<()> {
    let mut test = cargo("test");
    test.args([
        "--package",
        "dockwright",
        "--target",
        build::TARGET,
        "--test",
        "wasm*",
        "--no-fail-fast",
    ]);
    if let Some(driver) = find("chromedriver") {
        test.env("CHROMEDRIVER", driver);
    }
    log.run(&mut test)
}

fn types(log: &mut Log) -> Result<()> {
    log.run(&mut build::node("tsc"))?;
    log.run(build::node("eslint").arg("."))?;
    log.run(build::node("biome").arg("ci"))?;
    log.run(build::node("vitest").arg("run"))
}

fn page(log: &mut Log) -> Result<()> {
    let nowhere = paths::target().join("test/no-engine.sock");
    log.run(playwright().env("DOCKER_HOST", format!("unix://{}", nowhere.display())))
}

fn agent(log: &mut Log) -> Result<()> {
    let all = Surroundings::up()?;
    let mut test = cargo("test");
    test.args(["--package", "dockwright-agent", "--no-fail-fast", "--", "--include-ignored"]);
    all.around(&mut test)?;
    let result = log.run(&mut test).and_then(|()| all.revive()).and_then(|()| all.check_empty());
    result.and(all.down())
}

fn real(log: &mut Log) -> Result<()> {
    let all = Surroundings::up()?;
    let mut article = playwright();
    article.arg("real-article");
    all.around(&mut article)?;
    let result = log.run(&mut article).and_then(|()| all.check_empty());
    let mut engine = playwright();
    engine.arg("real-engine");
    all.around(&mut engine)?;
    // The engine dies in this one, with what was running.
    let result = result.and_then(|()| log.run(&mut engine)).and_then(|()| all.revive());
    result.and(all.down())
}

/// Playwright with the built page and agent.
fn playwright() -> Command {
    let mut command = build::node("playwright");
    command
        .arg("test")
        .env("DOCKWRIGHT_AGENT", paths::agent())
        .env("DOCKWRIGHT_PAGE", paths::at("www/dist"));
    if let Some(chromium) = find("chromium") {
        command.env("CHROMIUM", chromium);
    }
    command
}
