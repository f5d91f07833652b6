//! Sorted things in little code.
//!
//! The standard library's sort and its trees are compiled anew for every type of item, some ten kilobytes each time.
//! The sort here is compiled once, for places; the table is for what is few.

mod map;
mod places;

use std::cmp::Ordering;

pub use map::{Entries, Iter, Map, Set};
pub use places::Places;

/// Values by key, in the order of the keys. Inserting takes time in proportion to their number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<K, V>(Vec<(K, V)>);

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> Table<K, V> {
    fn place(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|it| it.0.cmp(key))
    }

    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.0.get(self.place(key).ok()?).map(|it| &it.1)
    }

    /// The value of a key, to change it.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let place = self.place(key).ok()?;
        self.0.get_mut(place).map(|it| &mut it.1)
    }

    /// Whether there is a value for a key.
    pub fn contains_key(&self, key: &K) -> bool {
        self.place(key).is_ok()
    }

    /// Sets the value of a key.
    pub fn insert(&mut self, key: K, value: V) {
        match self.place(&key) {
            Ok(place) => {
                if let Some(old) = self.0.get_mut(place) {
                    old.1 = value;
                }
            }
            Err(place) => self.0.insert(place, (key, value)),
        }
    }

    /// Takes a key and its value out.
    pub fn remove(&mut self, key: &K) {
        if let Ok(place) = self.place(key) {
            self.0.remove(place);
        }
    }

    /// Keys and values.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().map(|it| (&it.0, &it.1))
    }

    /// The keys.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.iter().map(|it| &it.0)
    }

    /// The values.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|it| &it.1)
    }
}

/// Sorts by a comparison; equal items stay as they stand.
pub fn sort_by<T>(items: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    if items.is_sorted_by(|a, b| compare(a, b) != Ordering::Greater) {
        return;
    }
    let places = sorted(items.len(), &mut |a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut old: Vec<Option<T>> = items.drain(..).map(Some).collect();
    for place in places {
        items.extend(old.get_mut(place).and_then(Option::take));
    }
}

/// Sorts by a key; items of one key stay as they stand.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The places of sorted items.
fn sorted(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..len).collect();
    let mut merged = Vec::with_capacity(len);
    let mut width = 1;
    while width < len {
        merged.clear();
        for both in places.chunks(width * 2) {
            let (mut one, mut other) = both.split_at(width.min(both.len()));
            // What is mostly sorted takes a few comparisons.
            let in_order =
                one.last().zip(other.first()).is_none_or(|it| compare(*it.0, *it.1).is_le());
            while !in_order
                && let (Some((a, rest)), Some((b, others))) =
                    (one.split_first(), other.split_first())
            {
                if compare(*a, *b).is_le() {
                    merged.push(*a);
                    one = rest;
                } else {
                    merged.push(*b);
                    other = others;
                }
            }
            merged.extend_from_slice(one);
            merged.extend_from_slice(other);
        }
        std::mem::swap(&mut places, &mut merged);
        width *= 2;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_sorted_and_equal_ones_stay() {
        for len in [0, 1, 2, 3, 50, 1000] {
            let mut items: Vec<(usize, usize)> = (0..len).map(|it| (it * 7919 % 13, it)).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|it| it.0);
            sort_by_key(&mut items, |it| it.0);
            assert_eq!(items, expected);
        }
    }

    #[test]
    fn a_table_keeps_its_keys_in_order() {
        let mut table = Table::default();
        for key in [3, 1, 2, 1] {
            table.insert(key, key * 10);
        }
        table.remove(&2);
        table.remove(&7);
        *table.get_mut(&3).unwrap() += 1;
        assert_eq!(table.iter().collect::<Vec<_>>(), [(&1, &10), (&3, &31)]);
        assert_eq!((table.get(&2), table.contains_key(&1)), (None, true));
    }
}
