//! The scripts of a file: which shell reads each, and which variables the build gives it.

use std::sync::Arc;

use super::{
    run,
    variables::{Names, Variables},
};
use crate::{
    scope::Stages,
    shell::{Dialect, Script},
    syntax::{Form, Instruction, InstructionKind, Parse, Text},
};

/// A script of a `RUN`.
#[derive(Debug)]
pub struct RunScript<'p> {
    /// The `RUN`; that of an `ONBUILD` is the one inside.
    pub instruction: &'p Instruction<'p>,
    /// The number of its stage.
    pub stage: usize,
    /// Whether it runs in a build on top of the image.
    pub is_trigger: bool,
    /// The script, and those in its words.
    pub script: Script,
    /// The shell that reads it.
    pub dialect: Dialect,
    /// The words of the `SHELL` that runs it; none if it is the builder's own.
    pub shell: &'p [Text<'p>],
    /// The `ARG`s and `ENV`s that it can see, and the proxies.
    pub variables: Variables,
    /// Whether it is in exec form.
    pub is_exec: bool,
}

#[derive(Debug, Clone)]
struct State<'p> {
    dialect: Dialect,
    shell: &'p [Text<'p>],
    names: Arc<Names>,
}

/// All scripts of a file, in order; those of `ONBUILD` too, without variables.
pub fn scripts<'p>(file: &str, parse: &'p Parse<'p>) -> Vec<RunScript<'p>> {
    let stages = Stages::new(parse);
    let mut found = Vec::new();
    let mut states: Vec<State<'p>> = Vec::new();
    if stages.list.is_empty() {
        // A part of a file.
        let mut state = State::new(parse, "", &parse.instructions);
        for instruction in &parse.instructions {
            state.instruction(file, 0, instruction, &mut found);
        }
    }
    for (at, stage) in stages.list.iter().enumerate() {
        let below = stage.from.and_then(|it| stages.before(at, &it.image));
        let mut state = match below.and_then(|it| states.get(it)) {
            Some(below) => below.above(stage.body),
            None => State::new(parse, stage.from.map_or("", |it| it.image.as_str()), stage.body),
        };
        for instruction in stage.body {
            state.instruction(file, at, instruction, &mut found);
        }
        states.push(state);
    }
    found
}

impl<'p> State<'p> {
    fn new(parse: &Parse<'_>, image: &str, body: &[Instruction<'_>]) -> Self {
        let is_windows =
            parse.escape == '`' || ["windows", "nanoserver"].iter().any(|it| image.contains(it));
        Self {
            dialect: if is_windows { Dialect::Cmd } else { Dialect::Sh },
            shell: &[],
            names: Arc::new(Names::new(body, None)),
        }
    }

    /// The state at the start of a stage that starts from this one.
    fn above(&self, body: &[Instruction<'_>]) -> Self {
        Self { names: Arc::new(Names::new(body, Some(&self.names))), ..*self }
    }

    fn instruction(
        &mut self,
        file: &str,
        stage: usize,
        instruction: &'p Instruction<'p>,
        found: &mut Vec<RunScript<'p>>,
    ) {
        match &instruction.kind {
            InstructionKind::Shell(it) => {
                self.dialect = it.words.first().map_or(Dialect::Sh, |it| Dialect::of(it));
                self.shell = &it.words;
            }
            InstructionKind::Run(it) => {
                found.push(self.script(file, stage, instruction, &it.command));
            }
            InstructionKind::Onbuild(it) => {
                if let InstructionKind::Run(run) = &it.instruction.kind {
                    let script = self.script(file, stage, &it.instruction, &run.command);
                    let variables = Variables::default();
                    found.push(RunScript { is_trigger: true, variables, ..script });
                }
            }
            _ => (),
        }
    }

    fn script(
        &self,
        file: &str,
        stage: usize,
        instruction: &'p Instruction<'p>,
        form: &Form<'_>,
    ) -> RunScript<'p> {
        let (source, dialect) = run::script(file, instruction, form);
        let is_exec = matches!(form, Form::Exec(_));
        // Words without a shell are read by none.
        let own = if is_exec { Dialect::Other } else { self.dialect };
        RunScript {
            instruction,
            stage,
            is_trigger: false,
            script: Script::new(source),
            dialect: dialect.unwrap_or(own),
            shell: self.shell,
            variables: Variables::new(&self.names, instruction),
            is_exec,
        }
    }
}
