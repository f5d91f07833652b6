//! `.dockerignore`: which files of a folder a build does not see.
//!
//! The rules are those of `moby/patternmatcher`, which Docker's command line, the classic builder and BuildKit share.

mod glob;
mod pattern;
mod regex;
#[cfg(test)]
mod tests;

pub use glob::{Glob, has_wildcards};
use pattern::Pattern;
use thiserror::Error;

/// The longest line that Docker's line reader takes.
const MAX_LINE: usize = 64 << 10;

/// Why patterns cannot be used. The messages are Docker's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum IgnoreError {
    /// A pattern is malformed, such as `[`.
    #[error("syntax error in pattern")]
    Syntax,
    /// An exclamation mark without a pattern.
    #[error("illegal exclusion pattern: \"!\"")]
    Exclusion,
    /// A line of the file is over 64 KiB.
    #[error("bufio.Scanner: token too long")]
    TooLong,
}

/// The name of the file that lists what is ignored for the Dockerfile at a path: its own, if there is one, else the
/// folder's.
pub fn file_names(dockerfile: &str) -> [String; 2] {
    [format!("{dockerfile}.dockerignore"), ".dockerignore".to_owned()]
}

/// Reads the patterns of a `.dockerignore`: comments and blank lines are left out, the others cleaned.
pub fn read(text: &str) -> Result<Vec<String>, IgnoreError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut patterns = Vec::new();
    for line in text.split('\n') {
        if line.len() >= MAX_LINE {
            return Err(IgnoreError::TooLong);
        }
        // Only a mark in the first column makes a comment.
        let trimmed = line.trim();
        if line.starts_with('#') || trimmed.is_empty() {
            continue;
        }
        let (mark, pattern) = match trimmed.strip_prefix('!') {
            Some(rest) => ("!", rest.trim()),
            None => ("", trimmed),
        };
        let mut pattern = if pattern.is_empty() { String::new() } else { clean(pattern) };
        if pattern.len() > 1 && pattern.starts_with('/') {
            pattern.remove(0);
        }
        patterns.push(format!("{mark}{pattern}"));
    }
    Ok(patterns)
}

/// Patterns in their order; the last one that fits a path decides.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Patterns {
    list: Vec<Pattern>,
}

/// Which patterns fitted a directory: what is below it need not be asked again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen(Vec<bool>);

impl Patterns {
    /// Checks patterns.
    pub fn new<T: AsRef<str>>(patterns: &[T]) -> Result<Self, IgnoreError> {
        let mut list = Vec::with_capacity(patterns.len());
        for text in patterns {
            let text = text.as_ref().trim();
            if !text.is_empty() {
                list.push(Pattern::new(&clean(text))?);
            }
        }
        Ok(Self { list })
    }

    /// The patterns of a `.dockerignore`.
    pub fn of_file(text: &str) -> Result<Self, IgnoreError> {
        Self::new(&read(text)?)
    }

    /// Whether there is no pattern.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether a path or a directory above it fits, and no later exception does.
    pub fn matches(&self, path: &str) -> Result<bool, IgnoreError> {
        let path = clean(path);
        if path == "." {
            // A pattern cannot take the whole folder away.
            return Ok(false);
        }
        let mut matched = false;
        for pattern in &self.list {
            // A pattern that could not change the answer is not asked, hence never found wrong.
            if pattern.is_exception == matched && pattern.fits_with_parents(&path)? {
                matched = !pattern.is_exception;
            }
        }
        Ok(matched)
    }

    /// The same while walking a tree: `above` is what came of the directory that the path is in, and nothing for a
    /// path at the top. It differs from [`Self::matches`] where an exception names a directory: it does not bring back
    /// what a pattern took away below.
    pub fn walk(&self, path: &str, above: &Seen) -> Result<(bool, Seen), IgnoreError> {
        let mut matched = false;
        let mut seen = Seen(Vec::with_capacity(self.list.len()));
        for (at, pattern) in self.list.iter().enumerate() {
            let fits = match above.0.get(at) {
                Some(true) => true,
                _ if pattern.is_exception != matched => false,
                Some(false) => pattern.fits(path)?,
                None => pattern.fits_with_parents(path)?,
            };
            seen.0.push(fits);
            if fits {
                matched = !pattern.is_exception;
            }
        }
        Ok((matched, seen))
    }
}

/// The path without `.`, `..` and doubled slashes: Go's `filepath.Clean`.
pub fn clean(path: &str) -> String {
    let absolute = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => (),
            ".." if parts.last().is_some_and(|it| *it != "..") => drop(parts.pop()),
            ".." if absolute => (),
            part => parts.push(part),
        }
    }
    match (absolute, parts.is_empty()) {
        (true, _) => format!("/{}", parts.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => parts.join("/"),
    }
}
