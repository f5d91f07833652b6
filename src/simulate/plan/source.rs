//! What `--from` and mounts name, and what they may have meant.

use crate::{
    scope::{Stages, expand},
    simulate::mount,
    syntax::{Flag, keyword::distance},
};

const NO_VARIABLES: &str = "variable expansion is not supported for --from, define a new stage with FROM using ARG \
     from global scope as a workaround";

/// What an instruction copies from.
pub(super) enum Source {
    /// A stage of the file.
    Stage(usize),
    /// An image; `None` for an empty one, or one that is read already.
    Image(Option<String>),
}

/// The stage or image that a flag names: `--from=x`, `--mount=from=x`. `images` are counted as stages behind those of
/// the file. An error comes with its help.
pub(super) fn source(
    flag: &Flag<'_>,
    is_mount: bool,
    stages: &Stages<'_, '_>,
    escape: char,
    images: usize,
) -> Result<Option<Source>, (String, &'static str)> {
    let image = |name: &str| Source::Image((name != "scratch").then(|| name.to_owned()));
    let named = |name: &str| match stages.named(name) {
        Some(stage) => Source::Stage(stage),
        None => image(name),
    };
    if is_mount {
        // A mount without a source may be a cache, which starts from nothing.
        let from = mount::from(flag);
        let name = if from.is_empty() { "scratch" } else { &from };
        return Ok(Some(named(name)));
    }
    let Some(name) = flag.value.as_ref().filter(|it| !it.is_empty()) else { return Ok(None) };
    let expanded = expand(name, escape, &|_| None);
    match expanded {
        Ok(it) if it.text == name.as_str() => (),
        Ok(_) => {
            let help = "Write FROM $NAME AS source above, and copy from source.";
            return Err((NO_VARIABLES.to_owned(), help));
        }
        Err(error) => return Err((format!("failed to process {:?}: {error}", name.as_str()), "")),
    }
    let digits = name.strip_prefix(['+', '-']).unwrap_or(name);
    if digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return Ok(Some(named(name)));
    }
    let Ok(index) = name.parse::<i64>() else { return Ok(Some(image(name))) };
    match usize::try_from(index) {
        Ok(index) if index < stages.list.len() => Ok(Some(Source::Stage(index))),
        Ok(index) if index < stages.list.len() + images => Ok(Some(Source::Image(None))),
        Ok(_) | Err(_) => Err((format!("invalid stage index {index}"), "Count stages from 0.")),
    }
}

/// The stage that `--from` names.
pub(in crate::simulate) fn stage_of(name: &str, stages: &Stages<'_, '_>) -> Option<usize> {
    match name.parse::<usize>() {
        Ok(index) => Some(index).filter(|it| *it < stages.list.len()),
        Err(_) => stages.named(name),
    }
}

/// The known word that needs the fewest edits from `word`, if at most two; none if the word itself is known.
pub(in crate::simulate) fn suggestion<'k>(
    word: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<&'k str> {
    let mut best = (3, None);
    for it in known {
        if it == word {
            return None;
        }
        // Words of other lengths need more edits.
        if it.len().abs_diff(word.len()) < 3 * 4 && word.len() < 256 {
            let distance = distance(word, it);
            if distance < best.0 {
                best = (distance, Some(it));
            }
        }
    }
    best.1
}

/// Docker's question behind an error, if a known word is near. Here, capitals count.
pub(in crate::simulate) fn suggest<'k>(
    message: String,
    word: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> String {
    match suggestion(word, known) {
        Some(near) => format!("{message} (did you mean {near}?)"),
        None => message,
    }
}
