//! The patterns of `${name#pattern}` and its like: `*`, `?`, and characters.

use thiserror::Error;

/// More steps than this are refused.
const MAX_WORK: usize = 1 << 26;

/// A pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Item>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    Star,
    Any,
    Char(char),
}

/// Why a text is no pattern, in Docker's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PatternError {
    /// Only `*`, `?` and the backslash can be escaped.
    #[error("invalid escape '\\{0}'")]
    Escape(char),
    /// The text ends in a backslash.
    #[error("invalid escape '\\'")]
    End,
}

impl Pattern {
    /// Reads a pattern.
    pub fn new(text: &str) -> Result<Self, PatternError> {
        let mut items = Vec::new();
        let mut chars = text.chars();
        while let Some(it) = chars.next() {
            items.push(match it {
                '*' => Item::Star,
                '?' => Item::Any,
                '\\' => match chars.next() {
                    Some(it @ ('*' | '?' | '\\')) => Item::Char(it),
                    Some(it) => return Err(PatternError::Escape(it)),
                    None => return Err(PatternError::End),
                },
                it => Item::Char(it),
            });
        }
        Ok(Self(items))
    }

    /// `text` without the start that matches.
    pub fn strip_prefix<'t>(&self, text: &'t str, longest: bool) -> &'t str {
        let found = matched(&self.0, text.chars(), longest);
        found.and_then(|len| text.get(len..)).unwrap_or(text)
    }

    /// `text` without the end that matches.
    pub fn strip_suffix<'t>(&self, text: &'t str, longest: bool) -> &'t str {
        let reversed: Vec<_> = self.0.iter().rev().copied().collect();
        let found = matched(&reversed, text.chars().rev(), longest);
        found.and_then(|len| text.get(..text.len() - len)).unwrap_or(text)
    }
}

/// `text` with the first match, or all of them, replaced. Huge texts stay as they are.
pub fn replace(text: &str, pattern: &Pattern, by: &str, all: bool) -> String {
    let work = text.len().saturating_mul(text.len()).saturating_mul(pattern.0.len());
    if work > MAX_WORK {
        return text.to_owned();
    }
    if pattern.0.is_empty() && !all {
        return by.to_owned() + text;
    }
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        match matched(&pattern.0, rest.chars(), true).filter(|it| *it > 0) {
            Some(len) => {
                replaced.push_str(by);
                rest = rest.get(len..).unwrap_or_default();
                if !all {
                    break;
                }
            }
            None => {
                replaced.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
    replaced + rest
}

/// How many bytes of `text` the pattern matches from the start: the least, or the most.
///
/// It follows all ways at once, so that no pattern makes it slow.
fn matched(items: &[Item], mut text: impl Iterator<Item = char>, longest: bool) -> Option<usize> {
    let mut states = vec![false; items.len() + 1];
    enter(items, &mut states, 0);
    let mut len = 0;
    let mut best = None;
    let mut work = 0;
    loop {
        if states.last() == Some(&true) {
            best = Some(len);
            if !longest {
                return best;
            }
        }
        let Some(next) = text.next() else { return best };
        work += items.len();
        if work > MAX_WORK || !states.contains(&true) {
            return best;
        }
        states = step(items, &states, next);
        len += next.len_utf8();
    }
}

/// Marks a state, and those that a star reaches from it for nothing.
fn enter(items: &[Item], states: &mut [bool], mut at: usize) {
    while let Some(state) = states.get_mut(at) {
        *state = true;
        if items.get(at) != Some(&Item::Star) {
            return;
        }
        at += 1;
    }
}

fn step(items: &[Item], states: &[bool], next: char) -> Vec<bool> {
    let mut after = vec![false; states.len()];
    for (at, (item, _)) in items.iter().zip(states).enumerate().filter(|it| *it.1.1) {
        match item {
            Item::Star => enter(items, &mut after, at),
            Item::Any => enter(items, &mut after, at + 1),
            Item::Char(it) if *it == next => enter(items, &mut after, at + 1),
            Item::Char(_) => (),
        }
    }
    after
}
