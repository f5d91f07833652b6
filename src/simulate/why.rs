//! Why a container is what it is: every place that says something about it, and which of them count.

mod stages;
mod values;

pub use stages::Link;
pub use values::{Kind, Origin, Replaced, Value};

use crate::{
    command::Run,
    diagnostic::Diagnostic,
    image::{Config, Reference},
    simulate::{
        BASE, Base, Build, Change, Options, Step, StepKind,
        argv::{RunWords, resolve},
        build::build_parsed,
        merge::{Process, merge},
        signal::{self, Stop},
    },
    syntax::{self, Instruction, InstructionKind, Parse, parse},
    text::{LineIndex, Span},
};

/// The answer: one row for each place that has a say, the last one strongest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Why {
    /// The base image, the Dockerfile's instructions, `docker run`.
    pub rows: Vec<Row>,
    /// The words of process 1; empty if there are none. If the file has errors, those that it would have without what is
    /// wrong.
    pub argv: Vec<String>,
    /// Why there is no container, in Docker's words.
    pub error: Option<String>,
    /// What is worth knowing besides, in our words.
    pub notes: Vec<String>,
    /// The stages that the image is made of, the lowest first.
    pub stages: Vec<Link>,
    /// Everything else that a container has, and where it comes from.
    pub values: Vec<Value>,
    /// The container; `None` if the engine refuses.
    pub process: Option<Process>,
    /// How `docker stop` stops it.
    pub stop: Option<Stop>,
    /// What is wrong in the file; the first is the one of `error`.
    pub errors: Vec<Diagnostic>,
    /// Base images of the image that are not known.
    pub unknown: Vec<Diagnostic>,
}

/// One place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub source: Source,
    /// Its first and last line in the Dockerfile, from 1.
    pub lines: Option<(u32, u32)>,
    /// Its stage, from 0; `None` for `docker run`.
    pub stage: Option<usize>,
    /// What it says about `ENTRYPOINT`.
    pub entrypoint: Cell,
    /// What it says about `CMD`.
    pub cmd: Cell,
}

/// Who says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The base image of this name.
    Base(String),
    /// The Dockerfile.
    Dockerfile,
    /// `docker run`.
    Run,
}

/// What one place says about one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// The words; `None` if it says nothing.
    pub value: Option<Vec<String>>,
    /// How they are written.
    pub form: Form,
    /// Whether they count.
    pub state: State,
    /// Why they do not, or do.
    pub reason: Option<String>,
    /// The instruction.
    pub span: Option<Span>,
}

/// How a command is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// Not in a Dockerfile.
    #[default]
    None,
    /// A line for a shell.
    Shell,
    /// A JSON array.
    Exec,
}

/// Whether a cell counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// It says nothing.
    #[default]
    Unset,
    /// It is part of process 1.
    Wins,
    /// Another one counts instead.
    Lost,
}

/// Explains the container that `docker run` starts from the image that `source` builds. The command is
/// [resolved](Run::resolve).
pub fn why(source: &str, options: &Options<'_>, run: &Run) -> Why {
    let parse = parse(source);
    let build = build_parsed(source, &parse, options);
    why_built(source, &parse, &build, options, run)
}

/// The same for a file that is parsed and built already.
pub fn why_built(
    source: &str,
    parse: &Parse<'_>,
    build: &Build,
    options: &Options<'_>,
    run: &Run,
) -> Why {
    let words = RunWords::from(run);
    let mut table = Table::new(source);
    table.build(parse, build);
    table.run(&words);
    table.notes(build, &words);
    let mut why = Why {
        stages: stages::links(build, &table.lines),
        values: values::values(build, options, run, &table.lines),
        rows: table.rows,
        notes: table.notes,
        ..Why::default()
    };
    why.errors = build.errors.iter().filter(|it| it.code != BASE).cloned().collect();
    why.unknown = unknown(build).cloned().collect();
    match merge(&build.config, run) {
        Ok(process) => {
            why.argv.clone_from(&process.argv);
            let base = build.chain().into_iter().find_map(|it| base_of(build, it));
            why.stop = Some(signal::stop(&process, base.and_then(signal::shell_of)));
            why.process = Some(process);
        }
        Err(error) => {
            why.argv = resolve(&build.config, &words).unwrap_or_default();
            why.error = Some(error.to_string());
        }
    }
    if let Some(error) = why.errors.first() {
        why.error = Some(parse.docker_text(error, &table.lines));
    }
    why
}

/// The errors about base images that the image is made of.
fn unknown(build: &Build) -> impl Iterator<Item = &Diagnostic> {
    let below = build.chain();
    let heads: Vec<_> = below.iter().filter_map(|it| Some(build.stages.get(*it)?.span)).collect();
    let is_about = move |span: Span| heads.iter().any(|it| it.overlaps(span));
    build.errors.iter().filter(move |it| it.code == BASE && is_about(it.span))
}

/// The image that a stage starts from.
fn base_of(build: &Build, stage: usize) -> Option<&Reference> {
    match &build.steps_of(stage).first()?.kind {
        StepKind::From { base: Base::Image(image) } => Some(image),
        _ => None,
    }
}

/// The rows, and which of them count so far.
struct Table<'s> {
    lines: LineIndex<'s>,
    rows: Vec<Row>,
    notes: Vec<String>,
    /// The row whose `ENTRYPOINT` counts.
    entrypoint: Option<usize>,
    /// The row whose `CMD` counts.
    cmd: Option<usize>,
}

impl<'s> Table<'s> {
    fn new(source: &'s str) -> Self {
        Self {
            lines: LineIndex::new(source),
            rows: Vec::new(),
            notes: Vec::new(),
            entrypoint: None,
            cmd: None,
        }
    }

    /// The rows of the base image and of the Dockerfile.
    fn build(&mut self, parse: &Parse<'_>, build: &Build) {
        for stage in build.chain() {
            let mut has_cmd = false;
            for step in build.steps_of(stage) {
                if let StepKind::From { base } = &step.kind {
                    if let (Base::Image(image), Change::Base(config)) = (base, &step.change) {
                        self.base(image.familiar(), config, step);
                    }
                    continue;
                }
                match instruction_at(parse, step.span).map(|it| &it.kind) {
                    Some(InstructionKind::Entrypoint(it)) => {
                        self.entrypoint(step, form(&it.command), has_cmd);
                    }
                    Some(InstructionKind::Cmd(it)) => {
                        has_cmd = true;
                        self.cmd(step, form(&it.command));
                    }
                    // A trigger of the base image stands where FROM does.
                    Some(InstructionKind::From(_)) => has_cmd |= self.trigger(step, has_cmd),
                    _ => (),
                }
            }
        }
    }

    /// The row of an `ONBUILD` instruction; says whether it is a `CMD`.
    fn trigger(&mut self, step: &Step, has_cmd: bool) -> bool {
        let parse = parse(&step.text);
        match parse.instructions.first().map(|it| &it.kind) {
            Some(InstructionKind::Entrypoint(it)) => {
                self.entrypoint(step, form(&it.command), has_cmd);
                false
            }
            Some(InstructionKind::Cmd(it)) => {
                self.cmd(step, form(&it.command));
                true
            }
            _ => false,
        }
    }

    fn base(&mut self, name: String, config: &Config, step: &Step) {
        let cell = |words: &Option<Vec<String>>| match words {
            Some(words) => Cell {
                value: Some(words.clone()),
                state: State::Wins,
                reason: Some("from the base image".to_owned()),
                ..Cell::default()
            },
            None => Cell::default(),
        };
        let row = Row {
            source: Source::Base(name),
            lines: None,
            stage: Some(step.stage),
            entrypoint: cell(&config.entrypoint),
            cmd: cell(&config.cmd),
        };
        self.entrypoint = row.entrypoint.value.as_ref().map(|_| self.rows.len());
        self.cmd = row.cmd.value.as_ref().map(|_| self.rows.len());
        self.rows.push(row);
    }

    fn entrypoint(&mut self, step: &Step, form: Form, has_cmd: bool) {
        self.lose_entrypoint(&self.replaced_by(step));
        if !has_cmd {
            self.lose_cmd("cleared: this stage sets ENTRYPOINT");
            self.cmd = None;
        }
        self.entrypoint = Some(self.rows.len());
        let value = match &step.change {
            Change::Entrypoint { words, .. } => Some(words.iter().map(String::from).collect()),
            _ => None,
        };
        let entrypoint =
            Cell { value, form, state: State::Wins, reason: None, span: Some(step.span) };
        self.push(step, entrypoint, Cell::default());
    }

    fn cmd(&mut self, step: &Step, form: Form) {
        self.lose_cmd(&self.replaced_by(step));
        self.cmd = Some(self.rows.len());
        let value = match &step.change {
            Change::Cmd(words) => Some(words.iter().map(String::from).collect()),
            _ => None,
        };
        let cmd = Cell { value, form, state: State::Wins, reason: None, span: Some(step.span) };
        self.push(step, Cell::default(), cmd);
    }

    /// The row of `docker run`.
    fn run(&mut self, run: &RunWords) {
        let cell =
            |words: Vec<String>| Cell { value: Some(words), state: State::Wins, ..Cell::default() };
        let mut row = Row {
            source: Source::Run,
            lines: None,
            stage: None,
            entrypoint: Cell::default(),
            cmd: Cell::default(),
        };
        if let Some(program) = &run.entrypoint {
            self.lose_entrypoint("replaced by docker run");
            self.lose_cmd("not used: --entrypoint was given");
            let words = if program.is_empty() { Vec::new() } else { vec![program.clone()] };
            row.entrypoint = cell(words);
        }
        if !run.args.is_empty() {
            if run.entrypoint.is_none() {
                self.lose_cmd("replaced by docker run");
            }
            row.cmd = cell(run.args.clone());
        }
        self.rows.push(row);
    }

    /// What is worth knowing about the outcome.
    fn notes(&mut self, build: &Build, run: &RunWords) {
        for it in unknown(build) {
            self.notes.push(format!("{}, so what it says is missing here", it.message));
        }
        let shell_entrypoint = self.entrypoint.and_then(|it| self.rows.get(it));
        let is_shell = shell_entrypoint.is_some_and(|it| it.entrypoint.form == Form::Shell);
        if run.entrypoint.is_some() || !is_shell {
            return;
        }
        let ignored = "given to the shell, which does not pass it on";
        let by_run = self.rows.last_mut().filter(|_| !run.args.is_empty()).map(|it| &mut it.cmd);
        let cell = match by_run {
            Some(cell) => Some(cell),
            None => self.cmd.and_then(|it| self.rows.get_mut(it)).map(|it| &mut it.cmd),
        };
        if let Some(cell) = cell.filter(|it| it.value.as_ref().is_some_and(|it| !it.is_empty())) {
            cell.reason = Some(ignored.to_owned());
            self.notes.push(
                "ENTRYPOINT is in shell form: the program does not see CMD or the words of docker run"
                    .to_owned(),
            );
        }
    }

    fn replaced_by(&self, step: &Step) -> String {
        format!("replaced by line {}", self.lines.lines_of(step.span).0)
    }

    fn lose_entrypoint(&mut self, reason: &str) {
        let row = self.entrypoint.and_then(|it| self.rows.get_mut(it));
        if let Some(row) = row {
            lose(&mut row.entrypoint, reason);
        }
    }

    fn lose_cmd(&mut self, reason: &str) {
        let row = self.cmd.and_then(|it| self.rows.get_mut(it));
        if let Some(row) = row {
            lose(&mut row.cmd, reason);
        }
    }

    fn push(&mut self, step: &Step, entrypoint: Cell, cmd: Cell) {
        let lines = Some(self.lines.lines_of(step.span));
        let (source, stage) = (Source::Dockerfile, Some(step.stage));
        self.rows.push(Row { source, lines, stage, entrypoint, cmd });
    }
}

fn lose(cell: &mut Cell, reason: &str) {
    cell.state = State::Lost;
    cell.reason = Some(reason.to_owned());
}

fn form(form: &syntax::Form<'_>) -> Form {
    match form {
        syntax::Form::Exec(_) => Form::Exec,
        syntax::Form::Shell(_) => Form::Shell,
    }
}

/// The instruction at a place; they stand in the order of the text.
fn instruction_at<'p, 'a>(parse: &'p Parse<'a>, span: Span) -> Option<&'p Instruction<'a>> {
    let at = parse.instructions.binary_search_by_key(&span, |it| it.span).ok()?;
    parse.instructions.get(at)
}
