//! The file system that a container's processes see: which programs there are, and a few files with their text.

use crate::{
    order::{Map, Set},
    simulate::files::{
        FileChange,
        tree::{Content, Entry, Node, Tree},
    },
};

/// What is in a file system.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Root {
    /// The family of the system: `debian`, `ubuntu`, `alpine`, `busybox`, or empty for nothing.
    pub system: String,
    /// Executable files, by absolute path.
    pub programs: Set,
    /// Text files, by absolute path.
    pub files: Map<String>,
    /// Directories without files, by absolute path.
    pub directories: Set,
    /// Packages that were installed on top of the image's own.
    pub packages: Set,
    /// Whether the lists of packages are there (`apt-get update`).
    pub has_lists: bool,
}

/// Why a program cannot be started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotStarted {
    /// No such file.
    Missing,
    /// No such name in the directories of `PATH`.
    NotInPath,
    /// It is a directory.
    Directory,
    /// It is not executable.
    NotExecutable,
}

/// Where programs are looked for if the environment does not say.
pub const DEFAULT_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Directories that every system has.
const USUAL: &[&str] = &[
    "",
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/home",
    "/lib",
    "/media",
    "/mnt",
    "/opt",
    "/proc",
    "/root",
    "/run",
    "/sbin",
    "/srv",
    "/sys",
    "/tmp",
    "/usr",
    "/usr/bin",
    "/usr/lib",
    "/usr/local",
    "/usr/local/bin",
    "/usr/sbin",
    "/usr/share",
    "/var",
    "/var/lib",
    "/var/log",
];

impl Root {
    /// The absolute path of the program that a name means.
    pub fn find_program(
        &self,
        name: &str,
        path: &str,
        directory: &str,
    ) -> Result<String, NotStarted> {
        if name.contains('/') {
            let path = join(directory, name);
            return match () {
                () if self.has_program(&path) => Ok(path),
                () if self.is_directory(&path) => Err(NotStarted::Directory),
                () if self.files.contains_key(&path) => Err(NotStarted::NotExecutable),
                () => Err(NotStarted::Missing),
            };
        }
        let places = path.split(':').filter(|_| !name.is_empty());
        let mut candidates = places.map(|it| format!("{}/{name}", it.trim_end_matches('/')));
        candidates.find(|it| self.has_program(it)).ok_or(NotStarted::NotInPath)
    }

    /// Whether there is a program at a path; `/bin` is `/usr/bin` on current systems.
    pub fn has_program(&self, path: &str) -> bool {
        self.programs.contains(path) || merged(path).is_some_and(|it| self.programs.contains(&it))
    }

    /// Whether a path is a directory.
    pub fn is_directory(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let prefix = format!("{path}/");
        (USUAL.contains(&path) && !self.system.is_empty())
            || path.is_empty()
            || self.directories.contains(path)
            || self.files.keys().chain(&self.programs).any(|it| it.starts_with(&prefix))
            || self.directories.iter().any(|it| it.starts_with(&prefix))
    }

    /// The names in a directory, sorted; `None` if it is none.
    pub fn list(&self, path: &str) -> Option<Set> {
        if !self.is_directory(path) {
            return None;
        }
        let prefix = format!("{}/", path.trim_end_matches('/'));
        let mut names: Set = Set::new();
        if prefix == "/" && !self.system.is_empty() {
            let usual =
                "bin boot dev etc home lib media mnt opt proc root run sbin srv sys tmp usr var";
            names.extend(usual.split(' ').map(str::to_owned));
        }
        let all = self.files.keys().chain(&self.programs).chain(&self.directories);
        names.extend(
            all.filter_map(|it| it.strip_prefix(&prefix)?.split('/').next().map(str::to_owned)),
        );
        Some(names)
    }
}

/// What stands for the content of a program.
const PROGRAM: &str = "program";

impl Root {
    /// The files as a build sees them.
    pub(super) fn tree(&self) -> Tree {
        let mut tree = Tree::default();
        if !self.system.is_empty() {
            for path in USUAL {
                tree.insert(path, Entry::directory());
            }
        }
        for path in &self.directories {
            tree.insert(path, Entry::directory());
        }
        for (path, text) in &self.files {
            tree.insert(path, Entry::text(text));
        }
        for path in &self.programs {
            let content = Content::Size(0, PROGRAM.to_owned());
            tree.insert(path, Entry { mode: 0o755, ..Entry::file(content) });
        }
        tree
    }

    /// Does to the files what a step of a build did.
    pub(super) fn apply(&mut self, changes: &[FileChange]) {
        for FileChange { path, before: _, after } in changes {
            self.files.remove(path);
            self.programs.remove(path);
            self.directories.remove(path);
            match after.as_ref().map(|it| &it.node) {
                None => (),
                Some(Node::Directory) => drop(self.directories.insert(path.clone())),
                Some(Node::File(Content::Size(_, mark))) if mark == PROGRAM => {
                    self.programs.insert(path.clone());
                }
                Some(Node::File(Content::Bytes(bytes))) => {
                    let text = String::from_utf8_lossy(bytes).into_owned();
                    self.files.insert(path.clone(), text);
                }
                Some(Node::File(_) | Node::Link(_)) => {
                    self.files.insert(path.clone(), String::new());
                }
            }
        }
    }
}

/// The same path in a system where `/bin` and `/sbin` are links into `/usr`, or the other way round.
fn merged(path: &str) -> Option<String> {
    for (short, long) in [("/bin/", "/usr/bin/"), ("/sbin/", "/usr/sbin/")] {
        if let Some(rest) = path.strip_prefix(long) {
            return Some(format!("{short}{rest}"));
        }
        if let Some(rest) = path.strip_prefix(short) {
            return Some(format!("{long}{rest}"));
        }
    }
    None
}

/// A path as written in a directory, absolute and without `.` and `..`.
pub fn join(directory: &str, path: &str) -> String {
    let whole = if path.starts_with('/') { path.to_owned() } else { format!("{directory}/{path}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_as_execve_finds_them() {
        let mut root = Root { system: "debian".to_owned(), ..Root::default() };
        root.programs.insert("/usr/bin/curl".to_owned());
        root.files.insert("/etc/os-release".to_owned(), String::new());
        let find = |name: &str| root.find_program(name, DEFAULT_PATH, "/");
        assert_eq!(find("curl"), Ok("/usr/bin/curl".to_owned()));
        assert_eq!(find("/bin/curl"), Ok("/bin/curl".to_owned()));
        assert_eq!(find("/bin/ping"), Err(NotStarted::Missing));
        assert_eq!(find("ping"), Err(NotStarted::NotInPath));
        assert_eq!(find(""), Err(NotStarted::NotInPath));
        assert_eq!(find("/etc"), Err(NotStarted::Directory));
        assert_eq!(find("/etc/os-release"), Err(NotStarted::NotExecutable));
        assert_eq!(join("/a/b", "../c/./d"), "/a/c/d");
    }
}
