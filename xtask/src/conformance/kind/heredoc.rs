//! `heredoc.*`: `<<EOF` and the lines up to `EOF`.

use super::{
    super::{answer::Answer, input::Input},
    Kind, tree,
};
use anyhow::Result;
use dockwright::syntax::parse;
use serde_json::{Value, json};

pub(super) const KINDS: &[Kind] = &[
    Kind::new("heredoc.chomp", chomp),
    Kind::new("heredoc.file", file),
    Kind::new("heredoc.line", line),
];

/// The here-documents of each instruction but the first; `null` for none.
fn file(input: &Input<'_>) -> Result<Answer> {
    let source = input.text("dockerfile")?;
    let parse = parse(source);
    let children = tree::nodes(source, &parse)
        .into_iter()
        .skip(1)
        .map(|it| if it.heredocs.is_empty() { Value::Null } else { it.heredocs.into() });
    Ok(Answer::new().with("children_from_1", children.collect::<Vec<_>>()))
}

/// The text as the body of a here-document that drops leading tabs.
fn chomp(input: &Input<'_>) -> Result<Answer> {
    let source = format!("RUN <<-'END OF TEXT'\n{}END OF TEXT\n", input.text("text")?);
    let parse = parse(&source);
    let heredoc = parse.instructions.first().and_then(|it| it.heredocs.first());
    Ok(Answer::new().with("text", heredoc.map(|it| it.content(&source).into_owned())))
}

/// The names that a line opens.
fn line(input: &Input<'_>) -> Result<Answer> {
    let parse = parse(input.text("line")?);
    let heredocs = parse.instructions.first().map(|it| it.heredocs.as_slice()).unwrap_or_default();
    let names: Vec<_> = heredocs.iter().map(|it| it.name.as_str()).collect();
    Ok(Answer::new().with("names", json!(names)))
}
