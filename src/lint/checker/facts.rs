//! The facts of a file that rules share.

use std::cell::OnceCell;

use super::words::assigned;
use crate::{
    lint::shell::{RunScript, scripts},
    order::Map,
    scope::{Globals, Stages},
    shell::{Command, Id},
    syntax::{
        Instruction, InstructionKind, Parse, instruction::from::From, instruction::run::RunFlags,
    },
};

/// A file and its facts.
pub(crate) struct Facts<'c> {
    pub(super) source: &'c str,
    pub(super) parse: &'c Parse<'c>,
    /// Whether the first line ends with a carriage return.
    pub(super) breaks_with_return: bool,
    pub(super) globals: Globals,
    pub(super) stages: Vec<Stage<'c>>,
    pub(super) scripts: Vec<RunScript<'c>>,
    /// For each stage, what its `FROM` names.
    bases: Vec<Base>,
    named: Stages<'c, 'c>,
}

/// A stage: a `FROM` and what follows it.
#[derive(Debug)]
pub(crate) struct Stage<'c> {
    /// Its name, in lower case.
    pub(crate) name: Option<String>,
    /// The `FROM` instruction, which may be broken; `None` in a file without one.
    pub(crate) head: Option<&'c Instruction<'c>>,
    /// What the `FROM` says, unless it is broken.
    pub(crate) from: Option<&'c From<'c>>,
    /// The instructions after `FROM`.
    pub(crate) body: &'c [Instruction<'c>],
}

/// What a `FROM` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Base {
    /// An image, by this name.
    Image(String),
    /// An earlier stage.
    Stage(usize),
    /// Nothing: `scratch`.
    Scratch,
    /// It depends on a variable without a value, or cannot be read.
    Unknown,
}

/// A `RUN` and its commands.
pub(crate) struct Run<'c> {
    /// Its script.
    pub(crate) script: &'c RunScript<'c>,
    /// The commands; none if neither a POSIX shell reads it nor it is words of exec form.
    pub(crate) commands: Vec<Command<'c>>,
    assigned: OnceCell<Map<Option<Id>>>,
}

impl<'c> Run<'c> {
    /// The number of its stage.
    pub(crate) fn stage(&self) -> usize {
        self.script.stage
    }

    /// The `RUN` itself.
    pub(crate) fn instruction(&self) -> &'c Instruction<'c> {
        self.script.instruction
    }

    /// Whether a variable of this name is assigned in its script.
    pub(crate) fn assigns(&self, name: &str) -> bool {
        self.assigned().contains_key(name)
    }

    /// The words that its script assigns to variables.
    pub(super) fn assigned(&self) -> &Map<Option<Id>> {
        self.assigned.get_or_init(|| match self.script.script.tree() {
            Some(it) => assigned(it),
            None => Map::new(),
        })
    }

    /// Its flags.
    pub(crate) fn flags(&self) -> Option<&'c RunFlags<'c>> {
        match &self.instruction().kind {
            InstructionKind::Run(it) => Some(it.flags()),
            _ => None,
        }
    }
}

impl<'c> Facts<'c> {
    pub(crate) fn new(source: &'c str, parse: &'c Parse<'c>) -> Self {
        let named = Stages::new(parse);
        let none = Map::new();
        let (globals, _) = Globals::new(named.global, &none, "default", parse.escape);
        let mut stages: Vec<_> = named
            .list
            .iter()
            .map(|it| Stage {
                name: it.name.clone(),
                head: Some(it.head),
                from: it.from,
                body: it.body,
            })
            .collect();
        if stages.is_empty() {
            stages.push(Stage { name: None, head: None, from: None, body: &parse.instructions });
        }
        let bases = (0..stages.len()).map(|at| base(&named, &globals, at, parse.escape)).collect();
        let breaks_with_return = source.split_once('\n').is_some_and(|it| it.0.ends_with('\r'));
        let scripts = scripts(source, parse);
        Self { source, parse, breaks_with_return, globals, stages, scripts, bases, named }
    }

    /// The instructions above the first `FROM`.
    pub(super) fn global(&self) -> &'c [Instruction<'c>] {
        if self.named.list.is_empty() { &[] } else { self.named.global }
    }

    pub(super) fn base(&self, at: usize) -> &Base {
        self.bases.get(at).unwrap_or(&Base::Unknown)
    }

    pub(super) fn stage_above(&self, at: usize, name: &str) -> Option<usize> {
        self.named.before(at, &name.to_ascii_lowercase())
    }

    pub(super) fn runs(&self) -> Vec<Run<'_>> {
        let commands = |it: &'_ RunScript<'c>| it.is_exec || it.dialect.is_posix();
        self.scripts
            .iter()
            .map(|script| Run {
                script,
                commands: if commands(script) { script.script.commands() } else { Vec::new() },
                assigned: OnceCell::new(),
            })
            .collect()
    }
}

fn base(stages: &Stages<'_, '_>, globals: &Globals, at: usize, escape: char) -> Base {
    let from = stages.list.get(at).and_then(|it| it.from);
    let expanded = from.and_then(|it| globals.expand(&it.image, escape).ok());
    match expanded {
        Some(it) if it.unset.is_empty() => match stages.before(at, &it.text) {
            Some(below) => Base::Stage(below),
            None if it.text == "scratch" => Base::Scratch,
            None => Base::Image(it.text),
        },
        Some(_) | None => Base::Unknown,
    }
}
