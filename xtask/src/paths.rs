//! Where things are.

use std::path::{Path, PathBuf};

/// The top of the repository.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// A path given from the top of the repository.
pub(crate) fn at(path: &str) -> PathBuf {
    root().join(path)
}

/// Cargo's output: `target`, unless `CARGO_TARGET_DIR` says otherwise.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => at("target"),
    }
}

/// The agent's binary, as `cargo build` leaves it.
pub(crate) fn agent() -> PathBuf {
    target().join("debug/dockwright")
}
