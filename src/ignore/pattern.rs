//! One line of a `.dockerignore`.

use super::{IgnoreError, glob::Glob, regex::Regex};

/// A checked pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    /// Whether it stands after an exclamation mark.
    pub(super) is_exception: bool,
    test: Test,
}

/// What Docker makes of a pattern: most are compared as texts, the others become regular expressions.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    /// No wildcard.
    Exact(String),
    /// `a/**`: the text before the stars.
    Prefix(String),
    /// `**/a`: the text after the stars.
    Suffix(String),
    Regex(Regex),
    /// The regular expression is malformed; that is found only when it is asked.
    Broken,
}

impl Pattern {
    /// Checks a cleaned pattern.
    pub(super) fn new(pattern: &str) -> Result<Self, IgnoreError> {
        let (is_exception, pattern) = match pattern.strip_prefix('!') {
            Some("") => return Err(IgnoreError::Exclusion),
            Some(rest) => (true, rest),
            None => (false, pattern),
        };
        Glob::new(pattern)?;
        Ok(Self { is_exception, test: Test::new(pattern) })
    }

    /// Whether it fits a path.
    pub(super) fn fits(&self, path: &str) -> Result<bool, IgnoreError> {
        Ok(match &self.test {
            Test::Exact(it) => path == it,
            Test::Prefix(it) => path.starts_with(it.as_str()),
            // `**/a` fits `a` too.
            Test::Suffix(it) => path.ends_with(it.as_str()) || it.strip_prefix('/') == Some(path),
            Test::Regex(it) => it.fits(path),
            Test::Broken => return Err(IgnoreError::Syntax),
        })
    }

    /// Whether it fits a path or a directory above it.
    pub(super) fn fits_with_parents(&self, path: &str) -> Result<bool, IgnoreError> {
        if self.fits(path)? {
            return Ok(true);
        }
        let asks = |it: &str| self.fits(it) == Ok(true);
        let mut slashes = path.match_indices('/');
        // The part before a leading slash is empty, and asked as well.
        Ok(slashes.any(|it| path.get(..it.0).is_some_and(asks))
            || (path.rfind('/') == Some(0) && asks("/")))
    }
}

impl Test {
    fn new(pattern: &str) -> Self {
        let mut expression = "^".to_owned();
        let mut test = Self::Exact(pattern.to_owned());
        // An expression is made at the end only.
        let regex = || Self::Broken;
        let mut rest = pattern.chars();
        let mut is_first = true;
        while let Some(it) = rest.next() {
            match it {
                '*' if rest.as_str().starts_with('*') => {
                    rest.next();
                    if rest.as_str().starts_with('/') {
                        rest.next();
                    }
                    match (&test, rest.as_str()) {
                        (Self::Exact(_), "") => {
                            let start = pattern.strip_suffix("**").unwrap_or(pattern);
                            test = Self::Prefix(start.to_owned());
                        }
                        (_, "") => {
                            expression.push_str(".*");
                            test = regex();
                        }
                        _ => {
                            expression.push_str("(.*/)?");
                            test = regex();
                        }
                    }
                    if is_first {
                        test = Self::Suffix(pattern.get(2..).unwrap_or_default().to_owned());
                    }
                }
                '*' => {
                    expression.push_str("[^/]*");
                    test = regex();
                }
                '?' => {
                    expression.push_str("[^/]");
                    test = regex();
                }
                '.' | '+' | '(' | ')' | '|' | '{' | '}' | '$' => {
                    expression.push('\\');
                    expression.push(it);
                }
                '\\' => {
                    expression.push('\\');
                    expression.extend(rest.next());
                    test = regex();
                }
                '[' | ']' => {
                    expression.push(it);
                    test = regex();
                }
                it => expression.push(it),
            }
            is_first = false;
        }
        match test {
            Self::Broken => Regex::new(&expression).map_or(Self::Broken, Self::Regex),
            other => other,
        }
    }
}
