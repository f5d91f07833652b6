//! The page: npm packages and `www/dist`.

use crate::{
    paths,
    program::{find, output, program, run},
    stamp::Stamp,
    step::step,
};
use anyhow::{Context, Result, bail, ensure};
use std::{path::PathBuf, process::Command};

/// The oldest Node.js that Vite runs on.
const NODE: (u32, u32) = (20, 19);

/// Files in `www` that the built page does not depend on.
const NOT_INPUTS: &[&str] =
    &["node_modules", "dist", "test-results", "playwright-report", "e2e", "bench", "course"];

/// Bundles the page.
pub(crate) fn build() -> Result<()> {
    install()?;
    let stamp = Stamp::new("page", &[paths::at("www"), paths::at("pkg/dist")], NOT_INPUTS)?;
    if stamp.is_fresh(&paths::at("www/dist/index.html")) {
        return Ok(());
    }
    step("page", "vite build", || {
        run(node("vite").args(["build", "--logLevel", "warn"]))?;
        stamp.write()?;
        Ok(String::new())
    })
}

/// Installs the page's npm packages, exactly as locked, when the lock has changed.
pub(crate) fn install() -> Result<()> {
    check_node()?;
    let lock = paths::at("www/package-lock.json");
    let stamp = Stamp::new("npm-ci", &[lock, paths::at("www/package.json")], &[])?;
    if stamp.is_fresh(&paths::at("www/node_modules/.package-lock.json")) {
        return Ok(());
    }
    step("npm", "npm ci", || {
        run(program("npm").current_dir(paths::at("www")).args([
            "ci",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ]))?;
        stamp.write()?;
        Ok(String::new())
    })
}

/// A program from the page's npm packages, started in `www`.
pub(crate) fn node(name: &str) -> Command {
    let mut command = program(PathBuf::from("node_modules/.bin").join(name));
    let www = paths::at("www");
    // A relative program is looked up from here, not from its directory: name it in full.
    command = {
        let mut full = Command::new(www.join(command.get_program()));
        full.current_dir(www);
        full
    };
    command
}

fn check_node() -> Result<()> {
    let (major, minor) = NODE;
    let how = "on Debian 13 or newer `apt-get install nodejs npm`, elsewhere https://nodejs.org";
    if find("node").is_none() {
        bail!(
            "Node.js is missing: the page is built with it. Install Node.js {major}.{minor} or newer: {how}"
        );
    }
    if find("npm").is_none() {
        bail!(
            "npm is missing: the page's packages are installed with it. It comes with Node.js: {how}"
        );
    }
    let version = output(program("node").arg("--version"))?;
    let found = parse(version.trim())
        .with_context(|| format!("cannot understand `node --version`: {version}"))?;
    ensure!(
        found >= NODE,
        "Node.js {} is too old: the page needs {major}.{minor} or newer: {how}",
        version.trim()
    );
    Ok(())
}

fn parse(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.trim_start_matches('v').split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        for (text, expected) in
            [("v20.19.2", Some((20, 19))), ("v24.1.0-pre", Some((24, 1))), ("twenty", None)]
        {
            assert_eq!(parse(text), expected, "{text}");
        }
        assert!(parse("v22.0.0") > Some(NODE) && parse("v20.9.0") < Some(NODE));
    }
}
