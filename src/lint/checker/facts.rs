//! The facts of a file that rules share.

use std::cell::OnceCell;

use super::{
    bases::{Base, Ground, grounds},
    words::assigned,
};
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
    /// All instructions, see [`super::Checker::instructions`].
    pub(super) instructions: Vec<&'c Instruction<'c>>,
    /// For each stage, what it starts from.
    pub(super) grounds: Vec<Ground>,
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
        let grounds = grounds(&named, &globals, parse.escape);
        let mut instructions = Vec::with_capacity(parse.instructions.len());
        for it in &parse.instructions {
            instructions.push(it);
            if let InstructionKind::Onbuild(kept) = &it.kind {
                instructions.push(&kept.instruction);
            }
        }
        let breaks_with_return = source.split_once('\n').is_some_and(|it| it.0.ends_with('\r'));
        let scripts = scripts(source, parse);
        Self {
            source,
            parse,
            breaks_with_return,
            globals,
            stages,
            scripts,
            instructions,
            grounds,
            named,
        }
    }

    /// The instructions above the first `FROM`.
    pub(super) fn global(&self) -> &'c [Instruction<'c>] {
        if self.named.list.is_empty() { &[] } else { self.named.global }
    }

    pub(super) fn base(&self, at: usize) -> &Base {
        self.grounds.get(at).map_or(&Base::Unknown, |it| &it.base)
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
