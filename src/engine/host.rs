//! What the engine sees of the machine that the command line runs on.

use crate::order::Map;
/// The files and variables of the host.
#[derive(Debug, Clone, Copy)]
pub struct Host<'a> {
    /// Files by path, relative to the home directory.
    pub files: &'a Map<String>,
    /// The working directory, relative to the home directory; empty for the home directory.
    pub directory: &'a str,
    /// The shell's variables.
    pub env: &'a Map<String>,
}

/// The home directory, where all files are.
pub(crate) const HOME: &str = "/home/user";

impl Host<'_> {
    /// A path as written, relative to the home directory; `None` if it lies outside.
    pub(crate) fn locate(&self, path: &str) -> Option<String> {
        locate(self.directory, path)
    }

    /// The absolute form of a path as written.
    pub(crate) fn absolute(&self, path: &str) -> String {
        match self.locate(path) {
            Some(it) if it.is_empty() => HOME.to_owned(),
            Some(it) => format!("{HOME}/{it}"),
            None => path.to_owned(),
        }
    }

    /// The files below a directory, by path relative to it.
    pub(crate) fn below(&self, directory: &str) -> Map<String> {
        let prefix = if directory.is_empty() { String::new() } else { format!("{directory}/") };
        let files = self.files.iter();
        files
            .filter_map(|(path, text)| Some((path.strip_prefix(&prefix)?.to_owned(), text.clone())))
            .collect()
    }
}

/// A path as written in a directory of the home directory, without `.` and `..`.
pub(crate) fn locate(directory: &str, path: &str) -> Option<String> {
    let path = match path.strip_prefix('~') {
        Some(rest) => format!("{HOME}{rest}"),
        None if path.starts_with('/') => path.to_owned(),
        None => format!("{HOME}/{directory}/{path}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    match parts.as_slice() {
        ["home", "user", rest @ ..] => Some(rest.join("/")),
        _ => None,
    }
}
