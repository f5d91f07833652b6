//! Rows of histories as other engines write them.

use super::{Seen, container};
use crate::{
    differential::{
        case::{Answer, Builder, Case, Row},
        model,
    },
    engine::Generation,
};
use dockwright::{
    image::Healthcheck,
    simulate::{Base, Build, Change, Replay, Step, StepKind, path},
    syntax::{InstructionKind, expand::expand, parse},
};
use serde_json::Value;

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
pub(super) fn steps<'b, 'r>(build: &'b Build, rows: &'r mut [Row]) -> Vec<(&'b Step, &'r mut Row)> {
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
        .filter(|step| step.has_row())
        .collect();
    let first = rows.len().saturating_sub(made.len());
    let own = rows.get_mut(first..).unwrap_or_default();
    made.into_iter().zip(own).filter(|(step, row)| step.created_by() == row.created_by).collect()
}

/// Health checks as Go prints the structure with `%q`: the times are quoted texts, the number is a letter.
pub(super) fn healthchecks(seen: &Seen<'_>, answer: &mut Answer) {
    let (Some(build), Some(image)) = (seen.build, answer.image()) else { return };
    for (step, row) in steps(build, &mut image.history) {
        let Change::Healthcheck(check) = &step.change else { continue };
        row.created_by = healthcheck(check, &row.created_by, seen.case.engine);
    }
}

/// A health check in the form of Go's `%q`, with the times of its row in the newest form.
pub(super) fn healthcheck(check: &Healthcheck, row: &str, engine: Generation) -> String {
    let mut text = format!("HEALTHCHECK &{{{}", quoted(&check.test));
    for field in ["Interval", "Timeout", "StartPeriod", "StartInterval"] {
        if field == "StartInterval" && engine == Generation::V20 {
            continue;
        }
        let value = row.rsplit_once(&format!(" {field}:")).map(|it| it.1);
        let value = value.and_then(|it| it.split([' ', '}']).next()).unwrap_or_default();
        text += &format!(" {}", quote(value));
    }
    format!("{text} {}}}", quote_number(check.retries))
}

/// A list of texts as Go's `%q` shows it.
pub(super) fn quoted<'w, W: AsRef<str> + 'w>(words: impl IntoIterator<Item = &'w W>) -> String {
    let words: Vec<String> = words.into_iter().map(|it| quote(it.as_ref())).collect();
    format!("[{}]", words.join(" "))
}

/// A text as Go's `%q` shows it.
pub(super) fn quote(text: &str) -> String {
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
    for (step, row) in steps(build, &mut image.history) {
        if let Some(text) = arg(seen, build, step) {
            row.created_by = text;
        }
    }
}

/// The same of one step, if it is an `ARG`.
pub(super) fn arg(seen: &Seen<'_>, build: &Build, step: &Step) -> Option<String> {
    let Change::Args(values) = &step.change else { return None };
    let escape = parse(&seen.case.text).escape;
    let parsed = parse(&step.text);
    let Some(InstructionKind::Arg(arg)) = parsed.instructions.first().map(|it| &it.kind) else {
        return None;
    };
    let mut text = String::from("ARG");
    for (variable, (name, value)) in arg.variables.iter().zip(values) {
        // The name is expanded too.
        let variables = container::variables(build, step);
        let look_up =
            |name: &str| variables.iter().rev().find(|it| it.0 == name).map(|it| it.1.as_str());
        let shown = expand(name, escape, &look_up).map_or_else(|_| name.into(), |it| it.text);
        text += &format!(" {shown}");
        if variable.default.is_some() {
            let given = seen.case.build_args.contains_key(name.as_str());
            let value = value.as_ref().map(String::from);
            let value = if given { default(seen, step, name) } else { value };
            text += &format!("={}", value.unwrap_or_default());
        }
    }
    Some(text)
}

/// The value that an argument has at a step when it is not given.
fn default(seen: &Seen<'_>, step: &Step, name: &str) -> Option<String> {
    let mut case: Case = seen.case.clone();
    case.build_args.remove(name);
    let (_, build) = model::built(&case, seen.known);
    let same =
        build?.steps.into_iter().find(|it| (it.span, &it.text) == (step.span, &step.text))?;
    match same.change {
        Change::Args(values) => {
            values.iter().find(|it| it.0.as_str() == name)?.1.as_ref().map(String::from)
        }
        _ => None,
    }
}

/// Whether a step of some kind is done for a user who must be looked up.
pub(super) fn has_named_owner(seen: &Seen<'_>, is_kind: fn(&StepKind) -> bool) -> bool {
    let Some(build) = seen.build else { return false };
    // BuildKit knows the number of root, but looks it up for a command; the classic builder always does.
    let is_named = |user: &str, is_run: bool| {
        let is_name = |it: &str| it.is_empty() || !it.bytes().all(|it| it.is_ascii_digit());
        !user.is_empty() && user.split(':').any(|it| is_name(it) && (is_run || it != "root"))
    };
    let mut replay = Replay::default();
    build.steps.iter().any(|step| {
        let user = &replay.after(step).user;
        let user = match &step.kind {
            StepKind::Copy(it) => it.options.chown.as_deref().unwrap_or_default(),
            _ => user,
        };
        let is_run = matches!(step.kind, StepKind::Run(_));
        is_kind(&step.kind) && is_named(user, is_run || seen.case.builder == Builder::Classic)
    })
}

/// Whether a copy of any stage, needed or not, gives its files an owner by name.
pub(super) fn gives_to_named(case: &Case) -> bool {
    let is_named = |it: &str| it.bytes().any(|it| !it.is_ascii_digit() && it != b':');
    parse(&case.text).instructions.iter().any(|it| match &it.kind {
        InstructionKind::Copy(it) | InstructionKind::Add(it) => {
            it.flags().chown.as_deref().is_some_and(is_named)
        }
        _ => false,
    })
}

/// Working directories that stay as they are, cleaned: a relative path is joined to them, though it is empty.
pub(super) fn clean_unchanged(seen: &Seen<'_>, answer: &mut Answer) {
    let (Some(build), Some(image)) = (seen.build, answer.image()) else { return };
    let last =
        image.config.get("WorkingDir").and_then(Value::as_str).unwrap_or_default().to_owned();
    for (step, row) in steps(build, &mut image.history) {
        if let Some(dir) = row.created_by.strip_prefix("WORKDIR ")
            && container::is_empty_workdir(seen.case, build, step)
        {
            let clean = path::clean(dir);
            if dir == last {
                image.config.insert("WorkingDir".into(), clean.as_str().into());
            }
            row.created_by = format!("WORKDIR {clean}");
        }
    }
}

/// Whether a command is run.
pub(super) fn has_run(seen: &Seen<'_>) -> bool {
    let is_run = |step: &Step| matches!(step.kind, StepKind::Run(_));
    seen.build.is_some_and(|build| build.steps.iter().any(is_run))
}
