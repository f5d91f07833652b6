//! What one instruction does to its stage.

use std::borrow::Cow;

use crate::{
    diagnostic::Diagnostic,
    image::Healthcheck,
    order,
    simulate::{
        Change, Shared, StepKind,
        checks::Checks,
        copy, path, ports, run, signal,
        stage::{Context, State},
    },
    syntax::{
        BUILD, Form, Instruction, InstructionKind, Text,
        expand::is_plain,
        instruction::{arg::Arg, env::Pair, expose::Expose},
        parse,
    },
    text::Span,
};

/// What an instruction does.
pub(super) struct Effect {
    pub(super) kind: StepKind,
    pub(super) change: Change,
}

impl Effect {
    fn metadata(change: Change) -> Self {
        Self { kind: StepKind::Metadata, change }
    }

    /// How many bytes of memory it takes, more or less, and its row in the history.
    pub(super) fn weight(&self) -> usize {
        let words = |it: &[Shared]| it.iter().map(|it| it.len() + size_of::<Shared>()).sum();
        let kind = match &self.kind {
            StepKind::Run(it) => it.arguments.as_ref().map_or(0, |it| it.len()),
            StepKind::Copy(it) => {
                let sources = it.sources.iter().map(Shared::len);
                let documents = it.options.documents.iter().map(|it| it.1.len());
                sources.chain(documents).sum::<usize>() + it.destination.len()
            }
            StepKind::From { .. } | StepKind::Workdir | StepKind::Metadata => 0,
        };
        kind + match &self.change {
            Change::Env(it) | Change::Labels(it) => {
                it.iter().map(|it| it.0.len() + it.1.len()).sum()
            }
            Change::Args(it) => it.iter().filter_map(|it| it.1.as_ref()).map(Shared::len).sum(),
            Change::Ports(it) => it.iter().map(|it| it.len() + 32).sum(),
            Change::Volumes(it)
            | Change::Cmd(it)
            | Change::Entrypoint { words: it, .. }
            | Change::Shell(it) => words(it),
            Change::User(it)
            | Change::WorkingDir(it)
            | Change::StopSignal(it)
            | Change::OnBuild(it)
            | Change::Author(it) => it.len(),
            Change::Nothing | Change::Base(_) | Change::Healthcheck(_) => 0,
        }
    }
}

/// Applies an instruction. `None` for one that is broken or starts a stage.
pub(super) fn apply(
    state: &mut State,
    instruction: &Instruction<'_>,
    context: &Context<'_>,
) -> Result<Option<Effect>, Box<Diagnostic>> {
    use InstructionKind as Kind;
    let escape = context.escape;
    Ok(Some(match &instruction.kind {
        Kind::From(_) | Kind::Broken(_) => return Ok(None),
        Kind::Add(copy) | Kind::Copy(copy) => copy::apply(state, instruction, copy, context)?,
        Kind::Run(run) => run::apply(state, instruction, run, context)?,
        Kind::Arg(arg) => declare(state, arg, context)?,
        Kind::Cmd(cmd) => {
            let words = command(state, &cmd.command, context);
            state.has_cmd = true;
            Effect::metadata(Change::Cmd(words))
        }
        Kind::Entrypoint(entrypoint) => {
            let words = command(state, &entrypoint.command, context);
            // A CMD that comes from below this stage was made for another program.
            let drops_cmd = !state.has_cmd;
            Effect::metadata(Change::Entrypoint { words, drops_cmd })
        }
        Kind::Env(env) => {
            // All words of one ENV see the values from before it.
            let pairs = expand_pairs(state, &env.pairs, context)?;
            state.reserve(pairs.len());
            for (name, value) in &pairs {
                state.set(name, value.clone());
            }
            Effect::metadata(Change::Env(pairs))
        }
        Kind::Label(label) => {
            let pairs = expand_pairs(state, &label.pairs, context)?;
            Effect::metadata(Change::Labels(pairs))
        }
        Kind::Expose(expose) => {
            let words = exposed(state, expose, escape)?;
            let span = instruction.arguments().span;
            let ports = ports::ports(&words)
                .map_err(|it| wrong(span, it, "Ports look like 80, 53/udp or 3000-3005."))?;
            Effect::metadata(Change::Ports(ports.into()))
        }
        Kind::Volume(volume) => {
            let paths = state.expand_all(&volume.paths, context)?;
            if let Some(at) = paths.iter().position(Shared::is_empty) {
                let span = volume.paths.get(at).map_or(instruction.head(), |it| it.span);
                let message = "VOLUME specified can not be an empty string";
                let help = "Write a path. A variable in it may have no value.";
                return Err(wrong(span, message, help).into());
            }
            Effect::metadata(Change::Volumes(paths.into()))
        }
        Kind::User(user) => {
            let user = state.expand(&user.user, context)?;
            Effect::metadata(Change::User(user))
        }
        Kind::Workdir(workdir) => {
            let written = state.expand(&workdir.path, context)?;
            // An absolute path stays as it is written.
            state.working_dir = if written.starts_with('/') && !state.windows {
                written
            } else {
                path::working_dir(&state.working_dir, &written, state.windows)
                    .map_err(|it| wrong(workdir.path.span, it, WINDOWS_PATH))?
                    .into()
            };
            Effect { kind: StepKind::Workdir, change: Change::WorkingDir(state.stored_dir()) }
        }
        Kind::Shell(shell) => {
            let words: Box<[_]> = shell.words.iter().map(|it| context.share(it)).collect();
            state.set_shell(&words);
            Effect::metadata(Change::Shell(words))
        }
        Kind::Stopsignal(word) => {
            let signal = state.expand(word, context)?;
            if signal::parse(&signal).is_none() {
                let help = "Write a name such as SIGTERM, or a number.";
                let message = format!("invalid signal: {signal}");
                return Err(wrong(word.span, message, help).into());
            }
            Effect::metadata(Change::StopSignal(signal))
        }
        Kind::Healthcheck(it) => {
            let health = Healthcheck {
                test: it.test(),
                interval: it.interval,
                timeout: it.timeout,
                start_period: it.start_period,
                start_interval: it.start_interval,
                retries: it.retries,
            };
            Effect::metadata(Change::Healthcheck(Box::new(health)))
        }
        Kind::Maintainer(name) => {
            name.as_str().clone_into(&mut state.author);
            Effect::metadata(Change::Author(context.share(name)))
        }
        Kind::Onbuild(_) => {
            let text = instruction.trigger_text(context.source);
            Effect::metadata(Change::OnBuild(text.into()))
        }
    }))
}

/// Applies an instruction that the base image asks for with `ONBUILD`. Gives its text and its effect. What is wrong with
/// the text is said already.
pub(super) fn trigger(
    state: &mut State,
    text: &str,
    context: &Context<'_>,
    checks: Option<&mut Checks>,
) -> Result<Option<(Shared, Effect)>, Box<Diagnostic>> {
    let parse = parse(text);
    let Some(instruction) = parse.instructions.first() else { return Ok(None) };
    let whole = Shared::from(text);
    let context = Context { source: text, whole: &whole, ..*context };
    let line = context.share(&instruction.line);
    let context = Context { line: (&instruction.line, &line), ..context };
    let effect = apply(state, instruction, &context);
    if let Some(checks) = checks {
        checks.step(instruction, effect.as_ref().ok().and_then(Option::as_ref), state, &context);
    }
    Ok(effect?.map(|it| (line.clone(), it)))
}

/// The words of `CMD` or `ENTRYPOINT`.
fn command(state: &State, form: &Form<'_>, context: &Context<'_>) -> Box<[Shared]> {
    match form {
        Form::Exec(words) => words.iter().map(|it| context.share(it)).collect(),
        Form::Shell(text) => state.in_shell(context.share(text)),
    }
}

/// The words of an `EXPOSE`, expanded. BuildKit sorts them before.
pub(super) fn exposed<'e>(
    state: &State,
    expose: &'e Expose<'_>,
    escape: char,
) -> Result<Vec<Cow<'e, str>>, Box<Diagnostic>> {
    let mut words: Vec<&'e Text<'_>> = expose.ports.iter().collect();
    order::sort_by(&mut words, |a, b| a.as_str().cmp(b.as_str()));
    let mut expanded = Vec::with_capacity(words.len());
    for word in words {
        if is_plain(word, escape) && !word.is_empty() && !word.contains(char::is_whitespace) {
            expanded.push(word.as_str().into());
            continue;
        }
        expanded.extend(state.expand_words(word, escape)?.into_iter().map(Cow::from));
    }
    Ok(expanded)
}

fn expand_pairs(
    state: &mut State,
    pairs: &[Pair<'_>],
    context: &Context<'_>,
) -> Result<Box<[(Shared, Shared)]>, Box<Diagnostic>> {
    let mut expanded = Vec::with_capacity(pairs.len());
    for it in pairs {
        let name = state.expand(&it.name, context)?;
        expanded.push((name, state.expand(&it.value, context)?));
    }
    Ok(expanded.into())
}

/// Declares the variables of an `ARG`; each sees those before it.
fn declare(
    state: &mut State,
    arg: &Arg<'_>,
    context: &Context<'_>,
) -> Result<Effect, Box<Diagnostic>> {
    let mut declared = Vec::with_capacity(arg.variables.len());
    for variable in &arg.variables {
        let name = variable.name.as_str();
        let value = match (context.build_args.get(name), &variable.default) {
            (Some(given), _) => Some(given.as_str().into()),
            (None, Some(default)) => Some(state.expand(default, context)?),
            (None, None) => context.globals.get(name).map(Shared::from),
        };
        let name = context.share(&variable.name);
        state.declare(name.clone(), value.clone());
        declared.push((name, value));
    }
    Ok(Effect::metadata(Change::Args(declared.into())))
}

/// An error of the build, in Docker's words, and what to do.
pub(super) fn wrong(
    span: Span,
    message: impl Into<Cow<'static, str>>,
    help: &'static str,
) -> Diagnostic {
    Diagnostic { code: BUILD, ..Diagnostic::error(span, message).with_help(help) }
}

/// What to do about a path that Windows cannot have.
pub(super) const WINDOWS_PATH: &str = "Write a path on the drive C, such as C:\\app.";
