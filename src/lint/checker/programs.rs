//! The commands of a file by the names of their programs, so that a rule about one program sees no other command.

use super::{Checker, Run};
use crate::{order, shell::Command, text::to_u32};

/// Where a command is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The number of its `RUN`.
    pub(crate) run: u32,
    /// Its number in the `RUN`.
    pub(crate) at: u32,
}

/// All names of programs with the places of their commands, by name and place.
#[derive(Default)]
pub(super) struct Programs<'c> {
    list: Vec<(&'c str, Place)>,
    /// A bit for each name, so that most names are known not to be there.
    bits: [u64; 4],
}

/// The bit of a name, in one of four numbers. Several names share one.
fn bit(name: &str) -> (usize, u64) {
    let (first, last) = match name.as_bytes() {
        [first, .., last] => (*first, *last),
        [only] => (*only, *only),
        [] => (0, 0),
    };
    let mixed = usize::from(first) * 7 + usize::from(last) * 29 + name.len() * 3;
    (mixed / 64 % 4, 1 << (mixed % 64))
}

impl<'c> Programs<'c> {
    pub(super) fn new(runs: &[Run<'c>]) -> Self {
        let mut programs = Self::default();
        for (run, it) in runs.iter().enumerate() {
            for (at, command) in it.commands.iter().enumerate() {
                let name = command.name();
                let (number, bit) = bit(name);
                programs.bits.iter_mut().skip(number).take(1).for_each(|it| *it |= bit);
                programs.list.push((name, Place { run: to_u32(run), at: to_u32(at) }));
            }
        }
        order::sort_by(&mut programs.list, |one, other| one.0.cmp(other.0));
        programs
    }

    /// The commands of one name, in order.
    fn named(&self, name: &str) -> &[(&'c str, Place)] {
        let (number, bit) = bit(name);
        if self.bits.get(number).is_none_or(|it| it & bit == 0) {
            return &[];
        }
        let start = self.list.partition_point(|it| it.0 < name);
        let rest = self.list.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|it| it.0 == name)).unwrap_or_default()
    }

    /// The commands whose names start so, by name.
    fn starting(&self, start: &str) -> &[(&'c str, Place)] {
        let from = self.list.partition_point(|it| it.0 < start);
        let rest = self.list.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|it| it.0.starts_with(start))).unwrap_or_default()
    }

    /// The commands whose names start with a capital letter, by name.
    fn capitals(&self) -> &[(&'c str, Place)] {
        let from = self.list.partition_point(|it| it.0 < "A");
        let rest = self.list.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|it| it.0 < "[")).unwrap_or_default()
    }
}

fn in_order(found: &[(&str, Place)]) -> Vec<Place> {
    let mut places: Vec<_> = found.iter().map(|it| it.1).collect();
    order::sort_by(&mut places, Ord::cmp);
    places
}

impl<'c> Checker<'c> {
    /// Whether a command has one of these names.
    pub(crate) fn uses(&self, names: &[&str]) -> bool {
        let programs = &self.programs;
        names.iter().any(|it| !programs.named(it).is_empty())
    }

    /// The places of the commands that have one of these names, in order.
    pub(crate) fn places(&self, names: &[&str]) -> Vec<Place> {
        let programs = &self.programs;
        let mut places = Vec::new();
        for it in names {
            places.extend(programs.named(it).iter().map(|it| it.1));
        }
        order::sort_by(&mut places, Ord::cmp);
        places
    }

    /// The places of the commands whose names start so, in order.
    pub(crate) fn places_starting(&self, start: &str) -> Vec<Place> {
        in_order(self.programs.starting(start))
    }

    /// The commands whose names start with a capital letter, in order.
    pub(crate) fn commands_in_capitals(&self) -> impl Iterator<Item = (&Run<'c>, &Command<'c>)> {
        let places = in_order(self.programs.capitals());
        places.into_iter().filter_map(|it| self.command(it))
    }

    /// The command at a place, and its `RUN`.
    pub(crate) fn command(&self, place: Place) -> Option<(&Run<'c>, &Command<'c>)> {
        let run = self.runs.get(place.run as usize)?;
        Some((run, run.commands.get(place.at as usize)?))
    }

    /// The commands of all `RUN`s that a POSIX shell or nothing reads, and that have one of these names, in order.
    pub(crate) fn commands(
        &self,
        names: &[&str],
    ) -> impl Iterator<Item = (&Run<'c>, &Command<'c>)> {
        self.places(names).into_iter().filter_map(|it| self.command(it))
    }

    /// The `RUN`s with a command that has one of these names, in order, with their numbers.
    pub(crate) fn runs_with(&self, names: &[&str]) -> impl Iterator<Item = (usize, &Run<'c>)> {
        let mut places = self.places(names);
        places.dedup_by_key(|it| it.run);
        places.into_iter().filter_map(|it| {
            let at = it.run as usize;
            Some((at, self.runs.get(at)?))
        })
    }
}
