//! Shell patterns for one path: `*`, `?`, `[a-z]` and `\`, as Go's `filepath.Match` reads them.

use super::IgnoreError;

/// A checked pattern, such as `src/*.[ch]`. Matching takes time in proportion to pattern times path at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// `*`: any characters but `/`.
    Star,
    /// `?`: one character but `/`.
    Any,
    Char(char),
    /// `[a-z]`, or `[^a-z]` if the flag is set. A slash can be in it.
    Set(bool, Vec<(char, char)>),
}

/// Whether a path has a `*`, `?` or `[` without a backslash before it.
pub fn has_wildcards(path: &str) -> bool {
    let mut chars = path.chars();
    while let Some(it) = chars.next() {
        match it {
            '\\' => drop(chars.next()),
            '*' | '?' | '[' => return true,
            _ => (),
        }
    }
    false
}

impl Glob {
    /// Checks a pattern.
    pub fn new(pattern: &str) -> Result<Self, IgnoreError> {
        let mut parts = Vec::new();
        let mut rest = pattern.chars();
        while let Some(it) = rest.next() {
            parts.push(match it {
                '*' => Part::Star,
                '?' => Part::Any,
                '[' => set(&mut rest)?,
                '\\' => Part::Char(rest.next().ok_or(IgnoreError::Syntax)?),
                it => Part::Char(it),
            });
        }
        Ok(Self(parts))
    }

    /// Whether it fits the whole path.
    pub fn fits(&self, path: &str) -> bool {
        let (mut part, mut rest) = (0, path.chars());
        // Where to go on after a star took one character more.
        let mut star = None;
        loop {
            let before = rest.clone();
            match (self.0.get(part), rest.next()) {
                (Some(Part::Star), _) => {
                    part += 1;
                    star = Some((part, before.clone()));
                    rest = before;
                    continue;
                }
                (None, None) => return true,
                (Some(it), Some(char)) if it.takes(char) => {
                    part += 1;
                    continue;
                }
                _ => (),
            }
            let Some((after, mut tail)) = star else { return false };
            match tail.next() {
                None | Some('/') => return false,
                Some(_) => (),
            }
            star = Some((after, tail.clone()));
            (part, rest) = (after, tail);
        }
    }
}

impl Part {
    fn takes(&self, char: char) -> bool {
        match self {
            Self::Star => false,
            Self::Any => char != '/',
            Self::Char(it) => *it == char,
            Self::Set(negated, ranges) => {
                ranges.iter().any(|it| (it.0..=it.1).contains(&char)) != *negated
            }
        }
    }
}

/// What follows a `[`.
fn set(rest: &mut std::str::Chars<'_>) -> Result<Part, IgnoreError> {
    let negated = rest.as_str().starts_with('^');
    if negated {
        rest.next();
    }
    let mut ranges = Vec::new();
    loop {
        if rest.as_str().starts_with(']') && !ranges.is_empty() {
            rest.next();
            return Ok(Part::Set(negated, ranges));
        }
        let low = bound(rest)?;
        let mut high = low;
        if rest.as_str().starts_with('-') {
            rest.next();
            high = bound(rest)?;
        }
        ranges.push((low, high));
    }
}

/// One end of a range.
fn bound(rest: &mut std::str::Chars<'_>) -> Result<char, IgnoreError> {
    match rest.next() {
        None | Some('-' | ']') => Err(IgnoreError::Syntax),
        Some('\\') => rest.next().ok_or(IgnoreError::Syntax),
        Some(it) => Ok(it),
    }
}
