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
    /// Only `*`, `?` and the backslash can be escaped. At the end of the text, Go prints the character for what is
    /// no character.
    #[error("invalid escape '\\{0}'")]
    Escape(char),
}

/// The parts of a pattern.
fn items(text: &str) -> impl Iterator<Item = Result<Item, PatternError>> {
    let mut chars = text.chars().peekable();
    std::iter::from_fn(move || {
        // Braces and slashes are escaped for the substitution, not for the pattern.
        if chars.peek() == Some(&'\\') {
            chars.next();
            match chars.next() {
                Some(it @ ('}' | '/' | '*' | '?' | '\\')) => return Some(Ok(Item::Char(it))),
                it => {
                    let it = it.unwrap_or(char::REPLACEMENT_CHARACTER);
                    return Some(Err(PatternError::Escape(it)));
                }
            }
        }
        Some(Ok(match chars.next()? {
            '*' => Item::Star,
            '?' => Item::Any,
            it => Item::Char(it),
        }))
    })
}

/// The regular expression that a pattern is in Docker: for comparison with it, as nothing here needs it.
pub fn regex(pattern: &str, greedy: bool, anchored: bool) -> Result<String, PatternError> {
    let mut out = String::from(if anchored { "^" } else { "" });
    for it in items(pattern) {
        match it? {
            Item::Star => out.push_str(if greedy { ".*" } else { ".*?" }),
            Item::Any => out.push('.'),
            Item::Char(it) => {
                if "[]{}.+()|^$*?\\".contains(it) {
                    out.push('\\');
                }
                out.push(it);
            }
        }
    }
    Ok(out)
}

/// A pattern from its end to its start, where escapes stay before what they escape.
pub fn reverse(pattern: &str) -> String {
    let mut parts = Vec::new();
    let mut rest = pattern.chars();
    while let Some(it) = rest.next() {
        match (it, rest.clone().next()) {
            ('\\', Some(next)) => {
                rest.next();
                parts.push((Some(it), next));
            }
            _ => parts.push((None, it)),
        }
    }
    parts.iter().rev().flat_map(|it| it.0.into_iter().chain([it.1])).collect()
}

impl Pattern {
    /// Reads a pattern.
    pub fn new(text: &str) -> Result<Self, PatternError> {
        items(text).collect::<Result<_, _>>().map(Self)
    }

    /// `text` without the start that matches.
    pub fn strip_prefix<'t>(&self, text: &'t str, longest: bool) -> &'t str {
        let found = matched(&self.0, text.chars(), longest);
        found.and_then(|len| text.get(len..)).unwrap_or(text)
    }

    /// `text` without the end that matches. The pattern is one from [`reverse`].
    pub fn strip_suffix<'t>(&self, text: &'t str, longest: bool) -> &'t str {
        let found = matched(&self.0, text.chars().rev(), longest);
        found.and_then(|len| text.get(..text.len() - len)).unwrap_or(text)
    }

    /// `text` with the first match, or all of them, replaced. Huge texts stay as they are.
    pub fn replace(&self, text: &str, by: &str, all: bool) -> String {
        let work = text.len().saturating_mul(text.len()).saturating_mul(self.0.len());
        if work > MAX_WORK {
            return text.to_owned();
        }
        let mut replaced = String::new();
        // Where the text goes on that is not written yet, and where the next match may start.
        let (mut done, mut at) = (0, 0);
        while let Some((start, len)) = self.find(text, at) {
            let end = start + len;
            replaced.push_str(text.get(done..start).unwrap_or_default());
            // As in Go, an empty match does not follow another match.
            if end > done || start == 0 {
                if all {
                    template(by, text.get(start..end).unwrap_or_default(), &mut replaced);
                } else {
                    replaced.push_str(by);
                }
            }
            done = end;
            let width = text.get(at..).and_then(|it| it.chars().next()).map_or(1, char::len_utf8);
            at = end.max(at + width);
            if !all || at > text.len() {
                break;
            }
        }
        replaced + text.get(done..).unwrap_or_default()
    }

    /// Where the pattern matches first at or behind `at`, and how much.
    fn find(&self, text: &str, mut at: usize) -> Option<(usize, usize)> {
        loop {
            let rest = text.get(at..)?;
            if let Some(len) = matched(&self.0, rest.chars(), true) {
                return Some((at, len));
            }
            at += match self.0.first() {
                // A star takes what stands before a later start, up to the end of the line: there is no match in it.
                Some(Item::Star) => rest.find('\n')? + 1,
                _ => rest.chars().next()?.len_utf8(),
            };
        }
    }
}

/// Appends what a match is replaced by. With `//`, Docker gives the text to a regular expression library, which
/// knows `$0`, the match, and other `$names`, which are empty.
fn template(by: &str, found: &str, out: &mut String) {
    let mut rest = by;
    while let Some((plain, after)) = rest.split_once('$') {
        out.push_str(plain);
        let is_name = |it: char| it.is_alphanumeric() || it == '_';
        let (name, next) = match after.strip_prefix('{').and_then(|it| it.split_once('}')) {
            Some((name, next)) => (name, next),
            None => after.split_at(after.find(|it| !is_name(it)).unwrap_or(after.len())),
        };
        if let Some(next) = after.strip_prefix('$') {
            out.push('$');
            rest = next;
        } else if name.is_empty() || !name.chars().all(is_name) {
            out.push('$');
            rest = after;
        } else {
            out.push_str(if name == "0" { found } else { "" });
            rest = next;
        }
    }
    out.push_str(rest);
}

/// How many bytes of `text` the pattern matches from the start: the least, or the most.
///
/// It follows all ways at once, so that no pattern makes it slow.
fn matched(items: &[Item], mut text: impl Iterator<Item = char>, longest: bool) -> Option<usize> {
    let mut states = vec![false; items.len() + 1];
    let mut after = states.clone();
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
        step(items, &states, next, &mut after);
        std::mem::swap(&mut states, &mut after);
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

/// Marks the states that a character leads to.
fn step(items: &[Item], states: &[bool], next: char, after: &mut [bool]) {
    after.fill(false);
    for (at, (item, _)) in items.iter().zip(states).enumerate().filter(|it| *it.1.1) {
        match item {
            // As in Go, a line break is no character for these.
            Item::Star | Item::Any if next == '\n' => (),
            Item::Star => enter(items, after, at),
            Item::Any => enter(items, after, at + 1),
            Item::Char(it) if *it == next => enter(items, after, at + 1),
            Item::Char(_) => (),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_goes_on_to_the_end_of_the_line() {
        for (pattern, text, expected) in [
            ("*b", "aa\nab\naab", "aa\nX\nX"),
            ("*b", "\n\nbab", "\n\nX"),
            ("*\nb", "aa\nb\nc", "X\nc"),
            ("*b", "aaa", "aaa"),
            ("*a*b", "xa\nxaxbx", "xa\nXx"),
            ("?*b", "b\nab", "b\nX"),
            ("*", "a\nb", "X\nX"),
        ] {
            let found = Pattern::new(pattern).unwrap().replace(text, "X", true);
            assert_eq!(found, expected, "{pattern:?} {text:?}");
        }
    }
}
