//! Rows of histories as other engines write them.

use super::Seen;
use crate::{
    differential::{
        case::{Answer, Case, Row, normal},
        model,
    },
    engine::Generation,
};
use dockwright::{
    image::{Healthcheck, Platform},
    simulate::{Base, Bases as _, Build, Change, Replay, Step, StepKind, path},
    syntax::{InstructionKind, parse},
    text::Span,
};
use serde_json::{Map, Value};

/// Changes the rows that start with `start`.
pub(super) fn each(answer: &mut Answer, start: &str, change: impl Fn(&str) -> Option<String>) {
    for row in answer.image().into_iter().flat_map(|it| &mut it.history) {
        if row.created_by.starts_with(start)
            && row.comment == "buildkit.dockerfile.v0"
            && let Some(text) = change(&row.created_by)
        {
            row.created_by = text;
        }
    }
}

/// `EXPOSE [80/tcp]` as a map.
pub(super) fn expose_map(row: &str) -> Option<String> {
    let ports = row.strip_prefix("EXPOSE [")?.strip_suffix(']')?;
    let mut ports: Vec<String> =
        ports.split(' ').filter(|it| !it.is_empty()).map(|it| format!("{it}:{{}}")).collect();
    ports.sort();
    ports.dedup();
    Some(format!("EXPOSE map[{}]", ports.join(" ")))
}

/// `COPY --chown=1 a /` without its flags.
pub(super) fn without_flags(row: &str) -> Option<String> {
    let (word, mut rest) = row.split_once(' ')?;
    while let Some((flag, more)) = rest.split_once(' ')
        && (flag.starts_with("--chown=") || flag.starts_with("--chmod="))
    {
        rest = more;
    }
    Some(format!("{word} {rest}"))
}

/// The steps that made the last rows of the history, each with its row.
fn steps<'b, 'r>(build: &'b Build, rows: &'r mut [Row]) -> Vec<(&'b Step, &'r mut Row)> {
    let mut chain = Vec::new();
    let mut at = build.target;
    while let Some(stage) = at {
        chain.push(stage);
        at = match build.stages.get(stage).and_then(|it| it.base.as_ref()) {
            Some(Base::Stage(below)) => Some(*below),
            Some(Base::Image(_) | Base::Scratch) | None => None,
        };
    }
    let made: Vec<&Step> = chain
        .iter()
        .rev()
        .flat_map(|stage| build.steps_of(*stage))
        .filter(|step| !step.created_by.is_empty())
        .collect();
    let first = rows.len().saturating_sub(made.len());
    let own = rows.get_mut(first..).unwrap_or_default();
    made.into_iter().zip(own).filter(|(step, row)| step.created_by == row.created_by).collect()
}

/// Health checks as Go prints the structure with `%q`: the times are quoted texts, the number is a letter.
pub(super) fn healthchecks(seen: &Seen<'_>, answer: &mut Answer) {
    let (Some(build), Some(image)) = (seen.build, answer.image()) else { return };
    for (step, row) in steps(build, &mut image.history) {
        let Change::Healthcheck(check) = &step.change else { continue };
        let test: Vec<String> = check.test.iter().map(|it| quote(it)).collect();
        let mut text = format!("HEALTHCHECK &{{[{}]", test.join(" "));
        for field in ["Interval", "Timeout", "StartPeriod", "StartInterval"] {
            if field == "StartInterval" && seen.case.engine == Generation::V20 {
                continue;
            }
            let value = row.created_by.rsplit_once(&format!(" {field}:")).map(|it| it.1);
            let value = value.and_then(|it| it.split([' ', '}']).next()).unwrap_or_default();
            text += &format!(" {}", quote(value));
        }
        row.created_by = format!("{text} {}}}", quote_number(check.retries));
    }
}

/// A text as Go's `%q` shows it.
fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for it in text.chars() {
        match it {
            '"' => quoted += "\\\"",
            '\\' => quoted += "\\\\",
            '\n' => quoted += "\\n",
            '\t' => quoted += "\\t",
            '\r' => quoted += "\\r",
            it => quoted.push(it),
        }
    }
    quoted + "\""
}

/// A number as Go's `%q` shows it: as the letter with that number.
fn quote_number(number: i64) -> String {
    match u32::try_from(number).ok().and_then(char::from_u32) {
        Some('\x07') => "'\\a'".into(),
        Some(it) if u32::from(it) < 32 => format!("'\\x{:02x}'", u32::from(it)),
        Some(it) => format!("'{it}'"),
        None => "'\u{fffd}'".into(),
    }
}

/// Arguments with their defaults, as they are without `--build-arg`.
pub(super) fn args(seen: &Seen<'_>, answer: &mut Answer) {
    let (Some(build), Some(image)) = (seen.build, answer.image()) else { return };
    let escape = parse(&seen.case.text).escape;
    for (step, row) in steps(build, &mut image.history) {
        let Change::Args(values) = &step.change else { continue };
        let parsed = parse(&step.text);
        let Some(InstructionKind::Arg(arg)) = parsed.instructions.first().map(|it| &it.kind) else {
            continue;
        };
        let mut text = String::from("ARG");
        for (variable, (name, value)) in arg.variables.iter().zip(values) {
            // The name is expanded too; only its quotes and its escapes are seen here.
            let is_old = seen.case.engine == Generation::V20;
            let shown = if is_old { unquoted(name, escape) } else { name.clone() };
            text += &format!(" {shown}");
            if variable.default.is_some() {
                let given = seen.case.build_args.contains_key(name);
                let value = if given { default(seen, step, name) } else { value.clone() };
                text += &format!("={}", value.unwrap_or_default());
            }
        }
        row.created_by = text;
    }
}

/// A name without the quotes and the escapes of a shell.
fn unquoted(name: &str, escape: char) -> String {
    let mut shown = String::new();
    let mut quote = None;
    let mut letters = name.chars();
    while let Some(it) = letters.next() {
        match quote {
            Some(open) if it == open => quote = None,
            None if it == '"' || it == '\'' => quote = Some(it),
            // In double quotes some letters stay as they are behind it, and with it.
            Some('"') | None if it == escape => match letters.next() {
                Some(next @ ('"' | '$')) => shown.push(next),
                Some(next) if quote.is_none() || next == escape => shown.push(next),
                Some(next) => shown.extend([it, next]),
                None => shown.push(it),
            },
            Some(_) | None => shown.push(it),
        }
    }
    shown
}

/// The value that an argument has at a step when it is not given.
fn default(seen: &Seen<'_>, step: &Step, name: &str) -> Option<String> {
    let mut case: Case = seen.case.clone();
    case.build_args.remove(name);
    let (_, build) = model::built(&case, seen.known);
    let same =
        build?.steps.into_iter().find(|it| (it.span, &it.text) == (step.span, &step.text))?;
    match same.change {
        Change::Args(values) => values.into_iter().find(|it| it.0 == name)?.1,
        _ => None,
    }
}

/// Whether a step of some kind is done for a user who must be looked up.
pub(super) fn has_named_owner(seen: &Seen<'_>, is_kind: fn(&StepKind) -> bool) -> bool {
    let Some(build) = seen.build else { return false };
    let is_named = |user: &str| {
        !user.is_empty()
            && user.split(':').any(|it| {
                it != "root" && (it.is_empty() || !it.bytes().all(|it| it.is_ascii_digit()))
            })
    };
    let mut replay = Replay::default();
    build.steps.iter().any(|step| {
        let user = replay.after(step).user.clone();
        is_kind(&step.kind) && is_named(&user)
    })
}

/// The steps that set the working directory that is set already.
fn unchanged_workdirs(build: &Build) -> Vec<(usize, Span)> {
    let mut replay = Replay::default();
    let mut unchanged = Vec::new();
    let mut before = String::new();
    for step in &build.steps {
        let dir = replay.after(step).working_dir.clone();
        if matches!(step.kind, StepKind::Workdir)
            && (dir == before || before.is_empty() && dir == "/")
        {
            unchanged.push((step.stage, step.span));
        }
        before = dir;
    }
    unchanged
}

/// Whether a step sets the working directory that is set already.
pub(super) fn has_unchanged_workdir(seen: &Seen<'_>) -> bool {
    seen.build.is_some_and(|it| !unchanged_workdirs(it).is_empty())
}

/// Working directories that stay as they are, cleaned: a relative path is joined to them, though it is empty.
pub(super) fn clean_unchanged(seen: &Seen<'_>, answer: &mut Answer) {
    let (Some(build), Some(image)) = (seen.build, answer.image()) else { return };
    let unchanged = unchanged_workdirs(build);
    let last =
        image.config.get("WorkingDir").and_then(Value::as_str).unwrap_or_default().to_owned();
    for (step, row) in steps(build, &mut image.history) {
        if let Some(dir) = row.created_by.strip_prefix("WORKDIR ")
            && unchanged.contains(&(step.stage, step.span))
        {
            let clean = path::clean(dir);
            if dir == last {
                image.config.insert("WorkingDir".into(), clean.as_str().into());
            }
            row.created_by = format!("WORKDIR {clean}");
        }
    }
}

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

/// What the shell form of nothing is.
pub(super) fn bare_commands(_: &Seen<'_>, answer: &mut Answer) {
    let Some(image) = answer.image() else { return };
    if let Some(Value::Array(words)) = image.config.get_mut("Cmd")
        && words.last().is_some_and(|it| it == "")
    {
        words.pop();
    }
    if image
        .config
        .get("Entrypoint")
        .and_then(Value::as_array)
        .is_some_and(|it| it.last().is_some_and(|it| it == ""))
    {
        image.config.remove("Entrypoint");
    }
}

/// Whether a command is run.
pub(super) fn has_run(seen: &Seen<'_>) -> bool {
    let is_run = |step: &Step| matches!(step.kind, StepKind::Run { .. });
    seen.build.is_some_and(|build| build.steps.iter().any(is_run))
}
