//! The stages of a file, and which instructions belong to which.

use std::{borrow::Cow, ops::Range};

use crate::{
    order,
    syntax::{Instruction, InstructionKind, Keyword, Parse, instruction::from::From},
};

/// The stages of a file.
#[derive(Debug)]
pub struct Stages<'p, 'a> {
    /// The instructions above the first `FROM`.
    pub global: &'p [Instruction<'a>],
    /// The stages, in order.
    pub list: Vec<Stage<'p, 'a>>,
    /// The stages with a name: by name, those of one name in order.
    named: Vec<usize>,
}

/// A stage: a `FROM` and what follows it.
#[derive(Debug)]
pub struct Stage<'p, 'a> {
    /// Its name, in lower case.
    pub name: Option<String>,
    /// The `FROM` instruction, which may be broken.
    pub head: &'p Instruction<'a>,
    /// What the `FROM` says, unless it is broken.
    pub from: Option<&'p From<'a>>,
    /// The instructions after `FROM`.
    pub body: &'p [Instruction<'a>],
}

impl<'p, 'a> Stages<'p, 'a> {
    /// Finds the stages of a file.
    pub fn new(parse: &'p Parse<'a>) -> Self {
        let all = parse.instructions.as_slice();
        let is_start = |it: &Instruction<'_>| it.kind.keyword() == Some(Keyword::From);
        let next = |from: usize| {
            let rest = all.get(from..).unwrap_or_default();
            rest.iter().position(is_start).map_or(all.len(), |it| from + it)
        };
        let global = next(0);
        let mut list = Vec::with_capacity(all.iter().filter(|it| is_start(it)).count());
        let mut at = global;
        while at < all.len() {
            let end = next(at + 1);
            list.extend(Stage::new(all, at..end));
            at = end;
        }
        let global = all.get(..global).unwrap_or_default();
        let mut stages = Self { global, list, named: Vec::new() };
        let list = &stages.list;
        let name = |at: usize| list.get(at).and_then(|it| it.name.as_deref());
        let mut named: Vec<_> = (0..list.len()).filter(|it| name(*it).is_some()).collect();
        order::sort_by(&mut named, |a, b| name(*a).cmp(&name(*b)));
        stages.named = named;
        stages
    }

    /// The stage that `FROM name` in stage `at` means: the nearest one above, if the case is the same.
    pub fn before(&self, at: usize, name: &str) -> Option<usize> {
        if self.named.is_empty() {
            return None;
        }
        let key = |it: usize| (self.list.get(it).and_then(|it| it.name.as_deref()), it);
        let next = self.named.partition_point(|it| key(*it) < (Some(name), at));
        let found = self.named.get(next.checked_sub(1)?).copied()?;
        (key(found).0 == Some(name)).then_some(found)
    }

    /// The stage that `--from=name` and `--target name` mean: the last one, in any case.
    pub fn named(&self, name: &str) -> Option<usize> {
        let has_capitals = name.bytes().any(|it| it.is_ascii_uppercase());
        let name =
            if has_capitals { name.to_ascii_lowercase().into() } else { Cow::Borrowed(name) };
        self.before(self.list.len(), &name)
    }

    /// What errors call a stage: its name, or `stage-0`.
    pub fn display_name(&self, at: usize) -> String {
        let name = self.list.get(at).and_then(|it| it.name.clone());
        name.unwrap_or_else(|| format!("stage-{at}"))
    }
}

impl<'p, 'a> Stage<'p, 'a> {
    fn new(all: &'p [Instruction<'a>], at: Range<usize>) -> Option<Self> {
        let (head, body) = all.get(at)?.split_first()?;
        let from = match &head.kind {
            InstructionKind::From(from) => Some(from),
            _ => None,
        };
        let name = from.and_then(|it| it.name.as_ref()).map(|it| it.to_ascii_lowercase());
        Some(Self { name, head, from, body })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;

    #[test]
    fn names_find_the_nearest_stage_above_or_the_last() {
        let parse = parse("ARG X\nFROM a AS One\nRUN x\nFROM one\nFROM b AS one\nFROM one\nFROM\n");
        let stages = Stages::new(&parse);
        assert_eq!(stages.global.len(), 1);
        let bodies: Vec<_> = stages.list.iter().map(|it| it.body.len()).collect();
        assert_eq!(bodies, [1, 0, 0, 0, 0]);
        let before: Vec<_> = (0..5).map(|it| stages.before(it, "one")).collect();
        assert_eq!(before, [None, Some(0), Some(0), Some(2), Some(2)]);
        assert_eq!(stages.before(3, "One"), None);
        assert_eq!((stages.named("ONE"), stages.named("a")), (Some(2), None));
    }
}
