//! Where the names of a growing list stand.

use super::Map;

/// Up to so many names, looking at one after the other is faster.
const MANY: usize = 24;

/// The places of names in a list that somebody else keeps: looked up if they are many.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places(Map<usize>);

impl Places {
    /// The place of a name. `names` are all names of the list.
    pub fn find<'n>(&self, name: &str, mut names: impl Iterator<Item = &'n str>) -> Option<usize> {
        if self.0.is_empty() { names.position(|it| it == name) } else { self.0.get(name).copied() }
    }

    /// Notes the names that came last. `names` are all names of the list.
    pub fn note<'n>(&mut self, names: impl ExactSizeIterator<Item = &'n str>) {
        if names.len() > MANY {
            for (at, it) in names.enumerate().skip(self.0.len()) {
                self.0.insert(it.to_owned(), at);
            }
        }
    }

    /// The names that are noted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_names_are_found_where_they_stand() {
        let all: Vec<String> = (0..3 * MANY).map(|it| format!("n{it}")).collect();
        let mut places = Places::default();
        for len in 1..=all.len() {
            let names = || all[..len].iter().map(String::as_str);
            places.note(names());
            assert_eq!(places.names().next().is_some(), len > MANY);
            for (at, name) in all.iter().enumerate() {
                assert_eq!(places.find(name, names()), (at < len).then_some(at), "{name} of {len}");
            }
        }
    }
}
