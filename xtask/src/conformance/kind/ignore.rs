//! `dockerignore.*`: which files of a folder a build does not see.

use super::{
    super::{answer::Answer, input::Input},
    Kind,
};
use anyhow::Result;
use dockwright::ignore::{Patterns, read};

pub(super) const KINDS: &[Kind] =
    &[Kind::new("dockerignore.match", matches), Kind::new("dockerignore.read", patterns)];

fn matches(input: &Input<'_>) -> Result<Answer> {
    let (patterns, path) = (input.texts("patterns")?, input.text("path")?);
    let found = Patterns::new(&patterns).and_then(|it| it.matches(path));
    Ok(match found {
        Ok(found) => Answer::new().with("match", found),
        Err(error) => Answer::error(error),
    })
}

fn patterns(input: &Input<'_>) -> Result<Answer> {
    Ok(match read(input.text("text")?) {
        Ok(patterns) => Answer::new().with("patterns", patterns),
        Err(error) => Answer::error(error),
    })
}
