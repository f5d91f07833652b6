//! `www/generated/course.json`, from the lessons' Markdown.

use super::generated;
use crate::{paths, step::step};
use anyhow::{Result, bail};
use dockwright::lesson::source;
use std::fs;

/// Reads, checks and writes the course.
pub(crate) fn build() -> Result<()> {
    step("course", "the lessons", || {
        let read = |path: &str| fs::read_to_string(paths::at("www/course").join(path)).ok();
        let course = match source::course(&read) {
            Ok(course) => course,
            Err(faults) => bail!("the course has faults:\n{}", faults.join("\n")),
        };
        generated("course.json", &serde_json::to_string(&course)?)?;
        Ok(format!("{} lessons", course.lessons.len()))
    })
}
