//! A tree of files: a build context, or the files of a stage.

use std::sync::Arc;

use crate::{
    ignore::clean,
    order::{Entries, Map},
};

/// How many symbolic links a path may lead through, as in BuildKit.
const MAX_LINKS: u32 = 255;

/// Files, directories and symbolic links by absolute path. The directories above a path are always there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree {
    /// Keys have a zero byte for each slash, so that a directory is followed by what is in it, then by its neighbours.
    entries: Map<Entry>,
    /// Whether there may be more than what is listed: in an image that is not known, or after a command whose effect is
    /// not known. What is not listed in such a tree is not missing.
    pub open: bool,
}

/// What is at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub node: Node,
    /// The permissions, such as `0o644`.
    pub mode: u32,
    /// The owner.
    pub owner: Owner,
}

/// The numbers of a user and a group; those of root by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Owner {
    /// The user.
    pub uid: u32,
    /// The group.
    pub gid: u32,
}

/// A file, a directory or a symbolic link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A directory.
    Directory,
    /// A file.
    File(Content),
    /// A symbolic link, and where it points.
    Link(String),
}

/// What is known of the content of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// All of it.
    Bytes(Arc<[u8]>),
    /// Its size, and a text that is another one when the content is; empty if there is no such text.
    Size(u64, String),
    /// Nothing.
    Unknown,
}

impl Entry {
    /// A directory that anyone can read.
    pub fn directory() -> Self {
        Self { node: Node::Directory, mode: 0o755, owner: Owner::default() }
    }

    /// A file that anyone can read.
    pub fn file(content: Content) -> Self {
        Self { node: Node::File(content), mode: 0o644, owner: Owner::default() }
    }

    /// A file with a text.
    pub fn text(text: &str) -> Self {
        Self::file(Content::Bytes(text.as_bytes().into()))
    }

    /// A symbolic link.
    pub fn link(target: &str) -> Self {
        Self { node: Node::Link(target.to_owned()), mode: 0o777, owner: Owner::default() }
    }

    /// Whether it is a directory.
    pub fn is_directory(&self) -> bool {
        self.node == Node::Directory
    }

    /// The bytes of a file, if they are known.
    pub fn bytes(&self) -> Option<&[u8]> {
        match &self.node {
            Node::File(Content::Bytes(it)) => Some(it),
            _ => None,
        }
    }

    /// The bytes that it takes in a layer; `None` if that is not known.
    pub fn size(&self) -> Option<u64> {
        match &self.node {
            Node::Directory | Node::Link(_) => Some(0),
            Node::File(Content::Bytes(it)) => u64::try_from(it.len()).ok(),
            Node::File(Content::Size(it, _)) => Some(*it),
            Node::File(Content::Unknown) => None,
        }
    }
}

impl Tree {
    /// A tree in which anything may be.
    pub fn unknown() -> Self {
        Self { open: true, ..Self::default() }
    }

    /// What is at a path, links not followed. The root is always a directory.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.get(&key(path))
    }

    /// Whether a path, links not followed, is a directory.
    pub fn is_directory(&self, path: &str) -> bool {
        path == "/" || self.get(path).is_some_and(Entry::is_directory)
    }

    /// Puts something at a path; what was there, and below, gives way. Gives what was at the path.
    pub fn insert(&mut self, path: &str, entry: Entry) -> Option<Entry> {
        let path = clean(&format!("/{path}"));
        let is_directory = entry.is_directory();
        let mut above = path.as_str();
        while let Some((parent, _)) = above.rsplit_once('/').filter(|it| !it.0.is_empty()) {
            if self.is_directory(parent) {
                break;
            }
            self.entries.insert(key(parent), Entry::directory());
            above = parent;
        }
        if path == "/" {
            return None;
        }
        let old = self.entries.insert(key(&path), entry);
        if !is_directory && old.as_ref().is_some_and(Entry::is_directory) {
            self.remove_below(&path);
        }
        old
    }

    /// Takes away what is at a path, and below. Gives what was taken, the path itself first.
    pub fn remove(&mut self, path: &str) -> Vec<(String, Entry)> {
        let mut taken = Vec::new();
        if let Some(it) = self.entries.remove(&key(path)) {
            taken.push((path.to_owned(), it));
            taken.extend(self.remove_below(path));
        }
        taken
    }

    fn remove_below(&mut self, path: &str) -> Vec<(String, Entry)> {
        let below: Vec<String> = self.below(path).map(|it| it.0).collect();
        below
            .into_iter()
            .filter_map(|it| Some((it.clone(), self.entries.remove(&key(&it))?)))
            .collect()
    }

    /// Gives everything to one owner.
    pub fn own(&mut self, owner: Owner) {
        for it in self.entries.values_mut() {
            it.owner = owner;
        }
    }

    /// All entries with their absolute paths; a directory comes before what is in it.
    pub fn iter(&self) -> impl Iterator<Item = (String, &Entry)> {
        Below { entries: self.entries.iter(), prefix: String::new() }
    }

    /// What is below a directory.
    pub fn below(&self, path: &str) -> impl Iterator<Item = (String, &Entry)> {
        let start = key(path);
        if start.is_empty() {
            return Below { entries: self.entries.iter(), prefix: start };
        }
        let prefix = format!("{start}\0");
        Below { entries: self.entries.after(&start), prefix }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The path without symbolic links, seen from the root of the tree; the last part is followed too. What does not
    /// exist stays as it is written. `None` if links lead in a circle.
    pub fn resolve(&self, path: &str) -> Option<String> {
        let mut found: Vec<String> = Vec::new();
        let mut open: Vec<String> = path.split('/').rev().map(str::to_owned).collect();
        let mut links = 0;
        while let Some(part) = open.pop() {
            match part.as_str() {
                "" | "." => continue,
                ".." => {
                    found.pop();
                    continue;
                }
                _ => found.push(part),
            }
            let Some(Entry { node: Node::Link(target), .. }) = self.entries.get(&found.join("\0"))
            else {
                continue;
            };
            links += 1;
            if links > MAX_LINKS {
                return None;
            }
            if target.starts_with('/') {
                found.clear();
            } else {
                found.pop();
            }
            open.extend(target.split('/').rev().map(str::to_owned));
        }
        Some(format!("/{}", found.join("/")))
    }

    /// The entry that a path leads to through links, and its path.
    pub fn follow(&self, path: &str) -> Option<(String, &Entry)> {
        let path = self.resolve(path)?;
        let entry = self.get(&path)?;
        Some((path, entry))
    }
}

struct Below<'t> {
    entries: Entries<'t, Entry>,
    prefix: String,
}

impl<'t> Iterator for Below<'t> {
    type Item = (String, &'t Entry);

    fn next(&mut self) -> Option<Self::Item> {
        let (key, entry) = self.entries.next()?;
        key.starts_with(&self.prefix).then(|| (format!("/{}", key.replace('\0', "/")), entry))
    }
}

fn key(path: &str) -> String {
    path.trim_matches('/').replace('/', "\0")
}
