//! Texts that stand in one text: most words of a build stand in the Dockerfile just so, and are not copied out of it.

use std::{
    borrow::Borrow,
    fmt,
    ops::Deref,
    sync::{Arc, LazyLock},
};

use crate::text::to_u32;

/// A part of a text that all its parts share. It reads like a `&str`.
#[derive(Clone)]
pub struct Shared {
    /// A thin pointer: a build keeps several of these for each line.
    whole: Arc<Box<str>>,
    start: u32,
    end: u32,
}

static EMPTY: LazyLock<Arc<Box<str>>> = LazyLock::new(Arc::default);

impl Default for Shared {
    fn default() -> Self {
        Self { whole: Arc::clone(&EMPTY), start: 0, end: 0 }
    }
}

impl Shared {
    /// The text.
    #[inline]
    pub fn as_str(&self) -> &str {
        self.whole.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// Its length in bytes.
    #[inline]
    pub fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it has no bytes.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// `part` as a part of this text, of which `original` is a copy; `None` if it does not stand there.
    #[inline]
    pub(super) fn part(&self, original: &str, part: &str) -> Option<Self> {
        if part.is_empty() {
            return Some(Self::default());
        }
        let start = (part.as_ptr() as usize).checked_sub(original.as_ptr() as usize)?;
        let end = start.checked_add(part.len()).filter(|it| *it <= original.len())?;
        let whole = Arc::clone(&self.whole);
        Some(Self { whole, start: self.start + to_u32(start), end: self.start + to_u32(end) })
    }
}

impl From<&str> for Shared {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            return Self::default();
        }
        Self { end: to_u32(text.len()), start: 0, whole: Arc::new(text.into()) }
    }
}

impl From<String> for Shared {
    fn from(text: String) -> Self {
        if text.is_empty() {
            return Self::default();
        }
        Self { end: to_u32(text.len()), start: 0, whole: Arc::new(text.into()) }
    }
}

impl From<&Shared> for String {
    fn from(text: &Shared) -> Self {
        text.as_str().to_owned()
    }
}

impl Deref for Shared {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Shared {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for Shared {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Shared {}

impl PartialEq<&str> for Shared {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<str> for Shared {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_where_it_stands() {
        let text = "one two three".to_owned();
        let at = |range| text.get(range).unwrap();
        let shared = Shared::from(text.as_str());
        let two = shared.part(&text, at(4..7)).unwrap();
        assert_eq!((two.as_str(), Arc::strong_count(&shared.whole)), ("two", 2));
        assert_eq!(two.part(at(4..7), at(5..6)).unwrap().as_str(), "w");
        assert_eq!(two.part(at(4..7), at(5..9)), None);
        assert_eq!(two.part(at(4..7), at(0..2)), None);
        assert_eq!(shared.part(&text, ""), Some(Shared::default()));
        assert_eq!(shared.part("other", &text), None);
    }
}
