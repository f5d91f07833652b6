//! `directives.*`: what the comments at the top of a file say.

use super::{
    super::{answer::Answer, input::Input},
    Kind,
};
use anyhow::Result;
use dockwright::syntax::parse;

pub(super) const KINDS: &[Kind] = &[Kind::new("directives.all", all)];

fn all(input: &Input<'_>) -> Result<Answer> {
    let parse = parse(input.text("text")?);
    let first = parse.directives.first();
    Ok(Answer::new()
        .with("count", parse.directives.len())
        .with("name0", first.map(|it| it.name.to_lowercase()))
        .with("value0", first.map(|it| it.value.to_string())))
}
