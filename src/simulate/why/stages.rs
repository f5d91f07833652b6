//! The stages that an image is made of.

use crate::{
    simulate::{Base, Build, StepKind},
    text::LineIndex,
};

/// One stage of the chain that ends with the image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The stage, from 0.
    pub stage: usize,
    /// Its name.
    pub name: Option<String>,
    /// What it starts from: an image, a stage or `scratch`, as messages call it.
    pub base: String,
    /// The first and last line of its `FROM`, from 1.
    pub lines: (u32, u32),
}

/// The chain, the lowest stage first.
pub(super) fn links(build: &Build, lines: &LineIndex<'_>) -> Vec<Link> {
    let mut links = Vec::new();
    for stage in build.chain() {
        let Some(step) = build.steps_of(stage).first() else { continue };
        let StepKind::From { base } = &step.kind else { continue };
        let base = match base {
            Base::Image(image) => image.familiar(),
            Base::Stage(below) => build.called(*below),
            Base::Scratch => "scratch".to_owned(),
        };
        let name = build.stages.get(stage).and_then(|it| it.name.clone());
        links.push(Link { stage, name, base, lines: lines.lines_of(step.span) });
    }
    links
}
