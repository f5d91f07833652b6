//! What stages start from.

use super::Checker;
use crate::{
    image::{Reference, reference::ReferenceError},
    lint::image::Family,
    scope::{Globals, Stages},
};

/// What a `FROM` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Base {
    /// An image, by this name.
    Image(String),
    /// An earlier stage.
    Stage(usize),
    /// Nothing: `scratch`.
    Scratch,
    /// It depends on a variable without a value, or cannot be read.
    Unknown,
}

/// What is known of what a stage starts from.
pub(super) struct Ground {
    pub(super) base: Base,
    /// The name of the image, read.
    image: Option<Result<Reference, ReferenceError>>,
    /// The number of the lowest stage below, which may be the stage itself.
    root: usize,
    /// What kind of system that one starts from.
    family: Family,
}

/// For each stage, what it starts from.
pub(super) fn grounds(stages: &Stages<'_, '_>, globals: &Globals, escape: char) -> Vec<Ground> {
    let mut all: Vec<Ground> = Vec::with_capacity(stages.list.len());
    for at in 0..stages.list.len() {
        let base = base(stages, globals, at, escape);
        let image = match &base {
            Base::Image(name) => Some(name.parse::<Reference>()),
            Base::Stage(_) | Base::Scratch | Base::Unknown => None,
        };
        let (root, family) = match &base {
            Base::Stage(below) => {
                all.get(*below).map_or((at, Family::Unknown), |it| (it.root, it.family))
            }
            Base::Scratch => (at, Family::Scratch),
            Base::Image(_) | Base::Unknown => (
                at,
                image.as_ref().and_then(|it| it.as_ref().ok()).map_or(Family::Unknown, Family::of),
            ),
        };
        all.push(Ground { base, image, root, family });
    }
    all
}

fn base(stages: &Stages<'_, '_>, globals: &Globals, at: usize, escape: char) -> Base {
    let from = stages.list.get(at).and_then(|it| it.from);
    let expanded = from.and_then(|it| globals.expand(&it.image, escape).ok());
    match expanded {
        Some(it) if it.unset.is_empty() => match stages.before(at, &it.text) {
            Some(below) => Base::Stage(below),
            None if it.text == "scratch" => Base::Scratch,
            None => Base::Image(it.text),
        },
        Some(_) | None => Base::Unknown,
    }
}

impl<'c> Checker<'c> {
    fn ground(&self, at: usize) -> Option<&'c Ground> {
        self.facts.grounds.get(at)
    }

    /// What stage `at` starts from.
    pub(crate) fn base(&self, at: usize) -> &'c Base {
        self.facts.base(at)
    }

    /// The image that stage `at` starts from, as it is named, and read.
    pub(crate) fn image(
        &self,
        at: usize,
    ) -> Option<(&'c str, Result<&'c Reference, &'c ReferenceError>)> {
        let Ground { base: Base::Image(name), image: Some(image), .. } = self.ground(at)? else {
            return None;
        };
        Some((name, image.as_ref()))
    }

    /// Stage `at` and those below it, from the top down.
    pub(crate) fn chain(&self, at: usize) -> impl Iterator<Item = usize> {
        let below = |at: &usize| match self.base(*at) {
            Base::Stage(below) => Some(*below),
            Base::Image(_) | Base::Scratch | Base::Unknown => None,
        };
        std::iter::successors(Some(at), below)
    }

    /// What the lowest stage below stage `at` starts from: never a stage.
    pub(crate) fn root(&self, at: usize) -> &'c Base {
        self.base(self.ground(at).map_or(at, |it| it.root))
    }

    /// The image that the lowest stage below stage `at` starts from.
    pub(crate) fn root_image(&self, at: usize) -> Option<&'c Reference> {
        self.image(self.ground(at)?.root)?.1.ok()
    }

    /// What kind of system stage `at` is.
    pub(crate) fn family(&self, at: usize) -> Family {
        self.ground(at).map_or(Family::Unknown, |it| it.family)
    }
}
