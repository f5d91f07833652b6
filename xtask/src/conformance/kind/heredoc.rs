//! `heredoc.*`: `<<EOF` and the lines up to `EOF`.

use super::{
    super::{answer::Answer, input::Input},
    Kind, tree,
};
use anyhow::Result;
use dockwright::syntax::{
    heredoc::{Opener, opener, openers, strip_tabs},
    parse,
};
use serde_json::{Value, json};

pub(super) const KINDS: &[Kind] = &[
    Kind::new("heredoc.chomp", chomp),
    Kind::new("heredoc.file", file),
    Kind::new("heredoc.line", line),
    Kind::new("heredoc.word", word),
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
    Ok(Answer::new().with("text", strip_tabs(input.text("text")?)))
}

/// The names that a line opens.
fn line(input: &Input<'_>) -> Result<Answer> {
    let names: Vec<_> = openers(input.text("line")?).into_iter().map(|it| it.0.name).collect();
    Ok(Answer::new().with("names", names))
}

/// What one word opens.
fn word(input: &Input<'_>) -> Result<Answer> {
    Ok(match opener(input.text("word")?) {
        Ok(None) => Answer::new().with("heredoc", Value::Null),
        Ok(Some(it)) => {
            let Opener { name, descriptor, expand, strip_tabs } = it;
            let heredoc = json!({
                "name": name,
                "expand": expand,
                "chomp": strip_tabs,
                "fd": descriptor,
            });
            Answer::new()
                .with("heredoc", heredoc)
                .with("name", name)
                .with("expand", expand)
                .with("chomp", strip_tabs)
                .with("fd", descriptor)
        }
        Err(error) => Answer::error(error),
    })
}
