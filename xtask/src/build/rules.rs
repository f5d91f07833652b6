//! `www/generated/rules.json`: what the linter's rules say about themselves, by code. The core has no room for it.

use super::generated;
use crate::step::step;
use anyhow::Result;
use dockwright::lint;
use std::collections::BTreeMap;

/// Writes the rules.
pub(crate) fn build() -> Result<()> {
    step("rules", "what the rules say", || {
        let all: BTreeMap<_, _> = lint::rules().map(|it| (it.code, it.markdown())).collect();
        generated("rules.json", &serde_json::to_string(&all)?)?;
        Ok(format!("{} rules", all.len()))
    })
}
