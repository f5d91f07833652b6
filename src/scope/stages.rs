//! The stages of a file, and which instructions belong to which.

use std::{collections::BTreeMap, ops::Range};

use crate::syntax::{Instruction, InstructionKind, Keyword, Parse, instruction::from::From};

/// The stages of a file.
#[derive(Debug)]
pub struct Stages<'p, 'a> {
    /// The instructions above the first `FROM`.
    pub global: &'p [Instruction<'a>],
    /// The stages, in order.
    pub list: Vec<Stage<'p, 'a>>,
    /// The stages of each name, in order.
    names: BTreeMap<String, Vec<usize>>,
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
        let starts: Vec<_> = (0..all.len())
            .filter(|&at| all.get(at).is_some_and(|it| it.kind.keyword() == Some(Keyword::From)))
            .collect();
        let global = starts.first().map_or(all.len(), |it| *it);
        let ends = starts.iter().skip(1).copied().chain([all.len()]);
        let list = starts.iter().zip(ends).filter_map(|(&at, end)| Stage::new(all, at..end));
        let mut stages = Self {
            global: all.get(..global).unwrap_or_default(),
            list: list.collect(),
            names: BTreeMap::new(),
        };
        for (at, stage) in stages.list.iter().enumerate() {
            if let Some(name) = &stage.name {
                stages.names.entry(name.clone()).or_default().push(at);
            }
        }
        stages
    }

    /// The stage that `FROM name` in stage `at` means: the nearest one above, if the case is the same.
    pub fn before(&self, at: usize, name: &str) -> Option<usize> {
        let found = self.names.get(name)?;
        let next = found.partition_point(|it| *it < at);
        found.get(next.checked_sub(1)?).copied()
    }

    /// The stage that `--from=name` and `--target name` mean: the last one, in any case.
    pub fn named(&self, name: &str) -> Option<usize> {
        self.names.get(&name.to_ascii_lowercase())?.last().copied()
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
