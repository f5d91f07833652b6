//! The build context: the files that a build can copy from.

use std::sync::Arc;

use thiserror::Error;

use crate::{
    ignore::{self, IgnoreError, Patterns, Seen},
    simulate::files::tree::{Entry, Owner, Tree},
};

/// The files of the folder that is built, without what `.dockerignore` takes away.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Context {
    tree: Arc<Tree>,
    /// What `.dockerignore` took away.
    ignored: Tree,
    /// The `.dockerignore` that counts: its name and its text.
    ignore_file: Option<(String, String)>,
}

/// Why a `.dockerignore` cannot be used. The message of a malformed file is BuildKit's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ContextError {
    /// The file cannot be read.
    #[error("failed parsing {0}: {1}")]
    File(String, IgnoreError),
    /// A pattern is malformed.
    #[error("{0}")]
    Pattern(IgnoreError),
}

impl Context {
    /// A context of all files of a tree. They belong to root, as BuildKit makes them.
    pub fn new(mut tree: Tree) -> Self {
        tree.own(Owner::default());
        Self { tree: Arc::new(tree), ..Self::default() }
    }

    /// A context of text files by path.
    pub fn of_texts<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        let mut tree = Tree::default();
        for (path, text) in files {
            tree.insert(path, Entry::text(text));
        }
        Self::new(tree)
    }

    /// The same context without what `.dockerignore` takes away: the one that belongs to the Dockerfile at a path, or
    /// else the one of the folder.
    pub fn ignoring(self, dockerfile: &str) -> Result<Self, ContextError> {
        let read = |name: String| {
            let (_, entry) = self.tree.follow(&name)?;
            Some((name, String::from_utf8_lossy(entry.bytes()?).into_owned()))
        };
        let Some((name, text)) = ignore::file_names(dockerfile).into_iter().find_map(read) else {
            return Ok(self);
        };
        self.without(&name, &text)
    }

    /// The same context without what the text of a `.dockerignore` takes away.
    pub fn without(mut self, name: &str, text: &str) -> Result<Self, ContextError> {
        let wrong = |it| ContextError::File(name.to_owned(), it);
        let patterns = ignore::read(text).map_err(wrong)?;
        let patterns = Patterns::new(&patterns).map_err(ContextError::Pattern)?;
        self.ignore_file = Some((name.to_owned(), text.to_owned()));
        if patterns.is_empty() {
            return Ok(self);
        }
        let mut kept = Tree::default();
        let mut above: Vec<(String, Seen)> = Vec::new();
        for (path, entry) in self.tree.iter() {
            while above.last().is_some_and(|it| !is_below(&path, &it.0)) {
                above.pop();
            }
            let top = Seen::default();
            let seen = above.last().map_or(&top, |it| &it.1);
            let relative = path.trim_start_matches('/');
            let (is_ignored, seen) =
                patterns.walk(relative, seen).map_err(ContextError::Pattern)?;
            if entry.is_directory() {
                above.push((path.clone(), seen));
            }
            if is_ignored {
                self.ignored.insert(&path, entry.clone());
                continue;
            }
            // A directory that is ignored is there again for the file that is not.
            for (parent, _) in &above {
                if kept.get(parent).is_none()
                    && let Some(entry) = self.tree.get(parent)
                {
                    kept.insert(parent, entry.clone());
                }
            }
            kept.insert(&path, entry.clone());
        }
        self.tree = Arc::new(kept);
        Ok(self)
    }

    /// The files.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The files alone.
    pub fn into_tree(self) -> Arc<Tree> {
        self.tree
    }

    pub(super) fn shared(&self) -> Arc<Tree> {
        Arc::clone(&self.tree)
    }

    /// Whether `.dockerignore` took a file or a directory away.
    pub fn is_ignored(&self, path: &str) -> bool {
        self.tree.get(path).is_none() && self.ignored.get(path).is_some()
    }

    /// The name and the text of the `.dockerignore` that counts.
    pub fn ignore_file(&self) -> Option<(&str, &str)> {
        self.ignore_file.as_ref().map(|it| (it.0.as_str(), it.1.as_str()))
    }

    /// The bytes of all files; `None` if one's size is not known.
    pub fn size(&self) -> Option<u64> {
        self.tree.iter().map(|it| it.1.size()).sum()
    }
}

/// Whether a path is below a directory.
pub(super) fn is_below(path: &str, directory: &str) -> bool {
    path.strip_prefix(directory).is_some_and(|it| it.starts_with('/'))
}
