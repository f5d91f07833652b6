//! Where the names of a growing list stand.

use super::Map;

/// Up to so many names, looking at one after the other is faster.
const MANY: usize = 24;
/// So many slots are looked at for a name. Names that find none of them free are kept in order: whoever chooses names that
/// all want the same slot gains nothing by it.
const TRIES: usize = 16;

/// The places of names in a list that somebody else keeps: looked up if they are many.
///
/// Most lists are short: it is a pointer, and then nothing behind it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places(Option<Box<Table>>);

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Table {
    /// A table of hashes. Nothing goes through it in its own order.
    slots: Vec<Slot>,
    /// How many slots are taken.
    taken: usize,
    /// How many names of the list are noted.
    noted: usize,
    /// The names that found no slot.
    others: Map<usize>,
}

/// The hash of a name, and its place, from 1; 0 for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Slot {
    hash: u32,
    place: u32,
}

/// Gives the name at a place of the list.
type Names<'n, 'l> = &'l dyn Fn(usize) -> Option<&'n str>;

impl Places {
    /// The place of a name in a list of `len` names.
    pub fn find(&self, name: &str, len: usize, names: Names<'_, '_>) -> Option<usize> {
        match &self.0 {
            None => (0..len).find(|it| names(*it) == Some(name)),
            Some(table) => table.look_up(name, hash(name), names),
        }
    }

    /// Notes the names that came last in a list of `len` names.
    pub fn note(&mut self, len: usize, names: Names<'_, '_>) {
        if len > MANY {
            self.0.get_or_insert_default().note(len, names);
        }
    }

    /// How many bytes it takes, about.
    pub fn weight(&self) -> usize {
        self.0.as_ref().map_or(0, |it| it.weight())
    }
}

impl Table {
    fn look_up(&self, name: &str, hash: u32, names: Names<'_, '_>) -> Option<usize> {
        for at in self.tries(hash) {
            let slot = self.slots.get(at).copied().unwrap_or_default();
            let place = slot.place.checked_sub(1)? as usize;
            if slot.hash == hash && names(place) == Some(name) {
                return Some(place);
            }
        }
        self.others.get(name).copied()
    }

    fn note(&mut self, len: usize, names: Names<'_, '_>) {
        for at in self.noted..len {
            if (self.taken + 1) * 2 > self.slots.len() {
                self.grow(names);
            }
            self.put(at, names);
        }
        self.noted = len;
    }

    fn tries(&self, hash: u32) -> impl Iterator<Item = usize> + use<> {
        let mask = self.slots.len().saturating_sub(1);
        (hash as usize..hash as usize + TRIES).map(move |it| it & mask)
    }

    fn put(&mut self, at: usize, names: Names<'_, '_>) {
        let Some(name) = names(at) else { return };
        let slot = Slot { hash: hash(name), place: u32::try_from(at + 1).unwrap_or_default() };
        // A name that stands there twice is found where it stands first.
        if self.look_up(name, slot.hash, names).is_none() && !self.put_slot(slot) {
            self.others.insert(name.to_owned(), at);
        }
    }

    fn put_slot(&mut self, slot: Slot) -> bool {
        for at in self.tries(slot.hash) {
            if let Some(free) = self.slots.get_mut(at).filter(|it| it.place == 0) {
                *free = slot;
                self.taken += 1;
                return true;
            }
        }
        false
    }

    fn grow(&mut self, names: Names<'_, '_>) {
        let size = (self.slots.len() * 2).max(4 * MANY.next_power_of_two());
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        self.taken = 0;
        for slot in old.into_iter().filter(|it| it.place > 0) {
            if !self.put_slot(slot)
                && let Some(place) = slot.place.checked_sub(1)
                && let Some(name) = names(place as usize)
            {
                self.others.insert(name.to_owned(), place as usize);
            }
        }
    }

    fn weight(&self) -> usize {
        size_of::<Slot>() * self.slots.len()
            + self.others.keys().map(|it| it.len() + 48).sum::<usize>()
    }
}

/// Spreads names over 32 bits.
fn hash(name: &str) -> u32 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = 0_u64;
    for it in name.as_bytes().chunks(8) {
        let mut bytes = [0; 8];
        for (to, from) in bytes.iter_mut().zip(it) {
            *to = *from;
        }
        hash = (hash.rotate_left(29) ^ u64::from_le_bytes(bytes)).wrapping_mul(FACTOR);
    }
    let [_, _, _, _, a, b, c, d] = (hash ^ (hash << 23)).to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(all: &[String]) -> Places {
        let mut places = Places::default();
        for len in 1..=all.len() {
            let names = |it: usize| all[..len].get(it).map(String::as_str);
            places.note(len, &names);
            assert_eq!(places.0.is_some(), len > MANY);
            if len % 7 == 0 || len == all.len() {
                for (at, name) in all.iter().enumerate() {
                    let found = places.find(name, len, &names);
                    assert_eq!(found, (at < len).then_some(at), "{name} of {len}");
                }
            }
        }
        places
    }

    #[test]
    fn few_and_many_names_are_found_where_they_stand() {
        let all: Vec<String> = (0..40 * MANY).map(|it| format!("n{it}")).collect();
        let places = check(&all);
        let others = places.0.unwrap().others.len();
        assert!(others < all.len() / 20, "{others}");
    }

    #[test]
    fn names_of_one_hash_are_found_too() {
        let names = (0..).map(|it| format!("n{it}"));
        let all: Vec<String> = names.filter(|it| hash(it) % 4096 < 4).take(5 * MANY).collect();
        let places = check(&all);
        let others = places.0.unwrap().others.len();
        assert!(others > MANY, "{others}");
    }

    #[test]
    fn a_name_that_stands_twice_is_found_where_it_stands_first() {
        let all: Vec<String> = (0..40 * MANY).map(|it| format!("n{}", it % 300)).collect();
        let names = |it: usize| all.get(it).map(String::as_str);
        let mut places = Places::default();
        places.note(all.len(), &names);
        for at in 0..300 {
            assert_eq!(places.find(&all[at], all.len(), &names), Some(at));
        }
    }
}
