//! The sources of a `COPY`: paths and wildcards.

use super::{FileError, tree::Tree};
use crate::{
    ignore::{Glob, clean, has_wildcards},
    simulate::context::is_below,
};

/// The longest path that Linux takes.
const MAX_PATH: usize = 4096;

/// Refuses a path that no file system takes.
pub(super) fn check_length(path: &str) -> Result<(), FileError> {
    if path.len() < MAX_PATH {
        return Ok(());
    }
    let start = path.char_indices().take_while(|it| it.0 < 60).map(|it| it.1).collect();
    Err(FileError::TooLong(start))
}

/// A source, split before its first part with a wildcard: `/src`, and `*/x` if there is one.
pub(super) fn split(source: &str) -> (String, String) {
    let source = clean(&format!("/{source}"));
    let mut at = 0;
    for part in source.split_inclusive('/') {
        if has_wildcards(part) {
            let (base, pattern) = source.split_at_checked(at).unwrap_or((&source, ""));
            return (clean(base), pattern.to_owned());
        }
        at += part.len();
    }
    (source, String::new())
}

/// Looks for a source before anything is copied. `Ok(false)` if it may be there, but is not listed.
pub fn exists(tree: &Tree, source: &str) -> Result<bool, FileError> {
    let (base, pattern) = split(source);
    if check_length(&base).is_err() {
        return Err(FileError::NotFound(base));
    }
    if !pattern.is_empty() {
        let is_asked = base == "/" && !tree.is_empty() || tree.follow(&base).is_some();
        if is_asked && Glob::new(&pattern).is_err() {
            return Err(FileError::Pattern);
        }
        return Ok(true);
    }
    if base == "/" {
        return Ok(true);
    }
    let path = tree.resolve(&base).ok_or(FileError::Links)?;
    match tree.get(&path) {
        _ if path == "/" => Ok(true),
        Some(_) => Ok(true),
        None if tree.open => Ok(false),
        None => Err(FileError::NotFound(base)),
    }
}

/// The paths that a source means: itself, or what its wildcards fit. What is in a directory that fits is not asked.
pub fn sources(tree: &Tree, source: &str) -> Result<Vec<String>, FileError> {
    let (base, pattern) = split(source);
    if pattern.is_empty() {
        return Ok(vec![base]);
    }
    let directory = tree.resolve(&base).ok_or(FileError::Links)?;
    if directory != "/" && tree.get(&directory).is_none() {
        return if tree.open { Ok(Vec::new()) } else { Err(FileError::NoDirectory(base)) };
    }
    // A malformed pattern fits nothing.
    let Ok(glob) = Glob::new(&pattern) else { return Ok(Vec::new()) };
    let skip = if directory == "/" { 1 } else { directory.len() + 1 };
    let mut found: Vec<String> = Vec::new();
    for (path, _) in tree.below(&directory) {
        let is_inside = found.last().is_some_and(|it| is_below(&path, it));
        if !is_inside && path.get(skip..).is_some_and(|it| glob.fits(it)) {
            found.push(path);
        }
    }
    Ok(found)
}
