//! Everything that is served: the WASM core, the course, the rules, the page and the agent.

mod agent;
mod course;
mod page;
mod rules;
mod wasm;

pub(crate) use {page::node, wasm::TARGET};

use crate::paths;
use anyhow::{Context, Result, bail};
use std::fs;

/// `build [PART…]`: the named parts, or all. What has not changed is skipped.
pub(crate) fn build(parts: &[&str]) -> Result<()> {
    if parts.is_empty() {
        return all();
    }
    for part in parts {
        match *part {
            "wasm" => wasm::build()?,
            "course" => course::build()?,
            "rules" => rules::build()?,
            "page" => page::build()?,
            "agent" => agent::build()?,
            other => bail!("there is no part {other:?} to build: wasm, course, rules, page, agent"),
        }
    }
    Ok(())
}

/// Builds all, in the order in which the parts need each other.
pub(crate) fn all() -> Result<()> {
    wasm::build()?;
    course::build()?;
    rules::build()?;
    page::build()?;
    agent::build()
}

/// Writes what the page fetches: `www/generated/NAME`.
fn generated(name: &str, text: &str) -> Result<()> {
    let folder = paths::at("www/generated");
    let file = folder.join(name);
    fs::create_dir_all(&folder)?;
    fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
}
