//! `www/generated/rules.json`: what the linter's rules say about themselves, by code. The core has no room for it.

use crate::{paths, step::step};
use anyhow::{Context, Result};
use dockwright::lint;
use serde_json::{Map, Value, json};
use std::fs;

/// Writes the rules.
pub(crate) fn build() -> Result<()> {
    step("rules", "what the rules say", || {
        let all: Map<String, Value> =
            lint::rules().map(|it| (it.code.to_owned(), rule(it))).collect();
        let count = all.len();
        let file = paths::at("www/generated/rules.json");
        fs::create_dir_all(paths::at("www/generated"))?;
        let text = Value::Object(all).to_string();
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        Ok(format!("{count} rules"))
    })
}

fn rule(it: &lint::Rule) -> Value {
    json!({ "name": it.name, "aliases": it.aliases().collect::<Vec<_>>(), "docs": it.markdown() })
}
