//! What there is to test.

use super::log::Log;
use crate::{
    build,
    companion::Companion,
    paths,
    program::{cargo, find},
    surroundings::{self, Surroundings},
};
use anyhow::{Result, ensure};
use std::{fs, process::Command};

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
        name: "differential",
        about: "500 builds, commits and containers beside Docker 20.10",
        programs: DIFFERENTIAL,
        needs_build: false,
        run: differential,
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

const DIFFERENTIAL: &[&str] = &["busybox", "containerd", "dockerd", "ip", "iptables", "mmdebstrap"];

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

/// All of `www/e2e` but what needs an engine.
fn page(log: &mut Log) -> Result<()> {
    let agent = Companion::start("page")?;
    let mut names = Vec::new();
    for entry in fs::read_dir(paths::at("www/e2e"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".spec.ts") && !name.starts_with("real") {
            names.push(format!("e2e/{name}"));
        }
    }
    names.sort();
    ensure!(!names.is_empty(), "there are no tests of the page in www/e2e");
    log.run(playwright().args(names).env("DOCKWRIGHT_URL", &agent.url))
}

fn agent(log: &mut Log) -> Result<()> {
    let all = Surroundings::up()?;
    let mut test = cargo("test");
    test.args(["--package", "dockwright-agent", "--no-fail-fast", "--", "--include-ignored"]);
    all.around(&mut test)?;
    let result = log.run(&mut test).and_then(|()| all.check_empty());
    result.and(all.down())
}

fn real(log: &mut Log) -> Result<()> {
    let all = Surroundings::up()?;
    let spec = |name: &str| -> Result<Command> {
        let mut command = playwright();
        // Each starts an agent by itself; no other server is wanted.
        command.arg(name).env("DOCKWRIGHT_URL", "http://127.0.0.1:9/");
        all.around(&mut command)?;
        Ok(command)
    };
    let result = log.run(&mut spec("e2e/real-article.spec.ts")?).and_then(|()| all.check_empty());
    // The engine dies in this one, with what was running.
    let died = log.run(&mut spec("e2e/real-engine.spec.ts")?);
    result.and(died).and(all.down())
}

/// The same cases every time: those that fail are found by longer runs with other seeds.
fn differential(log: &mut Log) -> Result<()> {
    // Not this program's own file: the tests of the workspace may have built it anew meanwhile.
    let mut command = cargo("run");
    log.run(command.args(["--quiet", "--package", "xtask", "--"]).args([
        "differential",
        "--cases",
        "240",
        "--import",
        "60",
        "--argv",
        "200",
        "--engine",
        "20.10",
    ]))
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
