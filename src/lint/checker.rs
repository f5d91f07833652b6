//! What a rule sees, and how it reports.

use std::borrow::Cow;

use crate::{
    diagnostic::{Diagnostic, Fix, Severity},
    lint::Rule,
    order::Map,
    scope::{Globals, Stage, Stages},
    syntax::{InstructionKind, Parse},
    text::Span,
};

/// A file, its facts, and what has been found in it.
pub(crate) struct Checker<'c> {
    pub(crate) source: &'c str,
    pub(crate) parse: &'c Parse<'c>,
    pub(crate) stages: Stages<'c, 'c>,
    /// For each stage, what its `FROM` names.
    bases: Vec<Base>,
    rule: (&'static str, Severity),
    found: Vec<Diagnostic>,
}

/// What a `FROM` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Base {
    /// An image, by this name.
    Image(String),
    /// An earlier stage.
    Stage(usize),
    /// It depends on a variable without a value, or cannot be read.
    Unknown,
}

impl<'c> Checker<'c> {
    pub(super) fn new(source: &'c str, parse: &'c Parse<'c>) -> Self {
        let stages = Stages::new(parse);
        let none = Map::new();
        let (globals, _) = Globals::new(stages.global, &none, "default", parse.escape);
        let bases =
            (0..stages.list.len()).map(|at| base(&stages, &globals, at, parse.escape)).collect();
        let rule = ("", Severity::Warning);
        Self { source, parse, stages, bases, rule, found: Vec::new() }
    }

    pub(super) fn start(&mut self, rule: &Rule) {
        self.rule = (rule.code, rule.severity);
    }

    pub(super) fn finish(self) -> Vec<Diagnostic> {
        self.found
    }

    /// What stage `at` starts from.
    pub(crate) fn base(&self, at: usize) -> &Base {
        self.bases.get(at).unwrap_or(&Base::Unknown)
    }

    /// For each stage, whether it or a stage below it has an instruction that `wanted` accepts.
    pub(crate) fn inherited(&self, wanted: impl Fn(&InstructionKind<'_>) -> bool) -> Vec<bool> {
        let mut all = Vec::with_capacity(self.stages.list.len());
        for (at, stage) in self.stages.list.iter().enumerate() {
            let below = match self.base(at) {
                Base::Stage(below) => all.get(*below).copied().unwrap_or_default(),
                Base::Image(_) | Base::Unknown => false,
            };
            all.push(below || stage.body.iter().any(|it| wanted(&it.kind)));
        }
        all
    }

    /// Whether a stage below stage `at` has what [`Checker::inherited`] found.
    pub(crate) fn below(&self, at: usize, inherited: &[bool]) -> bool {
        match self.base(at) {
            Base::Stage(below) => inherited.get(*below).copied().unwrap_or_default(),
            Base::Image(_) | Base::Unknown => false,
        }
    }

    /// Reports a finding of the rule that runs.
    pub(crate) fn report(&mut self, finding: Finding) {
        let Finding { span, message, help, fix } = finding;
        let (code, severity) = self.rule;
        self.found.push(Diagnostic { code, severity, span, message, help: Some(help), fix });
    }
}

/// What a rule has found.
pub(crate) struct Finding {
    pub(crate) span: Span,
    pub(crate) message: Cow<'static, str>,
    pub(crate) help: Cow<'static, str>,
    pub(crate) fix: Option<Fix>,
}

fn base(stages: &Stages<'_, '_>, globals: &Globals, at: usize, escape: char) -> Base {
    let from = stages.list.get(at).and_then(|it: &Stage<'_, '_>| it.from);
    let expanded = from.and_then(|it| globals.expand(&it.image, escape).ok());
    match expanded {
        Some(it) if it.unset.is_empty() => match stages.before(at, &it.text) {
            Some(below) => Base::Stage(below),
            None => Base::Image(it.text),
        },
        Some(_) | None => Base::Unknown,
    }
}
