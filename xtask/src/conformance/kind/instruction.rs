//! `instruction.*`: what one instruction says, and what is wrong with it.

use super::{
    super::{answer::Answer, input::Input},
    Kind, stages,
};
use anyhow::{Context, Result, bail};
use dockwright::{
    diagnostic::Diagnostic,
    scope::Stages,
    syntax::{
        INSTRUCTION, Instruction, InstructionKind, Parse, SYNTAX,
        flag::{self, Spec, check_flag},
        instruction::device::Device,
        parse,
    },
};
use serde_json::{Map, Value, json};

pub(super) const KINDS: &[Kind] = &[
    Kind::new("bflags", bflags),
    Kind::new("instruction.copy", values),
    Kind::new("instruction.doc_comments", doc_comments),
    Kind::new("instruction.error", error),
    Kind::new("instruction.error_ast", error_ast),
    Kind::new("instruction.healthcheck", healthcheck),
    Kind::new("instruction.json_args", json_args),
    Kind::new("instruction.run", values),
    Kind::new("instruction.run_device", run_device),
];

/// The first error that needs only this instruction.
fn first_error<'p>(parse: &'p Parse<'_>) -> Option<&'p Diagnostic> {
    let of = |code: &str| parse.errors.iter().find(|it| it.code == code);
    of(SYNTAX).or_else(|| of(INSTRUCTION))
}

fn error(input: &Input<'_>) -> Result<Answer> {
    let parse = parse(input.text("dockerfile")?);
    Ok(Answer::new().with_error(first_error(&parse).map(|it| it.message.as_ref())))
}

/// The tree is made by hand in the real test; what a text cannot give cannot be asked.
fn error_ast(input: &Input<'_>) -> Result<Answer> {
    input.get("node");
    match input.get("dockerfile") {
        Some(_) => error(input),
        None => Ok(Answer::unreachable("no text gives this tree")),
    }
}

/// The values of the first instruction.
fn values(input: &Input<'_>) -> Result<Answer> {
    let source = input.text("dockerfile")?;
    let parse = parse(source);
    if let Some(error) = first_error(&parse) {
        return Ok(Answer::error(&error.message));
    }
    let Some(instruction) = parse.instructions.first() else { return Ok(Answer::new()) };
    let mut answer = Answer::new();
    if let Value::Object(fields) = stages::value(instruction, source) {
        for (key, value) in fields {
            answer = answer.with(&key, value);
        }
    }
    Ok(answer)
}

fn healthcheck(input: &Input<'_>) -> Result<Answer> {
    let parse = parse(input.text("dockerfile")?);
    if let Some(error) = first_error(&parse) {
        return Ok(Answer::error(&error.message));
    }
    let kind = parse.instructions.first().map(|it| &it.kind);
    let Some(InstructionKind::Healthcheck(it)) = kind else { bail!("it is no HEALTHCHECK") };
    Ok(Answer::new().with("test", it.test()).with("health", stages::health(it)))
}

/// What comments say about stages and variables.
fn doc_comments(input: &Input<'_>) -> Result<Answer> {
    let source = input.text("dockerfile")?;
    let parse = parse(source);
    let stages = Stages::new(&parse);
    let args = |all: &[Instruction<'_>]| -> Vec<Value> {
        let arg = |it: &Instruction<'_>| {
            let InstructionKind::Arg(arg) = &it.kind else { return Vec::new() };
            let of = |name: &str| parse.description(it, source, name).unwrap_or_default();
            arg.variables.iter().map(|it| json!([it.name.as_str(), of(&it.name)])).collect()
        };
        all.iter().flat_map(arg).collect()
    };
    let Some(first) = stages.list.first() else { bail!("there is no stage") };
    let name = first.name.clone().unwrap_or_default();
    Ok(Answer::new()
        .with("meta", args(stages.global))
        .with("stage0", parse.description(first.head, source, &name).unwrap_or_default())
        .with("stage0_args", args(first.body)))
}

fn run_device(input: &Input<'_>) -> Result<Answer> {
    Ok(match Device::read(input.text("value")?) {
        Ok(device) => Answer::new().with("device", stages::device(&device)),
        Err(error) => Answer::error(error),
    })
}

/// The words of a command: those of a JSON array, or one line.
fn json_args(input: &Input<'_>) -> Result<Answer> {
    let args = input.texts("args")?;
    let text = if input.flag("json")? { json!(args).to_string() } else { args.join(" ") };
    let source = format!("CMD {text}");
    let parse = parse(&source);
    let Some(instruction) = parse.instructions.first() else { bail!("it is no instruction") };
    let value = stages::value(instruction, &source);
    Ok(Answer::new().with("args", value.get("cmdline").cloned()))
}

/// The flags of an instruction that does not exist.
fn bflags(input: &Input<'_>) -> Result<Answer> {
    let (mut known, mut values) = (Vec::new(), Map::new());
    for flag in input.get("flags").and_then(Value::as_array).context("there are no flags")? {
        let text = |key: &str| flag.get(key).and_then(Value::as_str);
        let name = text("name").context("a flag has no name")?.to_owned();
        let kind = match text("type") {
            Some("bool") => flag::Kind::Switch,
            Some("string") => flag::Kind::Text,
            Some("strings") => flag::Kind::Texts,
            other => bail!("there is no type {other:?} of flags"),
        };
        values.insert(name.clone(), flag.get("default").cloned().unwrap_or_default());
        // The core's are known when it is built; these few can stay.
        known.push(Spec { name: name.leak(), kind });
    }
    let mut used = Vec::new();
    for word in input.texts("args")? {
        let Some(word) = word.strip_prefix("--") else { bail!("{word} is no flag") };
        if word.is_empty() {
            break;
        }
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (word, None),
        };
        let is_repeated = used.iter().any(|it| it == name);
        if let Err(error) = check_flag(&known, name, value, is_repeated) {
            return Ok(Answer::error(error));
        }
        let is_switch = known.iter().any(|it| it.name == name && it.kind == flag::Kind::Switch);
        let value = match value {
            _ if is_switch => json!(value.is_none_or(|it| it.eq_ignore_ascii_case("true"))),
            value => json!(value),
        };
        values.insert(name.to_owned(), value);
        used.push(name.to_owned());
    }
    used.sort();
    Ok(Answer::new().open("values", values).with("used", used))
}
