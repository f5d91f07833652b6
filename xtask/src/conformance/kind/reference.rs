//! `reference.*`: names of images, as a user writes them.

use super::{
    super::{answer::Answer, input::Input},
    Kind,
};
use anyhow::Result;
use dockwright::image::Reference;

pub(super) const KINDS: &[Kind] = &[Kind::new("reference.normalized", normalized)];

fn normalized(input: &Input<'_>) -> Result<Answer> {
    Ok(match input.text("ref")?.parse::<Reference>() {
        Ok(it) => Answer::new()
            .with("string", it.to_string())
            .with("domain", it.registry.as_str())
            .with("path", it.path.as_str())
            .with("familiar_name", it.familiar_name())
            .with("familiar", it.familiar())
            .with("tag", it.tag.clone().unwrap_or_default())
            .with("digest", it.digest.as_ref().map(ToString::to_string).unwrap_or_default()),
        Err(error) => Answer::error(error),
    })
}
