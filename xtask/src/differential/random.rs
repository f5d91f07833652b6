//! Chance that can be repeated: the same seed and number give the same case on every machine.

/// A generator of pseudo-random numbers: Sebastiano Vigna's `SplitMix64`.
pub(super) struct Random(u64);

impl Random {
    /// The chance of case `number` of a run with `seed`.
    pub(super) fn new(seed: u64, number: u64) -> Self {
        let mut it = Self(seed.wrapping_mul(0xd1b5_4a32_d192_ed03) ^ number);
        it.0 = it.next();
        it
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    /// A number below `end`; 0 if that is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX);
        usize::try_from(self.next() % end.max(1)).unwrap_or_default()
    }

    /// A number from `from` to `to`, both included.
    pub(super) fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to.saturating_sub(from) + 1)
    }

    /// Whether something happens that happens `percent` times in a hundred.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of `all`, which is not empty.
    pub(super) fn one<T: Clone + Default>(&mut self, all: &[T]) -> T {
        let at = self.below(all.len());
        all.get(at).cloned().unwrap_or_default()
    }

    /// One of `all`, each as likely as its weight says.
    pub(super) fn weighted<T: Copy>(&mut self, all: &[(usize, T)]) -> Option<T> {
        let mut left = self.below(all.iter().map(|it| it.0).sum());
        for (weight, it) in all {
            match left.checked_sub(*weight) {
                Some(rest) => left = rest,
                None => return Some(*it),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_the_same_every_time_and_unlike_its_neighbour() {
        let draw = |seed, number| {
            let mut random = Random::new(seed, number);
            (0..8).map(|_| random.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1, 2), draw(1, 2));
        assert_ne!(draw(1, 2), draw(1, 3));
        assert_ne!(draw(1, 2), draw(2, 2));
    }

    #[test]
    fn weights_count() {
        let mut random = Random::new(1, 1);
        let drawn: Vec<_> =
            (0..1000).filter_map(|_| random.weighted(&[(9, 'a'), (0, 'b'), (1, 'c')])).collect();
        let count = |wanted| drawn.iter().filter(|it| **it == wanted).count();
        assert_eq!((drawn.len(), count('b')), (1000, 0));
        assert!((850..950).contains(&count('a')), "{}", count('a'));
    }
}
