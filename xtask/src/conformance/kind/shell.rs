//! `shell.*`: variables, quotes and escapes in a word.

use super::{
    super::{answer::Answer, input::Input},
    Kind, tree,
};
use anyhow::Result;
use dockwright::syntax::expand::{Use, expand_noting, regex, reverse, words};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const KINDS: &[Kind] = &[
    Kind::new("shell.pattern_regex", pattern_regex),
    Kind::new("shell.reverse_pattern", reverse_pattern),
    Kind::new("shell.word", word),
    Kind::new("shell.word_matches", word),
    Kind::new("shell.words", split),
];

/// One word, and the names of the variables in it.
fn word(input: &Input<'_>) -> Result<Answer> {
    let (word, escape) = (input.text("word")?, input.character("escape", '\\')?);
    let env = input.map("env")?;
    // The case of names means nothing on Windows.
    let any_case = input.maybe_text("os")? == Some("windows");
    let is_same = |it: &str, name: &str| it == name || any_case && it.eq_ignore_ascii_case(name);
    let lookup = |name: &str| env.iter().find(|it| is_same(it.0, name)).map(|it| it.1.as_str());
    let mut uses: Vec<Use> = Vec::new();
    let text = match expand_noting(word, escape, &lookup, &mut uses) {
        Ok(text) => text,
        Err(error) => return Ok(failed(word, &error)),
    };
    let names = |is_set: bool| {
        let these = uses.iter().filter(|it| it.is_set == is_set);
        these.filter_map(|it| word.get(it.name.clone())).collect::<BTreeSet<_>>()
    };
    Ok(Answer::new()
        .with("result", text)
        .with("matched", json!(names(true)))
        .with("unmatched", json!(names(false))))
}

fn split(input: &Input<'_>) -> Result<Answer> {
    let (text, escape) = (input.text("text")?, input.character("escape", '\\')?);
    let list = input.texts("env_list")?;
    let env: BTreeMap<_, _> = list.iter().filter_map(|it| it.split_once('=')).collect();
    Ok(match words(text, escape, &|name| env.get(name).copied()) {
        Ok(words) => Answer::new().with("words", words),
        Err(error) => failed(text, &error),
    })
}

/// The error, behind the word that it is about.
fn failed(word: &str, error: &impl ToString) -> Answer {
    Answer::error(format!("failed to process {}: {}", tree::go_quoted(word), error.to_string()))
}

/// A pattern as a regular expression of Go.
fn pattern_regex(input: &Input<'_>) -> Result<Answer> {
    let found = regex(input.text("pattern")?, input.flag("greedy")?, input.flag("anchored")?);
    Ok(match found {
        Ok(regex) => Answer::new().with("regex", regex),
        Err(error) => Answer::error(error),
    })
}

fn reverse_pattern(input: &Input<'_>) -> Result<Answer> {
    Ok(Answer::new().with("reversed", reverse(input.text("pattern")?)))
}
