//! The Dockerfile that is asked about.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

use dockwright::text::LineIndex;

use super::{Failed, print::printable};

/// A larger file is no Dockerfile.
const MAX_BYTES: u64 = 64 << 20;

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
        let shown = if is_stdin { "the standard input".to_owned() } else { printable(&name) };
        let bytes =
            if is_stdin { bytes(io::stdin().lock()) } else { File::open(path).and_then(bytes) };
        let bytes = bytes.map_err(|error| {
            let failed = Failed::read(path, &error);
            match error.kind() {
                io::ErrorKind::NotFound => {
                    failed.help("name a Dockerfile, or - for the standard input")
                }
                io::ErrorKind::IsADirectory => failed.help(&of_folder(path)),
                _ => failed,
            }
        })?;
        if bytes.len() as u64 > MAX_BYTES {
            let text = format!("{shown} has more than {} MB", MAX_BYTES >> 20);
            return Err(Failed::usage(text).help("a Dockerfile is smaller"));
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self { name, text }),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let bytes = error.into_bytes();
                let start = bytes.get(..at).unwrap_or_default();
                let line = LineIndex::new(&String::from_utf8_lossy(start)).lines();
                let byte = bytes.get(at).copied().unwrap_or_default();
                Err(Failed::usage(format!(
                    "{shown} is not UTF-8 text: byte {byte:#04x} in line {line}"
                ))
                .help("save it as UTF-8; a program or an archive is no Dockerfile"))
            }
        }
    }
}

/// What can be read, but not much more than what is allowed: a device never ends.
fn bytes(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What to do about a folder where a file should be.
fn of_folder(folder: &Path) -> String {
    let inside = folder.join("Dockerfile");
    if fs::metadata(&inside).is_ok_and(|it| it.is_file()) {
        format!("name the file in it: {}", printable(&inside.display().to_string()))
    } else {
        "it has no Dockerfile: name the file".to_owned()
    }
}
