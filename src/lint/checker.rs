//! What a rule sees, and how it reports.

mod bases;
mod facts;
mod failures;
mod programs;
mod sources;
pub(super) mod unset;
mod users;
mod variables;
mod words;

use std::{
    borrow::Cow,
    cell::{Cell, OnceCell, RefCell},
};

pub(crate) use bases::Base;
pub(crate) use facts::{Facts, Run, Stage};
use programs::Programs;
pub(crate) use sources::{Named, Source};
pub(crate) use unset::{Unset, Why};
use users::Users;
use variables::Variables;
pub(crate) use words::Value;

use crate::{
    diagnostic::{Diagnostic, Fix, Related, Severity},
    lint::{
        Rule, apt,
        image::Family,
        packages,
        rule::Check,
        settings::{Options, Settings},
        shell,
    },
    scope::expand::ExpandError,
    syntax::{Instruction, InstructionKind, Parse, Text, instruction::arg::Variable},
    text::Span,
};

/// More findings of one rule in one file are not kept: nobody reads them, and a hostile file has a million of them.
pub(super) const MAX_FINDINGS: usize = 1_000;

/// A file, its facts, and what has been found in it.
pub(crate) struct Checker<'c> {
    facts: &'c Facts<'c>,
    settings: &'c Settings,
    runs: Vec<Run<'c>>,
    programs: Programs<'c>,
    users: OnceCell<Users<'c>>,
    systems: OnceCell<Vec<Family>>,
    list_uses: OnceCell<Vec<(usize, apt::Use)>>,
    failures: OnceCell<Vec<(&'c Text<'c>, ExpandError)>>,
    variables: OnceCell<Variables>,
    /// For each stage, whether it ships.
    ships: OnceCell<Vec<bool>>,
    /// What [`Checker::unset`] gives, once somebody has asked.
    unset: OnceCell<Vec<Unset<'c>>>,
    /// What [`Checker::sources`] gives.
    sources: OnceCell<Vec<Source<'c>>>,
    /// The rule that looks, and how bad its findings are.
    rule: Cell<Option<(&'static Rule, Severity)>>,
    /// How many more findings are kept of it.
    left: Cell<usize>,
    found: RefCell<Vec<Diagnostic>>,
}

/// What a rule has found.
pub(crate) struct Finding {
    pub(crate) span: Span,
    /// What is wrong: one sentence without a final dot.
    pub(crate) message: Cow<'static, str>,
    /// What to do.
    pub(crate) help: Cow<'static, str>,
    pub(crate) fix: Option<Fix>,
    pub(crate) related: Vec<Related>,
}

impl Finding {
    pub(crate) fn new(
        span: Span,
        message: impl Into<Cow<'static, str>>,
        help: impl Into<Cow<'static, str>>,
    ) -> Self {
        let (message, help) = (message.into(), help.into());
        Self { span, message, help, fix: None, related: Vec::new() }
    }

    /// With a repair, if there is one.
    pub(crate) fn fix(self, fix: impl Into<Option<Fix>>) -> Self {
        Self { fix: fix.into(), ..self }
    }

    /// With another place that belongs to it.
    pub(crate) fn related(mut self, span: Span, message: impl Into<Cow<'static, str>>) -> Self {
        self.related.push(Related { span, message: message.into() });
        self
    }
}

impl<'c> Checker<'c> {
    pub(super) fn new(facts: &'c Facts<'c>, settings: &'c Settings) -> Self {
        let found = RefCell::default();
        let runs = facts.runs();
        Self {
            facts,
            settings,
            programs: Programs::new(&runs),
            runs,
            users: OnceCell::new(),
            systems: OnceCell::new(),
            list_uses: OnceCell::new(),
            failures: OnceCell::new(),
            variables: OnceCell::new(),
            ships: OnceCell::new(),
            unset: OnceCell::new(),
            sources: OnceCell::new(),
            rule: Cell::new(None),
            left: Cell::new(MAX_FINDINGS),
            found,
        }
    }

    /// Lets the rules look that run.
    pub(super) fn run(&self) {
        let mut scripts: Vec<(&'static Rule, Severity)> = Vec::new();
        for (rule, severity) in self.settings.running() {
            match rule.check {
                Check::File(check) => {
                    self.start(rule, severity);
                    check(self);
                }
                Check::Script(_) => scripts.push((rule, severity)),
                Check::Elsewhere => (),
            }
        }
        self.left.set(MAX_FINDINGS);
        let checks: Vec<_> = scripts.iter().map(|it| it.0).collect();
        for run in &self.facts.scripts {
            for (at, problem) in shell::check_with(run, &checks) {
                let shell::Problem { code: _, span, message, help, fix } = problem;
                if let Some((rule, severity)) = scripts.get(at) {
                    self.rule.set(Some((rule, *severity)));
                    self.report(Finding::new(span, message, help).fix(fix));
                }
            }
        }
    }

    fn start(&self, rule: &'static Rule, severity: Severity) {
        self.rule.set(Some((rule, severity)));
        self.left.set(MAX_FINDINGS);
    }

    pub(super) fn finish(self) -> Vec<Diagnostic> {
        self.found.into_inner()
    }

    /// Reports a finding of the rule that looks.
    pub(crate) fn report(&self, finding: Finding) {
        let Some((rule, severity)) = self.rule.get() else { return };
        let Some(left) = self.left.get().checked_sub(1) else { return };
        self.left.set(left);
        let Finding { span, message, help, mut fix, related } = finding;
        // A repair breaks lines as the file does.
        if self.facts.breaks_with_return {
            for edit in fix.iter_mut().flat_map(|it| &mut it.edits) {
                edit.text = edit.text.replace("\r\n", "\n").replace('\n', "\r\n");
            }
        }
        let help = Some(help);
        self.found.borrow_mut().push(Diagnostic {
            code: rule.code,
            severity,
            span,
            message,
            help,
            fix,
            related,
        });
    }

    /// The text of the file.
    pub(crate) fn source(&self) -> &'c str {
        self.facts.source
    }

    /// The parsed file.
    pub(crate) fn parse(&self) -> &'c Parse<'c> {
        self.facts.parse
    }

    /// What the rules are told.
    pub(crate) fn options(&self) -> &'c Options {
        &self.settings.options
    }

    /// The stages, in order. A file without a `FROM`, such as a part of one, is a stage.
    pub(crate) fn stages(&self) -> &'c [Stage<'c>] {
        &self.facts.stages
    }

    /// All instructions, in order; of an `ONBUILD` the one that it keeps follows it.
    pub(crate) fn instructions(&self) -> impl Iterator<Item = &'c Instruction<'c>> {
        self.facts.instructions.iter().copied()
    }

    /// The `RUN`s, in order, each with its commands; those of an `ONBUILD` too.
    pub(crate) fn runs(&self) -> &[Run<'c>] {
        &self.runs
    }

    /// What kind of system each stage is, as far as its base image or its commands say.
    pub(crate) fn systems(&self) -> &[Family] {
        self.systems.get_or_init(|| packages::systems(self))
    }

    /// What the `RUN`s with commands of apt do with its lists, by their numbers.
    pub(crate) fn list_uses(&self) -> &[(usize, apt::Use)] {
        self.list_uses.get_or_init(|| apt::Use::all(self))
    }

    /// The words that Docker expands and cannot, in order of place, and why it cannot.
    pub(crate) fn failures(&self) -> &[(&'c Text<'c>, ExpandError)] {
        self.failures.get_or_init(|| failures::failures(self))
    }

    fn variables(&self) -> &Variables {
        self.variables.get_or_init(|| Variables::new(self.facts))
    }

    /// The variables of the `ARG`s above the first `FROM`, in order.
    pub(crate) fn global_args(&self) -> impl Iterator<Item = &'c Variable<'c>> {
        self.facts.global().iter().flat_map(|it| match &it.kind {
            InstructionKind::Arg(it) => it.variables.iter(),
            _ => [].iter(),
        })
    }

    /// The global scope's value of a name: an `ARG` above the first `FROM` gives it, or every build.
    pub(crate) fn global(&self, name: &str) -> Option<&'c str> {
        self.facts.globals.get(name)
    }

    /// Whether it has one.
    pub(crate) fn has_global(&self, name: &str) -> bool {
        self.global(name).is_some()
    }

    /// The uses of variables that have no value where they are used, in order of place.
    pub(crate) fn unset(&self) -> &[Unset<'c>] {
        self.unset.get_or_init(|| unset::unset(self))
    }

    /// What `COPY --from` and `RUN --mount=from=` name, in order of place.
    pub(crate) fn sources(&self) -> &[Source<'c>] {
        self.sources.get_or_init(|| sources::sources(self))
    }

    /// The stages that are needed to build those given, with them.
    pub(crate) fn needed(&self, by: impl IntoIterator<Item = usize>) -> Vec<bool> {
        sources::reached(&sources::needs(self), by)
    }

    /// For each stage, the number of its circle: stages that need each other have one number.
    pub(crate) fn circles(&self) -> Vec<usize> {
        sources::circles(&sources::needs(self))
    }

    /// The stage that a name means for stage `at`: the last one of this name above it, in any case.
    pub(crate) fn stage_above(&self, at: usize, name: &str) -> Option<usize> {
        self.facts.stage_above(at, name)
    }

    /// Whether the layers of stage `at` are in an image that people get: it is the last stage or one of the targets, or
    /// below one.
    pub(crate) fn ships(&self, at: usize) -> bool {
        let ships = self.ships.get_or_init(|| {
            let count = self.stages().len();
            let mut ships: Vec<_> = (0..count).map(|it| self.is_final(it)).collect();
            // A stage stands on an earlier one.
            for at in (0..count).rev() {
                if let (Some(true), Base::Stage(below)) = (ships.get(at), self.base(at))
                    && let Some(it) = ships.get_mut(*below)
                {
                    *it = true;
                }
            }
            ships
        });
        ships.get(at).copied().unwrap_or_default()
    }

    /// Whether stage `at` is the last one or one of the targets.
    pub(crate) fn is_final(&self, at: usize) -> bool {
        let name = self.stages().get(at).and_then(|it| it.name.as_deref());
        let is_target = |it: &String| name.is_some_and(|name| it.eq_ignore_ascii_case(name));
        at + 1 == self.stages().len() || self.options().targets.iter().any(is_target)
    }

    /// For each stage, whether it or a stage below it has an instruction that `wanted` accepts.
    pub(crate) fn inherited(&self, wanted: impl Fn(&InstructionKind<'_>) -> bool) -> Vec<bool> {
        let mut all = Vec::with_capacity(self.stages().len());
        for (at, stage) in self.stages().iter().enumerate() {
            let below = self.below(at, &all);
            all.push(below || stage.body.iter().any(|it| wanted(&it.kind)));
        }
        all
    }

    /// Whether a stage below stage `at` has what [`Checker::inherited`] found.
    pub(crate) fn below(&self, at: usize, inherited: &[bool]) -> bool {
        match self.base(at) {
            Base::Stage(below) => inherited.get(*below).copied().unwrap_or_default(),
            Base::Image(_) | Base::Scratch | Base::Unknown => false,
        }
    }
}
