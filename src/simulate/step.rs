//! What one instruction does to its stage.

use std::borrow::Cow;

use crate::{
    diagnostic::Diagnostic,
    image::Healthcheck,
    order,
    simulate::{
        Change, StepKind, copy, history, path, ports, run,
        stage::{Context, State},
    },
    syntax::{
        BUILD, Instruction, InstructionKind, duration,
        instruction::{arg::Arg, env::Pair},
        parse,
    },
    text::Span,
};

/// What an instruction does, and what the history says about it.
pub(super) struct Effect {
    pub(super) kind: StepKind,
    pub(super) created_by: String,
    pub(super) change: Change,
}

impl Effect {
    fn metadata(created_by: String, change: Change) -> Self {
        Self { kind: StepKind::Metadata, created_by, change }
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
        Kind::Run(run) => run::apply(state, instruction, run, context),
        Kind::Arg(arg) => {
            let before = state.arguments.len();
            let created_by = declare(state, arg, context)?;
            let declared = state.arguments.get(before..).unwrap_or_default().to_vec();
            Effect::metadata(created_by, Change::Args(declared))
        }
        Kind::Cmd(cmd) => {
            let words = cmd.command.argv(&state.config.shell());
            state.has_cmd = true;
            let created_by = history::command("CMD", &words);
            state.config.cmd = Some(words.clone());
            state.config.args_escaped = true;
            Effect::metadata(created_by, Change::Cmd(words))
        }
        Kind::Entrypoint(entrypoint) => {
            let words = entrypoint.command.argv(&state.config.shell());
            // A CMD that comes from below this stage was made for another program.
            if !state.has_cmd {
                state.config.cmd = None;
            }
            let created_by = history::command("ENTRYPOINT", &words);
            state.config.entrypoint = Some(words.clone());
            let drops_cmd = !state.has_cmd;
            Effect::metadata(created_by, Change::Entrypoint { words, drops_cmd })
        }
        Kind::Env(env) => {
            // All words of one ENV see the values from before it.
            let pairs = expand_pairs(state, &env.pairs, escape)?;
            for (name, value) in &pairs {
                state.config.set_env(name, value);
                state.variables.insert(name.clone(), value.clone());
            }
            Effect::metadata(history::pairs("ENV", &pairs), Change::Env(pairs))
        }
        Kind::Label(label) => {
            let pairs = expand_pairs(state, &label.pairs, escape)?;
            state.config.labels.extend(pairs.iter().cloned());
            Effect::metadata(history::pairs("LABEL", &pairs), Change::Labels(pairs))
        }
        Kind::Expose(expose) => {
            // Docker sorts the words before it expands them.
            let mut words = expose.ports.clone();
            order::sort_by(&mut words, |a, b| a.as_str().cmp(b.as_str()));
            let words = state.expand_all(&words, escape)?.join(" ");
            let span = instruction.arguments().span;
            let ports = ports::ports(&words).map_err(|it| wrong(span, it))?;
            state.config.exposed_ports.extend(ports.iter().cloned());
            Effect::metadata(history::list("EXPOSE", &ports), Change::Ports(ports))
        }
        Kind::Volume(volume) => {
            let paths = state.expand_all(&volume.paths, escape)?;
            state.config.volumes.extend(paths.iter().cloned());
            Effect::metadata(history::list("VOLUME", &paths), Change::Volumes(paths))
        }
        Kind::User(user) => {
            let user = state.expand(&user.user, escape)?;
            state.config.user.clone_from(&user);
            Effect::metadata(format!("USER {user}"), Change::User(user))
        }
        Kind::Workdir(workdir) => {
            let written = state.expand(&workdir.path, escape)?;
            let config = &mut state.config;
            // BuildKit stores an absolute path as it is written.
            config.working_dir = if written.starts_with('/') {
                written
            } else {
                path::join(&format!("/{}", config.working_dir), &written)
            };
            let created_by = format!("WORKDIR {}", state.config.working_dir);
            let change = Change::WorkingDir(state.config.working_dir.clone());
            Effect { kind: StepKind::Workdir, created_by, change }
        }
        Kind::Shell(shell) => {
            let words: Vec<_> = shell.words.iter().map(ToString::to_string).collect();
            let created_by = history::list("SHELL", &words);
            state.config.shell = Some(words.clone());
            Effect::metadata(created_by, Change::Shell(words))
        }
        Kind::Stopsignal(signal) => {
            let signal = state.expand(signal, escape)?;
            let created_by = format!("STOPSIGNAL {signal}");
            state.config.stop_signal = Some(signal.clone());
            Effect::metadata(created_by, Change::StopSignal(signal))
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
            let created_by = health_history(&health);
            state.config.healthcheck = Some(health.clone());
            Effect::metadata(created_by, Change::Healthcheck(health))
        }
        Kind::Maintainer(name) => {
            let change = Change::Author(name.to_string());
            Effect::metadata(format!("MAINTAINER {}", name.as_str()), change)
        }
        Kind::Onbuild(_) => {
            let text = instruction.trigger_text(context.source);
            state.config.on_build.push(text.clone());
            Effect::metadata(String::new(), Change::OnBuild(text))
        }
    }))
}

/// Applies an instruction that the base image asks for with `ONBUILD`. Gives its text and its effect.
pub(super) fn trigger(
    state: &mut State,
    text: &str,
    context: &Context<'_>,
) -> Result<Option<(String, Effect)>, Box<Diagnostic>> {
    let parse = parse(text);
    let context = Context { source: text, escape: parse.escape, ..*context };
    let Some(instruction) = parse.instructions.first() else { return Ok(None) };
    let effect = apply(state, instruction, &context)?;
    Ok(effect.map(|it| (instruction.line.to_string(), it)))
}

fn expand_pairs(
    state: &State,
    pairs: &[Pair<'_>],
    escape: char,
) -> Result<Vec<(String, String)>, Box<Diagnostic>> {
    let one =
        |it: &Pair<'_>| Ok((state.expand(&it.name, escape)?, state.expand(&it.value, escape)?));
    pairs.iter().map(one).collect()
}

/// Declares the variables of an `ARG`; each sees those before it. Gives the history text.
fn declare(
    state: &mut State,
    arg: &Arg<'_>,
    context: &Context<'_>,
) -> Result<String, Box<Diagnostic>> {
    let mut created_by = "ARG".to_owned();
    for variable in &arg.variables {
        let name = variable.name.to_string();
        let value = match (context.build_args.get(&name), &variable.default) {
            (Some(given), _) => Some(given.clone()),
            (None, Some(default)) => Some(state.expand(default, context.escape)?),
            (None, None) => context.globals.get(&name).map(str::to_owned),
        };
        created_by.push(' ');
        created_by.push_str(&name);
        if let Some(value) = &value {
            created_by.push('=');
            created_by.push_str(value);
            state.variables.insert(name.clone(), value.clone());
        }
        state.arguments.push((name, value));
    }
    Ok(created_by)
}

/// The history text of a health check.
fn health_history(it: &Healthcheck) -> String {
    let mut text = format!("HEALTHCHECK {{Test:[{}]", it.test.join(" "));
    let times = [
        ("Interval", it.interval),
        ("Timeout", it.timeout),
        ("StartPeriod", it.start_period),
        ("StartInterval", it.start_interval),
    ];
    for (field, time) in times {
        text.push_str(&format!(" {field}:{}", duration::print(time)));
    }
    format!("{text} Retries:{}}}", it.retries)
}

/// An error of the build, in Docker's words.
pub(super) fn wrong(span: Span, message: impl Into<Cow<'static, str>>) -> Diagnostic {
    Diagnostic { code: BUILD, ..Diagnostic::error(span, message) }
}
