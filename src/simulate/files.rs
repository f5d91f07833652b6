//! What `COPY`, `ADD` and `WORKDIR` do to the files of a stage, by the rules of BuildKit's executor.
//!
//! Sources: `dockerfile2llb/convert_copy.go` says what an instruction asks for, `solver/llbsolver/file/backend.go` and
//! `tonistiigi/fsutil/copy` do it, `cache/contenthash/checksum.go` looks for the sources before that.

mod copier;
mod find;
mod mode;
mod owner;
pub mod tar;
#[cfg(test)]
mod tests;
pub mod tree;

use thiserror::Error;

pub use copier::{Copying, copy, destination, is_remote, pivot};
pub use find::{exists, sources};
pub use owner::{make_directory, owner};
use tree::{Entry, Tree};

use crate::order;

/// Why files cannot be copied. The messages are BuildKit's; the paths are those in the image, where BuildKit shows the
/// directory of its snapshot before some.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FileError {
    /// A source is not there. BuildKit names a random reference after `ref`.
    #[error("failed to compute cache key: failed to calculate checksum of ref: \"{0}\": not found")]
    NotFound(String),
    /// A wildcard is malformed.
    #[error(
        "failed to compute cache key: failed to calculate checksum of ref: syntax error in pattern"
    )]
    Pattern,
    /// A pattern of `--exclude` or `--parents` is malformed.
    #[error(
        "failed to compute cache key: failed to calculate checksum of ref: invalid {0}: [{1}]: syntax error in pattern"
    )]
    Filter(&'static str, String),
    /// The directory of a wildcard, or a source with `--exclude`, is not there.
    #[error("lstat {0}: no such file or directory")]
    NoDirectory(String),
    /// Something that is not a directory is above a destination.
    #[error("mkdir {0}: not a directory")]
    NotADirectory(String),
    /// A directory would replace a file.
    #[error("cannot copy to non-directory: {0}")]
    OntoFile(String),
    /// A file would replace a directory.
    #[error("cannot replace to directory {0} with file")]
    OntoDirectory(String),
    /// Symbolic links lead in a circle.
    #[error("too many links")]
    Links,
    /// A path is over 4,096 bytes.
    #[error("lstat {0}…: file name too long")]
    TooLong(String),
    /// A name in `--chown` where there is no `/etc/passwd` to look it up in.
    #[error("invalid user index: -1")]
    NoPasswd,
}

/// One change of a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// The absolute path.
    pub path: String,
    /// What was there before.
    pub before: Option<Entry>,
    /// What is there now; `None` if it was taken away.
    pub after: Option<Entry>,
}

/// A tree that is written to, and what was changed.
#[derive(Debug, Default)]
pub struct Writer {
    /// The files.
    pub tree: Tree,
    changes: Vec<FileChange>,
    /// Whether files were written that are not known.
    pub unknown: bool,
}

impl Writer {
    /// Writes to a tree.
    pub fn new(tree: Tree) -> Self {
        Self { tree, changes: Vec::new(), unknown: false }
    }

    /// Puts something at a path.
    pub fn put(&mut self, path: &str, entry: Entry) {
        let replaces = !entry.is_directory() && self.tree.is_directory(path);
        if replaces {
            self.remove(path);
        }
        let before = self.tree.insert(path, entry.clone());
        self.changes.push(FileChange { path: path.to_owned(), before, after: Some(entry) });
    }

    /// Takes away what is at a path, and below.
    pub fn remove(&mut self, path: &str) {
        for (path, before) in self.tree.remove(path) {
            self.changes.push(FileChange { path, before: Some(before), after: None });
        }
    }

    /// The tree, and what changed: one change for each path, in the order of the paths.
    pub fn finish(self) -> (Tree, Vec<FileChange>) {
        let mut changes = self.changes;
        order::sort_by(&mut changes, |a, b| a.path.cmp(&b.path));
        let mut merged: Vec<FileChange> = Vec::with_capacity(changes.len());
        for change in changes {
            match merged.last_mut().filter(|it| it.path == change.path) {
                Some(last) => last.after = change.after,
                None => merged.push(change),
            }
        }
        merged.retain(|it| match (&it.before, &it.after) {
            (None, None) => false,
            // A file is written again even if it is the same; a directory is there already.
            (Some(before), Some(after)) => !before.is_directory() || before != after,
            _ => true,
        });
        (self.tree, merged)
    }
}
