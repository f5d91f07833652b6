//! Which files are looked at.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::{Failed, name_of};

/// A file to look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::cli) struct File {
    /// Its path; `-` is the standard input.
    pub(in crate::cli) path: PathBuf,
}

impl File {
    pub(in crate::cli) fn is_stdin(&self) -> bool {
        self.path.as_os_str() == "-"
    }

    /// What it is called; the standard input by the name that is given for it.
    pub(super) fn name(&self, stdin: Option<&str>) -> String {
        if self.is_stdin() { stdin.unwrap_or("-").to_owned() } else { name_of(&self.path) }
    }
}

/// The files of the command line, and the Dockerfiles in its folders, each once. What is named is taken whatever it is
/// called; in folders, files that git ignores are left out.
pub(in crate::cli) fn find(given: &[PathBuf]) -> Result<Vec<File>, Failed> {
    let here = [PathBuf::from(".")];
    let mut found = Vec::new();
    for path in if given.is_empty() { &here[..] } else { given } {
        if path.as_os_str() == "-" || !path.is_dir() {
            found.push(File { path: path.clone() });
            continue;
        }
        let walk = WalkBuilder::new(path).hidden(false).require_git(false).build();
        let mut in_folder = Vec::new();
        for entry in walk.flatten() {
            let is_file = entry.file_type().is_some_and(|it| it.is_file());
            if is_file && is_dockerfile(entry.path()) {
                in_folder.push(File { path: entry.into_path() });
            }
        }
        in_folder.sort();
        found.extend(in_folder);
    }
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|it| seen.insert(it.clone()));
    if found.is_empty() {
        let help = "name a file, or call it Dockerfile, Containerfile or NAME.Dockerfile";
        return Err(Failed::usage("there is no Dockerfile here").help(help));
    }
    Ok(found)
}

/// Whether a file is called like a Dockerfile: `Dockerfile`, `Dockerfile.dev`, `dev.Dockerfile`, and the same with
/// `Containerfile`.
fn is_dockerfile(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    if path.components().any(|it| it.as_os_str() == ".git") || name.ends_with(".dockerignore") {
        return false;
    }
    ["dockerfile", "containerfile"].iter().any(|word| {
        name == *word
            || name.strip_prefix(word).is_some_and(|it| it.starts_with('.'))
            || name.strip_suffix(word).is_some_and(|it| it.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dockerfiles_are_known_by_their_names() {
        for (name, expected) in [
            ("a/Dockerfile", true),
            ("Dockerfile.dev", true),
            ("web.Dockerfile", true),
            ("Containerfile", true),
            ("web.containerfile", true),
            ("Dockerfile.dockerignore", false),
            ("Dockerfiles", false),
            ("myDockerfile", false),
            (".git/Dockerfile", false),
        ] {
            assert_eq!(is_dockerfile(Path::new(name)), expected, "{name}");
        }
    }
}
