//! Images and histories as the classic builder makes them.

use super::{
    Seen, arguments as args, copies,
    rows::{self, healthcheck, quoted, steps},
};
use crate::differential::{
    bases::Known,
    case::{Answer, Case, Row, normal},
    folder, model,
};
use dockwright::{
    diagnostic::Diagnostic,
    image::{Config, Healthcheck, Platform, Reference},
    simulate::{
        Base, Bases as _, Build, Change, CopyStep, Replay, Shared, Step, StepKind,
        files::tree::Tree,
        layers::{self, Files},
        path,
    },
    syntax::{InstructionKind, docker_text, expand::words, parse},
};
use serde_json::{Map, Value};
use std::sync::Arc;

/// The first step of the stages that the target stands on, if they stand on an image or on nothing.
fn root<'b>(seen: &Seen<'b>) -> Option<(&'b Step, bool)> {
    let build = seen.build?;
    let mut stage = build.target?;
    while let Some(Base::Stage(below)) = build.stages.get(stage)?.base.as_ref() {
        stage = *below;
    }
    let is_scratch = matches!(build.stages.get(stage)?.base, Some(Base::Scratch));
    Some((build.steps_of(stage).first()?, is_scratch))
}

/// Whether the target stands on nothing.
pub(super) fn stands_on_scratch(seen: &Seen<'_>) -> bool {
    root(seen).is_some_and(|it| it.1)
}

/// Whether a step sets the working directory.
pub(super) fn has_workdir(seen: &Seen<'_>) -> bool {
    let is_one = |step: &Step| matches!(step.kind, StepKind::Workdir);
    seen.build.is_some_and(|build| build.steps.iter().any(is_one))
}

/// `ArgsEscaped` only if the base image has it.
pub(super) fn args_escaped_of_base(seen: &Seen<'_>, answer: &mut Answer) {
    let had = root(seen).is_some_and(|(step, _)| match &step.change {
        Change::Base(config) => config.args_escaped,
        _ => false,
    });
    let is_set = seen.build.is_some_and(|it| {
        it.steps.iter().any(|it| matches!(it.change, Change::Cmd(_) | Change::Entrypoint { .. }))
    });
    if (!had || is_set)
        && let Some(image) = answer.image()
    {
        image.config.remove("ArgsEscaped");
    }
}

/// The configuration of the base image, if nothing was done to it.
pub(super) fn untouched(seen: &Seen<'_>, answer: &mut Answer) {
    let (Some((step, _)), Some(build)) = (root(seen), seen.build) else { return };
    let is_nothing = build.steps.iter().all(|it| matches!(it.kind, StepKind::From { .. }));
    if let (true, Change::Base(_), StepKind::From { base: Base::Image(image) }, true) =
        (is_nothing, &step.change, &step.kind, seen.case.labels.is_empty())
        && let Some(base) = seen.known.find(image, &Platform::default())
        && let Some(answer) = answer.image()
    {
        answer.config = normal(&serde_json::to_value(&base.config).unwrap_or_default());
    }
}

/// Whether a step of the target sets the author.
pub(super) fn has_author(seen: &Seen<'_>) -> bool {
    let is_one = |step: &Step| matches!(step.change, Change::Author(_));
    seen.build.is_some_and(|it| it.steps_of(it.target.unwrap_or_default()).iter().any(is_one))
}

/// A health check with the times of the one before it, where it has none.
pub(super) fn health_of_base(seen: &Seen<'_>, answer: &mut Answer) {
    let (Some((first, _)), Some(build)) = (root(seen), seen.build) else { return };
    let json = |it: &Healthcheck| normal(&serde_json::to_value(it).unwrap_or_default());
    let mut old = match &first.change {
        Change::Base(config) => config.healthcheck.as_ref().map(json).unwrap_or_default(),
        _ => Map::new(),
    };
    for step in &build.steps {
        let Change::Healthcheck(check) = &step.change else { continue };
        let mut check = json(check);
        for (name, value) in old {
            check.entry(name).or_insert(value);
        }
        old = check;
    }
    if let Some(image) = answer.image().filter(|it| it.config.contains_key("Healthcheck")) {
        image.config.insert("Healthcheck".into(), old.into());
    }
}

/// Whether an instruction is a keyword alone.
fn is_bare(step: &Step) -> bool {
    !step.text.trim().contains(char::is_whitespace)
}

/// What the shell form of nothing is.
pub(super) fn bare_commands(seen: &Seen<'_>, answer: &mut Answer) {
    let (Some(build), Some(image)) = (seen.build, answer.image()) else { return };
    let last = |is_kind: fn(&Change) -> bool| {
        let mut steps = build.chain().into_iter().flat_map(|it| build.steps_of(it));
        steps.rfind(|it| is_kind(&it.change))
    };
    if last(|it| matches!(it, Change::Cmd(_))).is_some_and(is_bare)
        && let Some(Value::Array(words)) = image.config.get_mut("Cmd")
    {
        words.pop();
    }
    if last(|it| matches!(it, Change::Entrypoint { .. })).is_some_and(is_bare) {
        image.config.remove("Entrypoint");
    }
}

/// The Dockerfile up to the first stage that the target does not need and that fails, if there is one.
pub(super) fn failing_stage(case: &Case) -> Option<Case> {
    let known = Known::new().ok()?;
    let (_, build) = model::built(case, &known);
    let build = build?;
    let mut starts: Vec<usize> = Vec::new();
    for it in parse(&case.text).instructions {
        if matches!(it.kind, InstructionKind::From(_)) {
            starts.push(usize::try_from(it.span.start).ok()?);
        }
    }
    for stage in 0..build.target.unwrap_or_default() {
        if build.stages.get(stage).is_some_and(|it| it.needed) {
            continue;
        }
        let text = case.text.get(..*starts.get(stage + 1)?)?.to_owned();
        let shorter = Case { text, target: None, ..case.clone() };
        let text = args::of_classic(&shorter);
        let seen = Case { text: text.unwrap_or_else(|| shorter.text.clone()), ..shorter.clone() };
        let (answer, build) = model::built(&seen, &known);
        let is_wrong = |it: &Build| it.steps.iter().any(|step| is_empty_workdir(&seen, it, step));
        if answer.error().is_some() || build.as_ref().is_some_and(is_wrong) {
            return Some(shorter);
        }
    }
    None
}

/// Whether a step is a `WORKDIR` of nothing, after expansion.
pub(super) fn is_empty_workdir(case: &Case, build: &Build, step: &Step) -> bool {
    matches!(step.kind, StepKind::Workdir)
        && arguments(case, build, step, |_| ()).is_some_and(|it| it.concat().is_empty())
}

/// The words behind an instruction, in another order, after expansion.
fn arguments(
    case: &Case,
    build: &Build,
    step: &Step,
    order: fn(&mut Vec<&str>),
) -> Option<Vec<String>> {
    let variables = variables(build, step);
    let look_up =
        |name: &str| variables.iter().rev().find(|it| it.0 == name).map(|it| it.1.as_str());
    let escape = parse(&case.text).escape;
    // Read with the directive before it, or a backtick would be a letter.
    let text = format!("# escape={escape}\n{}", step.text);
    let parsed = parse(&text);
    let written = parsed.instructions.first()?.arguments();
    let mut written: Vec<&str> = written.split_whitespace().collect();
    order(&mut written);
    words(&written.join(" "), escape, &look_up).ok()
}

/// What is set at a step: arguments, then the environment, which covers them.
pub(super) fn variables(build: &Build, step: &Step) -> Vec<(String, String)> {
    let (arguments, environment) = scopes(build, step).unwrap_or_default();
    let arguments = arguments.into_iter().filter_map(|it| Some((it.0, it.1?)));
    let pairs = environment.iter().filter_map(|it| it.split_once('='));
    arguments.chain(pairs.map(|it| (it.0.to_owned(), it.1.to_owned()))).collect()
}

/// Names with their values, if they have one.
type Arguments = Vec<(String, Option<String>)>;

/// The arguments that the stage has set before a step, in their order, and the environment.
pub(super) fn scopes(build: &Build, step: &Step) -> Option<(Arguments, Vec<String>)> {
    let mut replay = Replay::default();
    let mut arguments = Vec::new();
    let mut environment: Vec<String> = Vec::new();
    for it in &build.steps {
        if std::ptr::eq(it, step) {
            if let Change::Base(config) = &it.change {
                environment.clone_from(&config.env);
            }
            return Some((arguments, environment));
        }
        let config = replay.after(it);
        if it.stage != step.stage {
            continue;
        }
        environment.clone_from(&config.env);
        if let Change::Args(set) = &it.change {
            let set = set.iter().map(|it| (String::from(&it.0), it.1.as_ref().map(String::from)));
            arguments.extend(set);
        }
    }
    None
}

/// What is expected if nobody looks for the owner of a directory.
pub(super) fn without_owners(seen: &Seen<'_>, answer: &mut Answer) {
    let Some(build) = seen.build else { return };
    if answer.error() == Some(NO_OWNER) {
        *answer = match own_errors(build).next() {
            Some(other) => Answer::Error(docker_text(other, &seen.case.text)),
            None => model::image(build),
        };
    }
}

const NO_OWNER: &str = "invalid user index: -1";

/// The errors of a build, without those about the owner of the directory of a `WORKDIR`.
pub(super) fn own_errors(build: &Build) -> impl Iterator<Item = &Diagnostic> {
    let is_workdir =
        |span| build.steps.iter().any(|it| it.span == span && matches!(it.kind, StepKind::Workdir));
    build.errors.iter().filter(move |it| it.message != NO_OWNER || !is_workdir(it.span))
}

/// The files of images, as the virtual build knows them.
struct OfImages<'s>(&'s Seen<'s>);

impl Files for OfImages<'_> {
    fn image(&self, image: &Reference) -> Option<Arc<Tree>> {
        self.0.known.files(image)
    }
}

/// Each row is the command of a container; one that is only there to keep what an instruction says has `#(nop)`.
pub(super) fn history(seen: &Seen<'_>, answer: &mut Answer) {
    let (Some(build), Some(image)) = (seen.build, answer.image()) else { return };
    let Ok(context) = folder::context(seen.case) else { return };
    let layers = layers::layers(build, &context, &OfImages(seen));
    let configs: Vec<Config> = configs(build);
    let mut author = String::new();
    let own = image.history.len() - steps(build, &mut image.history).len();
    image.history.truncate(own);
    // The directories that are there, of those that the containers start in.
    let mut there: Vec<String> = Vec::new();
    for stage in build.chain() {
        author.clear();
        for step in build.steps_of(stage) {
            if let Change::Author(it) = &step.change {
                it.as_str().clone_into(&mut author);
            }
            let at = build.steps.iter().position(|it| std::ptr::eq(it, step)).unwrap_or_default();
            let changes = layers.list.get(at).map(|it| it.changes.as_slice()).unwrap_or_default();
            let is_new = changes.iter().any(|it| {
                it.after.as_ref().is_none_or(|it| !it.is_directory()) || !there.contains(&it.path)
            });
            there.extend(changes.iter().map(|it| it.path.clone()));
            if let StepKind::From { base } = &step.kind {
                if let Base::Image(it) = base
                    && let Some(tree) = seen.known.files(it)
                {
                    there.extend(tree.iter().map(|it| it.0));
                }
                continue;
            }
            let Some(config) = configs.get(at) else { continue };
            let mut is_changed = is_new;
            // A container makes the directory that it starts in, and those of its volumes when it runs.
            let is_run = matches!(step.kind, StepKind::Run(_));
            let volumes = config.volumes.iter().filter(|_| is_run);
            let is_copy = matches!(step.kind, StepKind::Copy(_));
            for directory in volumes.chain([&config.working_dir]).filter(|_| !is_copy) {
                is_changed |= is_made(directory, &mut there);
            }
            image.history.push(Row {
                created_by: command(seen, step, &shell(config)),
                comment: String::new(),
                empty_layer: !is_changed,
                author: author.clone(),
            });
        }
    }
    let last = configs.last().map(shell).unwrap_or_default();
    for (name, value) in &seen.case.labels {
        let created_by = format!("{last} #(nop)  LABEL {name}={value}");
        let config = configs.last();
        let empty_layer = config.is_none_or(|it| !is_made(&it.working_dir, &mut there));
        image.history.push(Row {
            created_by,
            empty_layer,
            author: author.clone(),
            ..Row::default()
        });
    }
}

/// Whether a container makes a directory: it, and those above it, are there from then on.
fn is_made(directory: &str, there: &mut Vec<String>) -> bool {
    let directory = path::clean(&format!("/{directory}"));
    if directory == "/" || there.contains(&directory) {
        return false;
    }
    let ends = directory.match_indices('/').map(|it| it.0).skip(1);
    there.extend(ends.filter_map(|it| Some(directory.get(..it)?.to_owned())));
    there.push(directory);
    true
}

/// The configuration after each step.
fn configs(build: &Build) -> Vec<Config> {
    let mut replay = Replay::default();
    build.steps.iter().map(|it| replay.after(it).clone()).collect()
}

fn shell(config: &Config) -> String {
    match &config.shell {
        Some(shell) if !shell.is_empty() => shell.join(" "),
        _ => "/bin/sh -c".to_owned(),
    }
}

/// The command of the container of a step.
fn command(seen: &Seen<'_>, step: &Step, shell: &str) -> String {
    let row = step.created_by();
    let row = row.as_str();
    let pairs = |word: &str, pairs: &[(Shared, Shared)]| {
        pairs.iter().fold(word.to_owned(), |text, (name, value)| format!("{text} {name}={value}"))
    };
    let said = match (&step.change, &step.kind) {
        (_, StepKind::Run(it)) => {
            let row = row.strip_prefix("RUN ").unwrap_or(row);
            let row = row.strip_suffix(" # buildkit").unwrap_or(row);
            let ours = it.arguments.as_deref().and_then(|it| row.strip_prefix(it));
            let before = seen.build.map(|it| args::before_command(it, step));
            return before.unwrap_or_default() + ours.unwrap_or(row);
        }
        (_, StepKind::Copy(it)) => {
            let CopyStep { sources, destination, options, .. } = &**it;
            let word = copies::word(it);
            let context = folder::context(seen.case).ok();
            let count = context.and_then(|it| copies::found(&it, step)).unwrap_or(sources.len());
            let owner =
                options.chown.as_ref().map(|it| format!("--chown={it}")).unwrap_or_default();
            let kind = if count > 1 { "multi:" } else { "file:" };
            return format!("{shell} #(nop) {word} {owner}{kind} in {destination} ");
        }
        (Change::WorkingDir(it), _) => return format!("{shell} #(nop) WORKDIR {it}"),
        (Change::Args(_), _) => {
            seen.build.and_then(|it| rows::arg(seen, it, step)).unwrap_or_default()
        }
        (Change::Env(it), _) => pairs("ENV", it),
        (Change::Labels(it), _) => pairs("LABEL", it),
        (Change::Author(it), _) => format!("MAINTAINER {it}"),
        (Change::Ports(_), _) => {
            // They are sorted as they are written.
            let order = |it: &mut Vec<&str>| it.sort_unstable();
            let ports = seen.build.and_then(|it| arguments(seen.case, it, step, order));
            let ports = ports.unwrap_or_default();
            format!("EXPOSE {}", ports.join(" "))
        }
        (Change::Volumes(it), _) => format!("VOLUME [{}]", it.join(" ")),
        (Change::User(it), _) => format!("USER {it}"),
        // Without words the shell stands alone, and is no entrypoint at all.
        (Change::Cmd(it), _) => {
            let words = it.iter().take(it.len() - usize::from(is_bare(step)));
            format!("CMD {}", quoted(words))
        }
        (Change::Entrypoint { words, .. }, _) => {
            format!("ENTRYPOINT {}", quoted(words.iter().filter(|_| !is_bare(step))))
        }
        (Change::Shell(it), _) => format!("SHELL [{}]", it.join(" ")),
        (Change::StopSignal(it), _) => format!("STOPSIGNAL {it}"),
        (Change::Healthcheck(it), _) => healthcheck(it, row, seen.case.engine),
        (Change::OnBuild(it), _) => format!("ONBUILD {it}"),
        _ => row.to_owned(),
    };
    format!("{shell} #(nop)  {said}")
}
