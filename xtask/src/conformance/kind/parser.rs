//! Text to instructions: `dockerfile.*` but stages, `parser.*`.

use super::{
    super::{answer::Answer, input::Input},
    Kind, place, tree,
};
use anyhow::{Context, Result};
use dockwright::{
    syntax::{Form, InstructionKind, Parse, SYNTAX, Text, parse, words},
    text::LineIndex,
};
use serde_json::{Value, json};

pub(super) const KINDS: &[Kind] = &[
    Kind::new("dockerfile.ast", ast),
    Kind::new("dockerfile.ast_dump", dump),
    Kind::new("dockerfile.empty_continuation_warnings", empty_continuations),
    Kind::new("dockerfile.lines", lines),
    Kind::new("dockerfile.parse_error", parse_error),
    Kind::new("parser.json_array", json_array),
    Kind::new("parser.name_val", name_val),
    Kind::new("parser.words", parse_words),
];

/// The first error of the text parser, which knows nothing of what instructions mean.
fn text_error<'p>(parse: &'p Parse<'_>) -> Option<&'p dockwright::diagnostic::Diagnostic> {
    parse.errors.iter().find(|it| it.code == SYNTAX)
}

fn failed(error: &dockwright::diagnostic::Diagnostic, source: &str, parse: &Parse<'_>) -> Answer {
    Answer::error(place::text(error, source))
        .places("locations", place::locations(error, source, parse))
}

fn dump(input: &Input<'_>) -> Result<Answer> {
    let source = input.text("dockerfile")?;
    let parse = parse(source);
    if let Some(error) = text_error(&parse) {
        return Ok(failed(error, source, &parse));
    }
    Ok(Answer::new().with("dump", tree::dump(&tree::nodes(source, &parse))))
}

fn ast(input: &Input<'_>) -> Result<Answer> {
    let source = input.text("dockerfile")?;
    let parse = parse(source);
    if let Some(error) = text_error(&parse) {
        return Ok(failed(error, source, &parse));
    }
    let nodes = tree::nodes(source, &parse);
    Ok(Answer::new()
        .with("dump", tree::dump(&nodes))
        .with("escape", parse.escape.to_string())
        .with("start", nodes.first().map(|it| it.lines.0))
        .with("end", nodes.last().map(|it| it.lines.1))
        .with("nodes", nodes.iter().map(tree::Node::value).collect::<Vec<_>>())
        .with("warnings", warnings(source, &parse)))
}

/// What the text parser warns of: empty lines inside continuations.
fn warnings(source: &str, parse: &Parse<'_>) -> Vec<Value> {
    let index = LineIndex::new(source);
    let found = parse.instructions.iter().filter(|it| it.has_empty_continuation());
    found
        .map(|it| {
            json!({
                "short": format!("Empty continuation line found in: {}", it.line),
                "detail": ["Empty continuation lines will become errors in a future release"],
                "url": "https://docs.docker.com/go/dockerfile/rule/no-empty-continuation/",
                "line": index.line(it.head().end),
            })
        })
        .collect()
}

fn empty_continuations(input: &Input<'_>) -> Result<Answer> {
    let source = input.text("dockerfile")?;
    let parse = parse(source);
    let found = warnings(source, &parse);
    let text = |it: &Value, key: &str| it.get(key).cloned().unwrap_or_default();
    let short: Vec<_> = found.iter().map(|it| json!({ "short": text(it, "short") })).collect();
    let detail = found.first().and_then(|it| it.get("detail")?.get(0).cloned());
    Ok(Answer::new().open("warnings", short).with("detail0", detail))
}

fn lines(input: &Input<'_>) -> Result<Answer> {
    let source = input.text("dockerfile")?;
    let nodes = tree::nodes(source, &parse(source));
    let children: Vec<_> = nodes.iter().map(|it| json!([it.lines.0, it.lines.1])).collect();
    Ok(Answer::new()
        .with("start", nodes.first().map(|it| it.lines.0))
        .with("end", nodes.last().map(|it| it.lines.1))
        .with("children", children))
}

fn parse_error(input: &Input<'_>) -> Result<Answer> {
    let source = match input.maybe_text("dockerfile")? {
        Some(it) => it.to_owned(),
        None => filled_in(input)?,
    };
    let parse = parse(&source);
    Ok(match text_error(&parse) {
        Some(error) => failed(error, &source, &parse),
        None => Answer::new(),
    })
}

/// A template, its `{A}` replaced by many repetitions of a text.
fn filled_in(input: &Input<'_>) -> Result<String> {
    let template = input.text("dockerfile_template")?;
    let part = input.get("A").context("there is no A")?;
    let repeat = part.get("repeat").and_then(Value::as_str).context("A.repeat is no string")?;
    let count = part.get("count").and_then(Value::as_u64).context("A.count is no number")?;
    Ok(template.replace("{A}", &repeat.repeat(usize::try_from(count)?)))
}

/// One instruction, with the escape character that it is read with.
fn instruction(keyword: &str, text: &str, escape: char) -> String {
    format!("# escape={escape}\n{keyword} {text}\n")
}

fn parse_words(input: &Input<'_>) -> Result<Answer> {
    let (text, escape) = (input.text("text")?, input.character("escape", '\\')?);
    Ok(Answer::new().with("words", json!(words(text, escape).collect::<Vec<_>>())))
}

fn json_array(input: &Input<'_>) -> Result<Answer> {
    let source = instruction("CMD", input.text("text")?, '\\');
    let parse = parse(&source);
    if let Some(error) = text_error(&parse) {
        return Ok(Answer::error(&error.message));
    }
    Ok(match parse.instructions.first().map(|it| &it.kind) {
        Some(InstructionKind::Cmd(cmd)) => match &cmd.command {
            Form::Exec(words) => {
                let words: Vec<_> = words.iter().map(Text::as_str).collect();
                Answer::new().with("strings", json!(words))
            }
            Form::Shell(_) => Answer::error("not a JSON array"),
        },
        _ => Answer::error("not a JSON array"),
    })
}

fn name_val(input: &Input<'_>) -> Result<Answer> {
    let source = instruction(input.text("key")?, input.text("text")?, '\\');
    let parse = parse(&source);
    if let Some(error) = text_error(&parse) {
        return Ok(Answer::error(&error.message));
    }
    let nodes = tree::nodes(&source, &parse);
    Ok(Answer::new().with("nodes", json!(nodes.first().map(|it| &it.args))))
}
