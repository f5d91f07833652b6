//! `instruction.*`: what one instruction says, and what is wrong with it.

use super::{
    super::{answer::Answer, input::Input},
    Kind, stages,
};
use anyhow::Result;
use dockwright::{
    diagnostic::Diagnostic,
    syntax::{INSTRUCTION, Parse, SYNTAX, parse},
};
use serde_json::Value;

pub(super) const KINDS: &[Kind] = &[
    Kind::new("instruction.copy", values),
    Kind::new("instruction.error", error),
    Kind::new("instruction.error_ast", error_ast),
    Kind::new("instruction.run", values),
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
