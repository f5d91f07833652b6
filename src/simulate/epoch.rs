//! `SOURCE_DATE_EPOCH`: the time that a reproducible build pretends.

use crate::{
    diagnostic::Diagnostic,
    image::Digest,
    order::Map,
    scope::{Globals, Stage, Stages, globals::cannot_expand},
    simulate::{copy::is_url, git, step::wrong},
    syntax::{Instruction, InstructionKind},
    text::Span,
};

const NAME: &str = "SOURCE_DATE_EPOCH";
const NOT_ONE: &str = "SOURCE_DATE_EPOCH stage must contain exactly one remote ADD";

/// What instructions see of the time.
pub(super) enum Epoch {
    /// What is given.
    Unchanged,
    /// These seconds.
    Seconds(i64),
    /// Nothing: it comes from elsewhere, a stage's `ADD` or the context, and is not known here.
    Unknown,
}

/// Reads the time.
pub(super) fn resolve(
    globals: &Globals,
    build_args: &Map<String>,
    stages: &Stages<'_, '_>,
    escape: char,
) -> Result<Epoch, Box<Diagnostic>> {
    let given = build_args.get(NAME).map(String::as_str);
    let Some(value) = given.or_else(|| globals.get(NAME).filter(|it| !it.is_empty())) else {
        return Ok(Epoch::Unchanged);
    };
    if value.is_empty() || value == "context" {
        return Ok(Epoch::Unknown);
    }
    if let Ok(seconds) = value.parse::<i64>() {
        return Ok(Epoch::Seconds(seconds));
    }
    let is_named =
        |it: &&Stage<'_, '_>| it.name.as_ref().is_some_and(|it| it.eq_ignore_ascii_case(value));
    let Some(stage) = stages.list.iter().find(is_named) else {
        let message = format!("invalid SOURCE_DATE_EPOCH: {value}");
        let help = "Write the seconds since 1970, or the name of a stage with one remote ADD.";
        return Err(Box::new(wrong(Span::at(0), message, help)));
    };
    let place = stage.head.head();
    check(stage, globals, build_args, escape)
        .map_err(|error| {
            Box::new(wrong(place, error, "The stage is FROM scratch and one ADD of an address."))
        })
        .map(|()| Epoch::Unknown)
}

/// Puts the value where instructions look for it.
pub(super) fn set(value: &Epoch, globals: &mut Globals, build_args: &mut Map<String>) {
    let is_global = globals.get(NAME).is_some();
    let is_given = build_args.contains_key(NAME);
    match value {
        Epoch::Unchanged => (),
        Epoch::Seconds(seconds) => {
            if is_global {
                globals.set(NAME, seconds.to_string());
            }
            if is_given {
                build_args.insert(NAME.to_owned(), seconds.to_string());
            }
        }
        Epoch::Unknown => {
            globals.remove(NAME);
            build_args.remove(NAME);
        }
    }
}

/// Checks that a stage is one that a time can come from. An error is in BuildKit's words.
fn check(
    stage: &Stage<'_, '_>,
    globals: &Globals,
    build_args: &Map<String>,
    escape: char,
) -> Result<(), String> {
    let mut env = globals.clone();
    env.remove(NAME);
    let Some(from) = stage.from else { return Ok(()) };
    let base = env.expand(&from.image, escape).map_err(|it| {
        let name = from.image.as_str();
        format!("failed to process source stage base name {name:?}: {}", it.message)
    })?;
    if base.text != "scratch" {
        return Err("SOURCE_DATE_EPOCH stage must use FROM scratch".to_owned());
    }
    let mut found = false;
    for instruction in stage.body {
        match &instruction.kind {
            InstructionKind::Arg(arg) => {
                for it in &arg.variables {
                    let value = match (build_args.get(it.name.as_str()), &it.default) {
                        (Some(given), _) => given.clone(),
                        (None, Some(word)) => {
                            env.expand(word, escape).map_err(|it| it.message.to_string())?.text
                        }
                        (None, None) => continue,
                    };
                    env.set(it.name.as_str().to_owned(), value);
                }
            }
            InstructionKind::Add(_) if found => return Err(NOT_ONE.to_owned()),
            InstructionKind::Add(_) => {
                check_add(instruction, &env, escape)?;
                found = true;
            }
            _ => {
                return Err(format!(
                    "SOURCE_DATE_EPOCH stage does not meet source-only requirements: unsupported {} instruction",
                    instruction.word()
                ));
            }
        }
    }
    if found { Ok(()) } else { Err(NOT_ONE.to_owned()) }
}

fn check_add(instruction: &Instruction<'_>, env: &Globals, escape: char) -> Result<(), String> {
    let InstructionKind::Add(add) = &instruction.kind else { return Ok(()) };
    let [source] = add.sources.as_slice() else { return Err(format!("{NOT_ONE} source")) };
    if !instruction.heredocs.is_empty() {
        return Err(format!("{NOT_ONE} source"));
    }
    let expanded = |word| {
        let found = crate::scope::expand(word, escape, &|name| env.get(name));
        found.map(|it| it.text)
    };
    let source = expanded(source).map_err(|it| cannot_expand(source, &it).message.to_string())?;
    let flags = add.flags();
    let checksum = match flags.checksum.as_ref().filter(|it| !it.is_empty()) {
        Some(word) => {
            Some(expanded(word).map_err(|it| cannot_expand(word, &it).message.to_string())?)
        }
        None => None,
    };
    if flags.keep_git_dir.is_none() && is_url(&source) {
        return match checksum {
            Some(it) => it.parse::<Digest>().map(|_| ()).map_err(|it| it.to_string()),
            None => Ok(()),
        };
    }
    match git::parse(&source)? {
        Some(it) if !it.is_like_a_path => Ok(()),
        Some(_) | None => {
            Err("SOURCE_DATE_EPOCH stage source must be a single HTTP(S) or Git ADD".to_owned())
        }
    }
}
