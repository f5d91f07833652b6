//! Lists that are mostly empty or have one item, without an allocation for those.

use std::{fmt, mem, ops::Deref, slice};

/// A list that is mostly empty: it takes the space of a pointer.
#[derive(Clone, PartialEq, Eq)]
pub struct Few<T>(Option<Box<OneOrMore<T>>>);

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

impl<T> From<OneOrMore<T>> for Few<T> {
    fn from(items: OneOrMore<T>) -> Self {
        Self(if items.is_empty() { None } else { Some(Box::new(items)) })
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(items: Vec<T>) -> Self {
        if items.is_empty() { Self(None) } else { OneOrMore(Items::Several(items)).into() }
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
        self.0.as_deref().map(OneOrMore::as_slice).unwrap_or_default()
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
    /// An empty list.
    pub const fn new() -> Self {
        Self(Items::Several(Vec::new()))
    }

    /// The items.
    pub fn as_slice(&self) -> &[T] {
        self
    }

    /// Adds an item. `done` of `all` bytes are read, which says how many more may come.
    pub(crate) fn push(&mut self, item: T, (done, all): (usize, usize)) {
        match &mut self.0 {
            Items::Several(items) if items.is_empty() => self.0 = Items::One(item),
            Items::Several(items) => {
                reserve(items, done, all);
                items.push(item);
            }
            one @ Items::One(_) => {
                let first = mem::replace(one, Items::Several(Vec::with_capacity(2)));
                if let (Items::One(first), Items::Several(items)) = (first, one) {
                    items.extend([first, item]);
                }
            }
        }
    }
}

/// Makes room in a list of what is read from `all` bytes, of which `done` are read.
///
/// A list that doubles takes three times its memory while it moves. This one grows by what is to come, if the rest is
/// like what was.
#[inline]
pub(crate) fn reserve<T>(items: &mut Vec<T>, done: usize, all: usize) {
    if items.len() == items.capacity() {
        grow(items, done, all);
    }
}

#[cold]
fn grow<T>(items: &mut Vec<T>, done: usize, all: usize) {
    let len = items.len();
    if len < 64 {
        items.reserve(1);
        return;
    }
    let rest = all.saturating_sub(done).saturating_mul(len) / done.max(1);
    items.reserve_exact((rest + rest / 8 + 16).min(7 * len));
}

impl<T> From<Vec<T>> for OneOrMore<T> {
    fn from(mut items: Vec<T>) -> Self {
        let only = if items.len() == 1 { items.pop() } else { None };
        Self(only.map_or(Items::Several(items), Items::One))
    }
}

impl<T> Default for OneOrMore<T> {
    fn default() -> Self {
        Self::new()
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
