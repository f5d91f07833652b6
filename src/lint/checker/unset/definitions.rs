//! Which names a file sets or declares, where, and who sees them.

use crate::{
    image::Reference,
    lint::checker::{Base, Checker},
    order,
    syntax::{Instruction, InstructionKind},
    text::Span,
};

/// Below so many stages, a stage sees all names there are.
const MAX_DEPTH: usize = 100;
/// The number of the global scope.
const GLOBAL: usize = usize::MAX;

/// A name that an `ENV` or an `ARG` sets or declares.
struct Definition<'c> {
    name: &'c str,
    stage: usize,
    is_arg: bool,
    span: Span,
}

impl Definition<'_> {
    fn key(&self) -> (&str, usize, bool, u32) {
        (self.name, self.stage, self.is_arg, self.span.start)
    }
}

/// All names that a file sets or declares.
pub(super) struct Definitions<'w, 'c> {
    checker: &'w Checker<'c>,
    /// By name, by stage, those of `ENV` first, and by place.
    all: Vec<Definition<'c>>,
}

impl<'w, 'c> Definitions<'w, 'c> {
    pub(super) fn new(checker: &'w Checker<'c>) -> Self {
        let global = checker.global_args().map(|it| Definition {
            name: it.name.as_str(),
            stage: GLOBAL,
            is_arg: true,
            span: it.name.span,
        });
        let mut all: Vec<_> = global.collect();
        for (stage, it) in checker.stages().iter().enumerate() {
            for instruction in it.body {
                add(instruction, stage, &mut all);
            }
        }
        order::sort_by(&mut all, |a, b| a.key().cmp(&b.key()));
        Self { checker, all }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// All of a name in a stage, those of `ENV` or those of `ARG`.
    fn within(&self, stage: usize, name: &str, is_arg: bool) -> &[Definition<'c>] {
        let wanted = (name, stage, is_arg);
        let key = |it: &Definition<'c>| (it.name, it.stage, it.is_arg);
        let start = self.all.partition_point(|it| key(it) < wanted);
        let end = self.all.partition_point(|it| key(it) <= wanted);
        self.all.get(start..end).unwrap_or_default()
    }

    /// Whether what stands at `at` in a stage sees a value or a declaration of a name.
    pub(super) fn sees(&self, stage: usize, at: u32, name: &str) -> bool {
        let is_above =
            |is_arg| self.within(stage, name, is_arg).first().is_some_and(|it| it.span.start < at);
        if name == "PATH" || is_above(false) || is_above(true) {
            return true;
        }
        let mut below = self.checker.chain(stage).skip(1);
        below.by_ref().take(MAX_DEPTH).any(|it| !self.within(it, name, false).is_empty())
            || below.next().is_some()
    }

    /// The names that what stands at `at` in a stage sees.
    pub(super) fn seen(&self, stage: usize, at: u32) -> impl Iterator<Item = &str> {
        self.all
            .iter()
            .filter(move |it| it.stage != GLOBAL && self.sees(stage, at, it.name))
            .map(|it| it.name)
    }

    /// Where the global scope declares a name.
    pub(super) fn global(&self, name: &str) -> Option<Span> {
        self.within(GLOBAL, name, true).last().map(|it| it.span)
    }

    /// Where a stage sets a name below `at`.
    pub(super) fn later(&self, stage: usize, at: u32, name: &str) -> Option<Span> {
        let last = |is_arg| self.within(stage, name, is_arg).last().map(|it| it.span);
        [last(false), last(true)].into_iter().flatten().find(|it| it.start > at)
    }

    /// Where a stage sets a name, whichever is the first that does.
    pub(super) fn elsewhere(&self, name: &str) -> Option<Span> {
        let start = self.all.partition_point(|it| it.name < name);
        self.all.get(start).filter(|it| it.name == name && it.stage != GLOBAL).map(|it| it.span)
    }
}

fn add<'c>(instruction: &'c Instruction<'c>, stage: usize, all: &mut Vec<Definition<'c>>) {
    match &instruction.kind {
        InstructionKind::Arg(it) => all.extend(it.variables.iter().map(|it| Definition {
            name: it.name.as_str(),
            stage,
            is_arg: true,
            span: it.name.span,
        })),
        InstructionKind::Env(it) => all.extend(it.pairs.iter().map(|it| Definition {
            name: it.name.as_str(),
            stage,
            is_arg: false,
            span: it.name.span,
        })),
        _ => (),
    }
}

/// For each stage, whether all is known that the images below it set.
pub(super) fn certain(checker: &Checker<'_>, plain: impl Fn(&Reference) -> bool) -> Vec<bool> {
    let mut all: Vec<bool> = Vec::with_capacity(checker.stages().len());
    for at in 0..checker.stages().len() {
        all.push(match checker.base(at) {
            Base::Scratch => true,
            Base::Image(_) => checker.image(at).is_some_and(|it| it.1.is_ok_and(&plain)),
            Base::Stage(below) => all.get(*below).copied().unwrap_or_default(),
            Base::Unknown => false,
        });
    }
    all
}
