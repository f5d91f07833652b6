//! The files that a step can see.

use std::sync::Arc;

use super::{Plan, steps::Stage};
use crate::{
    engine::{Engine, Image},
    image::Reference,
    simulate::{cache::Known, files::tree::Tree},
};

/// What a step can see besides its own stage.
pub(super) struct Around<'a> {
    pub(super) engine: &'a Engine,
    pub(super) plan: &'a Plan,
    /// The number, the name and the image of each stage so far.
    pub(super) stages: &'a [(usize, Option<String>, Stage)],
}

impl Around<'_> {
    /// The files of a stage, or of an image; or the image that cannot be had.
    pub(super) fn files(&self, name: &str) -> Result<Arc<Tree>, Reference> {
        if let Some((_, tree)) = self.stage(name) {
            return Ok(tree);
        }
        let Ok(reference) = name.parse::<Reference>() else { return Ok(Arc::default()) };
        self.image(&reference).ok_or_else(|| reference.with_default_tag())
    }

    fn root(&self, image: &Reference) -> Option<&Image> {
        let name = image.clone().with_default_tag();
        let local = self.engine.image(&name.to_string());
        local.or_else(|| self.engine.hub.pull(&name).ok())
    }
}

impl Known for Around<'_> {
    fn context(&self) -> Arc<Tree> {
        Arc::clone(&self.plan.context)
    }

    fn stage(&self, name: &str) -> Option<(usize, Arc<Tree>)> {
        let lower = name.to_ascii_lowercase();
        let by_name = |it: &&(usize, Option<String>, Stage)| {
            it.1.as_deref() == Some(lower.as_str()) || it.0.to_string() == lower
        };
        let found = self.stages.iter().rev().find(by_name)?;
        Some((found.0, Arc::new(found.2.root.tree())))
    }

    fn image(&self, image: &Reference) -> Option<Arc<Tree>> {
        Some(Arc::new(self.root(image)?.root.tree()))
    }

    fn id(&self, image: &Reference) -> Option<String> {
        Some(self.root(image)?.id.to_string())
    }
}
