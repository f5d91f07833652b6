//! What is known of `pip` and `uv pip`.

use crate::{
    lint::{
        cache::Cache,
        checker::{Checker, Run},
    },
    shell::Command,
};

/// What `pip` downloads and builds, for the next time.
pub(crate) const CACHE: Cache = Cache {
    names: &[],
    fills: &[],
    empties: &["cache purge"],
    paths: &["~/.cache/pip"],
    moves: &[("PIP_CACHE_DIR", ""), ("XDG_CACHE_HOME", "/pip")],
    flags: &["--no-cache-dir", "--dry-run"],
};

/// The same of `uv`.
pub(crate) const UV_CACHE: Cache = Cache {
    names: &["uv"],
    fills: &[],
    empties: &["cache clean", "cache prune"],
    paths: &["~/.cache/uv"],
    moves: &[("UV_CACHE_DIR", ""), ("XDG_CACHE_HOME", "/uv")],
    flags: &["--no-cache", "--no-cache-dir", "-n", "--dry-run"],
};

/// Whether a program is `pip`, of any version of Python: `pip3.13`.
pub(crate) fn is_pip(name: &str) -> bool {
    let version = name.strip_prefix("pip");
    version.is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit() || it == b'.'))
}

/// The commands that are `pip`, or `uv pip`, each with its number in its `RUN`.
pub(crate) fn pips<'s, 'c>(
    checker: &'s Checker<'c>,
) -> impl Iterator<Item = (&'s Run<'c>, usize, &'s Command<'c>)> {
    checker.places_starting("pip").into_iter().filter_map(|place| {
        let (run, command) = checker.command(place)?;
        is_pip(command.name()).then_some((run, place.at as usize, command))
    })
}

/// Whether it is `uv` that runs.
pub(crate) fn is_uv(command: &Command<'_>) -> bool {
    command.through.contains(&"uv")
}

/// Whether a requirement says which version it is, or is a file or folder that has one.
pub(crate) fn is_pinned(it: &str) -> bool {
    if let Some((_, place)) = it.split_once("://") {
        let is_git = ["git+", "hg+", "svn+", "bzr+"].iter().any(|scheme| it.starts_with(scheme));
        let (_, path) = place.split_once('/').unwrap_or_default();
        return !is_git || path.contains('@');
    }
    let is_file =
        [".whl", ".gz", ".zip", ".bz2", ".tgz", ".xz"].iter().any(|end| it.ends_with(end));
    let is_path = it == "." || it.starts_with(".[") || it.starts_with("..") || it.contains('/');
    is_file || is_path || it.contains(['=', '<', '>', '~', '@', '*'])
}
