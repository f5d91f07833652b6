//! Maps and sets of texts, in order.
//!
//! A tree of the standard library is some ten kilobytes for every type of value. Here the keys lie in short runs that
//! one piece of code searches, whatever the values are; putting in and taking out moves one run only.

mod common;
#[cfg(test)]
mod tests;

use std::mem;

/// The items of a run before it is cut in two.
const RUN: usize = 256;

/// Where an item is: which run, and where in it.
#[derive(Clone, Copy)]
struct Place {
    run: usize,
    at: usize,
}

/// Texts, each once, in order.
#[derive(Clone)]
pub struct Set {
    runs: Vec<Vec<String>>,
}

/// Values by text, in the order of the texts.
#[derive(Clone)]
pub struct Map<V> {
    keys: Set,
    runs: Vec<Vec<V>>,
}

impl Set {
    /// No texts.
    pub const fn new() -> Self {
        Self { runs: Vec::new() }
    }

    /// The place of a text, or the one that it would have.
    fn place(&self, key: &str) -> Result<Place, Place> {
        let after = self.runs.partition_point(|run| run.first().is_some_and(|it| **it <= *key));
        let run = after.saturating_sub(1);
        let found = match self.runs.get(run) {
            Some(run) => run.binary_search_by(|it| it.as_str().cmp(key)),
            None => Err(0),
        };
        found.map(|at| Place { run, at }).map_err(|at| Place { run, at })
    }

    /// Whether a text is there.
    pub fn contains(&self, key: &str) -> bool {
        self.place(key).is_ok()
    }

    /// Puts a text in; says whether it was not there.
    pub fn insert(&mut self, key: String) -> bool {
        let Err(place) = self.place(&key) else { return false };
        put(&mut self.runs, place, key);
        true
    }

    /// Takes a text out; says whether it was there.
    pub fn remove(&mut self, key: &str) -> bool {
        self.place(key).is_ok_and(|place| take(&mut self.runs, place).is_some())
    }

    /// Takes out what is not to be kept.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        for run in &mut self.runs {
            run.retain(|it| keep(it));
        }
        self.runs.retain(|it| !it.is_empty());
    }

    /// The texts.
    pub fn iter(&self) -> Iter<'_, String> {
        Iter { runs: &self.runs, place: Place { run: 0, at: 0 } }
    }

    /// The last text.
    pub fn last(&self) -> Option<&String> {
        self.runs.last()?.last()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.runs.iter().map(Vec::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }
}

impl<V> Map<V> {
    /// No values.
    pub const fn new() -> Self {
        Self { keys: Set::new(), runs: Vec::new() }
    }

    fn at(&self, place: Place) -> Option<&V> {
        self.runs.get(place.run)?.get(place.at)
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&V> {
        self.at(self.keys.place(key).ok()?)
    }

    /// The value of a key, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        let place = self.keys.place(key).ok()?;
        self.runs.get_mut(place.run)?.get_mut(place.at)
    }

    /// Whether there is a value for a key.
    pub fn contains_key(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// Sets the value of a key; gives the one that it had.
    pub fn insert(&mut self, key: String, value: V) -> Option<V> {
        match self.keys.place(&key) {
            Ok(place) => {
                let old = self.runs.get_mut(place.run)?.get_mut(place.at)?;
                Some(mem::replace(old, value))
            }
            Err(place) => {
                put(&mut self.keys.runs, place, key);
                put(&mut self.runs, place, value);
                None
            }
        }
    }

    /// Takes a key and its value out.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        let place = self.keys.place(key).ok()?;
        take(&mut self.keys.runs, place);
        take(&mut self.runs, place)
    }

    /// Takes out what is not to be kept.
    pub fn retain(&mut self, keep: impl Fn(&str, &V) -> bool) {
        let leaving: Vec<String> =
            self.iter().filter(|it| !keep(it.0, it.1)).map(|it| it.0.clone()).collect();
        for it in leaving {
            self.remove(&it);
        }
    }

    /// Keys and values.
    pub fn iter(&self) -> Entries<'_, V> {
        self.from(Place { run: 0, at: 0 })
    }

    /// Keys and values, those after a key.
    pub fn after(&self, key: &str) -> Entries<'_, V> {
        self.from(match self.keys.place(key) {
            Ok(place) => Place { at: place.at + 1, ..place },
            Err(place) => place,
        })
    }

    fn from(&self, place: Place) -> Entries<'_, V> {
        Entries {
            keys: Iter { runs: &self.keys.runs, place },
            values: Iter { runs: &self.runs, place },
        }
    }

    /// The keys.
    pub fn keys(&self) -> Iter<'_, String> {
        self.keys.iter()
    }

    /// The values.
    pub fn values(&self) -> Iter<'_, V> {
        Iter { runs: &self.runs, place: Place { run: 0, at: 0 } }
    }

    /// The values, to change them.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.runs.iter_mut().flatten()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }
}

impl<V: Default> Map<V> {
    /// Changes the value of a key; without one, the default value.
    pub fn change(&mut self, key: String, change: impl FnOnce(&mut V)) {
        match self.get_mut(&key) {
            Some(value) => change(value),
            None => {
                let mut value = V::default();
                change(&mut value);
                self.insert(key, value);
            }
        }
    }
}

/// Puts an item at a place.
fn put<T>(runs: &mut Vec<Vec<T>>, place: Place, item: T) {
    let Some(run) = runs.get_mut(place.run) else {
        runs.push(vec![item]);
        return;
    };
    let at = place.at.min(run.len());
    run.insert(at, item);
    if run.len() > RUN {
        // What comes in order fills its runs.
        let end = if at == RUN { RUN } else { RUN / 2 };
        let rest = run.split_off(end);
        runs.insert(place.run + 1, rest);
    }
}

/// Takes the item out that is at a place.
fn take<T>(runs: &mut Vec<Vec<T>>, place: Place) -> Option<T> {
    let run = runs.get_mut(place.run)?;
    let item = (place.at < run.len()).then(|| run.remove(place.at));
    if run.is_empty() {
        runs.remove(place.run);
    }
    item
}

/// The items of runs, in order.
pub struct Iter<'m, T> {
    runs: &'m [Vec<T>],
    place: Place,
}

impl<'m, T> Iterator for Iter<'m, T> {
    type Item = &'m T;

    fn next(&mut self) -> Option<&'m T> {
        loop {
            let run = self.runs.get(self.place.run)?;
            if let Some(it) = run.get(self.place.at) {
                self.place.at += 1;
                return Some(it);
            }
            self.place = Place { run: self.place.run + 1, at: 0 };
        }
    }
}

/// Keys and values, in order.
pub struct Entries<'m, V> {
    keys: Iter<'m, String>,
    values: Iter<'m, V>,
}

impl<'m, V> Iterator for Entries<'m, V> {
    type Item = (&'m String, &'m V);

    fn next(&mut self) -> Option<Self::Item> {
        Some((self.keys.next()?, self.values.next()?))
    }
}

impl<'m> IntoIterator for &'m Set {
    type Item = &'m String;
    type IntoIter = Iter<'m, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'m, V> IntoIterator for &'m Map<V> {
    type Item = (&'m String, &'m V);
    type IntoIter = Entries<'m, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Set {
    type Item = String;
    type IntoIter = std::iter::Flatten<std::vec::IntoIter<Vec<String>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.runs.into_iter().flatten()
    }
}

impl<V> IntoIterator for Map<V> {
    type Item = (String, V);
    type IntoIter = std::iter::Zip<
        <Set as IntoIterator>::IntoIter,
        std::iter::Flatten<std::vec::IntoIter<Vec<V>>>,
    >;

    fn into_iter(self) -> Self::IntoIter {
        self.keys.into_iter().zip(self.runs.into_iter().flatten())
    }
}
