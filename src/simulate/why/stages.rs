//! The stages that an image is made of.

use crate::simulate::{Base, Build, StepKind, why::Lines};

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
pub(super) fn links(build: &Build, lines: &Lines<'_>) -> Vec<Link> {
    let mut links = Vec::new();
    for stage in chain(build) {
        let Some(step) = build.steps_of(stage).first() else { continue };
        let StepKind::From { base } = &step.kind else { continue };
        let base = match base {
            Base::Image(image) => image.familiar(),
            Base::Stage(below) => called(build, *below),
            Base::Scratch => "scratch".to_owned(),
        };
        let name = build.stages.get(stage).and_then(|it| it.name.clone());
        links.push(Link { stage, name, base, lines: lines.of(step.span) });
    }
    links
}

/// What a stage is called: its name, or `stage 0`.
pub(super) fn called(build: &Build, stage: usize) -> String {
    let name = build.stages.get(stage).and_then(|it| it.name.clone());
    name.unwrap_or_else(|| format!("stage {stage}"))
}

/// The stages that the image is made of, the lowest first.
pub(super) fn chain(build: &Build) -> Vec<usize> {
    let mut chain = Vec::new();
    let mut next = build.target;
    while let Some(at) = next {
        chain.push(at);
        next = build.steps_of(at).iter().find_map(|it| match it.kind {
            StepKind::From { base: Base::Stage(below) } if below < at => Some(below),
            _ => None,
        });
    }
    chain.reverse();
    chain
}
