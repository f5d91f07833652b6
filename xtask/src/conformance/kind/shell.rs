//! `shell.*`: variables, quotes and escapes in a word.

use super::{
    super::{answer::Answer, input::Input},
    Kind, tree,
};
use anyhow::Result;
use dockwright::scope::expand;

pub(super) const KINDS: &[Kind] = &[Kind::new("shell.word", word)];

fn word(input: &Input<'_>) -> Result<Answer> {
    let (word, escape) = (input.text("word")?, input.character("escape", '\\')?);
    let env = input.map("env")?;
    // The case of names means nothing on Windows.
    let any_case = input.maybe_text("os")? == Some("windows");
    let is_same = |it: &str, name: &str| it == name || any_case && it.eq_ignore_ascii_case(name);
    let lookup = |name: &str| env.iter().find(|it| is_same(it.0, name)).map(|it| it.1.as_str());
    Ok(match expand(word, escape, &lookup) {
        Ok(found) => Answer::new().with("result", found.text),
        Err(error) => {
            Answer::error(format!("failed to process {}: {error}", tree::go_quoted(word)))
        }
    })
}
