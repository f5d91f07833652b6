//! Lists that are mostly empty or have one item, without an allocation for those.

use std::{fmt, ops::Deref, slice};

/// A list that is mostly empty: it takes the space of a pointer.
#[derive(Clone, PartialEq, Eq)]
#[expect(
    clippy::box_collection,
    reason = "an empty list is one word, and there are three in each instruction"
)]
pub struct Few<T>(Option<Box<Vec<T>>>);

impl<T> Few<T> {
    /// An empty list.
    pub const fn new() -> Self {
        Self(None)
    }

    /// The items.
    pub fn as_slice(&self) -> &[T] {
        self
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(items: Vec<T>) -> Self {
        Self(if items.is_empty() { None } else { Some(Box::new(items)) })
    }
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.0.as_deref().map(Vec::as_slice).unwrap_or_default()
    }
}

impl<T: fmt::Debug> fmt::Debug for Few<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'f, T> IntoIterator for &'f Few<T> {
    type Item = &'f T;
    type IntoIter = slice::Iter<'f, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A list that mostly has one item, which stands in the list itself: pairs, variables.
#[derive(Clone, PartialEq, Eq)]
pub struct OneOrMore<T>(Items<T>);

#[derive(Clone, PartialEq, Eq)]
enum Items<T> {
    One(T),
    Several(Vec<T>),
}

impl<T> OneOrMore<T> {
    /// The items.
    pub fn as_slice(&self) -> &[T] {
        self
    }
}

impl<T> Deref for OneOrMore<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Items::One(it) => slice::from_ref(it),
            Items::Several(items) => items,
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for OneOrMore<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'s, T> IntoIterator for &'s OneOrMore<T> {
    type Item = &'s T;
    type IntoIter = slice::Iter<'s, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> FromIterator<T> for OneOrMore<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut items = items.into_iter();
        Self(match (items.next(), items.next()) {
            (Some(one), None) => Items::One(one),
            (Some(first), Some(second)) => {
                let mut all = vec![first, second];
                all.extend(items);
                Items::Several(all)
            }
            (None, _) => Items::Several(Vec::new()),
        })
    }
}
