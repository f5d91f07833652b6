//! `directives.*`: what the comments at the top of a file say.

use super::{
    super::{answer::Answer, input::Input},
    Kind,
};
use anyhow::Result;
use dockwright::syntax::{
    directives::{Found, detect_syntax, lookup},
    parse,
};

pub(super) const KINDS: &[Kind] = &[
    Kind::new("directives.all", all),
    Kind::new("directives.detect_syntax", syntax),
    Kind::new("directives.parse", one),
];

fn all(input: &Input<'_>) -> Result<Answer> {
    let parse = parse(input.text("text")?);
    let first = parse.directives.first();
    Ok(Answer::new()
        .with("count", parse.directives.len())
        .with("name0", first.map(|it| it.name.to_lowercase()))
        .with("value0", first.map(|it| it.value.to_string())))
}

fn syntax(input: &Input<'_>) -> Result<Answer> {
    Ok(found(detect_syntax(input.text("text")?)))
}

fn one(input: &Input<'_>) -> Result<Answer> {
    Ok(found(lookup(input.text("key")?, input.text("text")?)))
}

/// A directive that stands in one line; nothing is empty.
fn found(it: Option<Found<'_>>) -> Answer {
    let is_found = it.is_some();
    let (value, whole, line) = it.map(|it| (it.value, it.whole, it.line)).unwrap_or_default();
    Answer::new()
        .with("found", is_found)
        .with("value", value.as_ref())
        .with("cmdline", whole.as_ref())
        .with("line_start", line)
        .with("line_end", line)
}
