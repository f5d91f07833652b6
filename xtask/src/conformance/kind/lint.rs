//! `lint.*`: BuildKit's build checks.

use super::{
    super::{answer::Answer, input::Input},
    Kind,
};
use anyhow::Result;
use dockwright::syntax::CheckOptions;
use serde_json::json;

pub(super) const KINDS: &[Kind] = &[Kind::new("lint.options", options)];

fn options(input: &Input<'_>) -> Result<Answer> {
    let list = |it: Vec<String>| Some(it).filter(|it| !it.is_empty());
    Ok(match CheckOptions::parse(input.text("text")?) {
        Ok(CheckOptions { skip, skip_all, experimental, experimental_all, error }) => Answer::new()
            .with("skip", json!(list(skip)))
            .with("skip_all", skip_all)
            .with("experimental", json!(list(experimental)))
            .with("experimental_all", experimental_all)
            .with("error_on_warn", error),
        Err(error) => Answer::error(error),
    })
}
