//! Base images without a registry: Debian by mmdebstrap, and a busybox without a network.

use crate::{
    paths,
    program::{find, interrupted, output, program},
};
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// An image to import: its files, name, tag and command.
pub(super) type Base = (PathBuf, &'static str, &'static str, &'static str);

/// Package lists age: a Debian older than this is made anew.
const AGE: Duration = Duration::from_hours(24 * 30);

/// Makes what is not there yet.
pub(super) fn tars() -> Result<[Base; 2]> {
    let dir = paths::target().join("test/base");
    fs::create_dir_all(&dir)?;
    Ok([(debian(&dir)?, "debian", "latest", "bash"), (busybox(&dir)?, "busybox", "local", "sh")])
}

fn debian(dir: &Path) -> Result<PathBuf> {
    let suite = suite(&fs::read_to_string("/etc/os-release").unwrap_or_default())
        .unwrap_or("stable".into());
    let tar = dir.join(format!("debian-{suite}.tar"));
    if fs::metadata(&tar).and_then(|it| it.modified()).is_ok_and(is_young) {
        return Ok(tar);
    }
    println!("{:>8}  debian:latest, from {suite} by mmdebstrap: once, about a minute", "base");
    let part = dir.join("debian-part.tar");
    // As the real image: without package lists, so that `apt install` needs an `apt update` before it.
    let lists = "--customize-hook=rm -rf \"$1\"/var/lib/apt/lists/* \"$1\"/var/cache/apt/*.bin";
    output(program("mmdebstrap").args(["--quiet", "--variant=minbase", lists, &suite]).arg(&part))?;
    ensure!(!interrupted(), "interrupted");
    fs::rename(&part, &tar)?;
    Ok(tar)
}

fn is_young(made: SystemTime) -> bool {
    made.elapsed().is_ok_and(|age| age < AGE)
}

fn suite(os_release: &str) -> Option<String> {
    let value = |key| os_release.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
    (value("ID")? == "debian")
        .then(|| value("VERSION_CODENAME").map(|name| name.trim_matches('"').to_owned()))?
}

/// The files of `busybox:local`.
pub(super) fn busybox(dir: &Path) -> Result<PathBuf> {
    let tar = dir.join("busybox.tar");
    if tar.exists() {
        return Ok(tar);
    }
    let files = dir.join("busybox");
    let bin = files.join("bin");
    if files.exists() {
        fs::remove_dir_all(&files)?;
    }
    fs::create_dir_all(&bin)?;
    for empty in ["tmp", "root", "etc"] {
        fs::create_dir_all(files.join(empty))?;
    }
    let busybox = find("busybox").context("busybox is missing")?;
    fs::copy(&busybox, bin.join("busybox"))?;
    for applet in output(program(&busybox).arg("--list"))?.lines().filter(|name| *name != "busybox")
    {
        symlink("busybox", bin.join(applet))?;
    }
    let part = dir.join("busybox-part.tar");
    output(program("tar").arg("-C").arg(&files).arg("-cf").arg(&part).arg("."))?;
    fs::rename(&part, &tar)?;
    fs::remove_dir_all(&files)?;
    Ok(tar)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suites() {
        for (text, expected) in [
            ("ID=debian\nVERSION_CODENAME=trixie\n", Some("trixie")),
            ("VERSION_CODENAME=\"bookworm\"\nID=debian\n", Some("bookworm")),
            ("ID=ubuntu\nVERSION_CODENAME=noble\n", None),
            ("", None),
        ] {
            assert_eq!(suite(text).as_deref(), expected, "{text}");
        }
    }
}
