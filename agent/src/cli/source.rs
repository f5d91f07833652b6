//! The Dockerfile that is asked about.

use std::{
    fs,
    io::{self, Read as _},
    path::Path,
};

use super::Failed;

/// A text and what messages call it.
pub(super) struct Source {
    pub(super) name: String,
    pub(super) text: String,
}

impl Source {
    /// Reads a file, or the standard input for `-`.
    pub(super) fn read(path: &Path) -> Result<Self, Failed> {
        let is_stdin = path.as_os_str() == "-";
        let name = if is_stdin { "-".to_owned() } else { path.display().to_string() };
        let bytes = if is_stdin {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        } else {
            fs::read(path)
        };
        let bytes = bytes.map_err(|it| Failed::read(path, &it))?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self { name, text }),
            Err(_) => Err(Failed::usage(format!("{name} is not UTF-8 text"))),
        }
    }
}
