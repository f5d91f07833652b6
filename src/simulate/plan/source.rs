//! What `--from` and mounts name, and what they may have meant.

use crate::{
    scope::{Stages, expand},
    syntax::expand::is_plain,
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

/// Where a copy or a mount finds its source.
pub(super) struct Places<'p> {
    pub(super) stages: &'p Stages<'p, 'p>,
    pub(super) escape: char,
    /// How many images are counted as stages behind those of the file.
    pub(super) images: usize,
}

impl Places<'_> {
    /// The stage or image that a mount names. One without a name may be a cache, which starts from nothing.
    pub(super) fn of_mount(&self, name: &str) -> Source {
        self.named(if name.is_empty() { "scratch" } else { name })
    }

    fn named(&self, name: &str) -> Source {
        match self.stages.named(name) {
            Some(stage) => Source::Stage(stage),
            None => Source::Image((name != "scratch").then(|| name.to_owned())),
        }
    }

    /// The stage or image that `--from` names. An error comes with its help.
    pub(super) fn of_copy(&self, name: &str) -> Result<Source, (String, &'static str)> {
        let expanded = (!is_plain(name, self.escape)).then(|| expand(name, self.escape, &|_| None));
        match expanded.transpose() {
            Ok(None) => (),
            Ok(Some(it)) if it.text == name => (),
            Ok(Some(_)) => {
                let help = "Write FROM $NAME AS source above, and copy from source.";
                return Err((NO_VARIABLES.to_owned(), help));
            }
            Err(error) => {
                let message = format!("failed to process {name:?}: {error}");
                return Err((message, "Write the name of a stage or of an image."));
            }
        }
        let digits = name.strip_prefix(['+', '-']).unwrap_or(name);
        if digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit()) {
            return Ok(self.named(name));
        }
        let Ok(index) = name.parse::<i64>() else { return Ok(self.named(name)) };
        let count = self.stages.list.len();
        match usize::try_from(index) {
            Ok(index) if index < count => Ok(Source::Stage(index)),
            Ok(index) if index < count + self.images => Ok(Source::Image(None)),
            Ok(_) | Err(_) => Err((format!("invalid stage index {index}"), "Count stages from 0.")),
        }
    }
}

/// The stage that `--from` names.
pub(in crate::simulate) fn stage_of(name: &str, stages: &Stages<'_, '_>) -> Option<usize> {
    match name.parse::<usize>() {
        Ok(index) => Some(index).filter(|it| *it < stages.list.len()),
        Err(_) => stages.named(name),
    }
}
