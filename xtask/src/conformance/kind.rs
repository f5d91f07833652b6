//! The kinds of rows. A kind is a line in the table of its family, a family is a file and a line here.

mod build;
mod commit;
mod config;
mod digest;
mod directives;
mod expose;
mod heredoc;
mod ignore;
mod instruction;
mod lint;
mod option;
mod parser;
mod place;
mod platform;
mod reference;
mod registry;
mod run;
mod shell;
mod stages;
mod tree;
mod units;

use super::{answer::Answer, compare::compare, input::Input, row::Row};
use anyhow::Result;
use serde_json::{Map, Value};

/// A kind of rows, and how the core answers them.
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) answer: fn(&Input<'_>) -> Result<Answer>,
    /// What is expected of another tool, for contrast: it is not graded.
    contrast: &'static [&'static str],
    /// The key that holds what is expected, where there is something for contrast beside it.
    nested: Option<&'static str>,
    /// Keys of what is expected that belong to the question: how something is asked.
    asked: &'static [&'static str],
}

impl Kind {
    const fn new(name: &'static str, answer: fn(&Input<'_>) -> Result<Answer>) -> Self {
        Self { name, answer, contrast: &[], nested: None, asked: &[] }
    }

    /// Moves what is asked to the input.
    pub(super) fn ask(&self, row: &mut Row) {
        for key in self.asked {
            if let Some(value) = row.expect.remove(*key) {
                row.input.insert((*key).to_owned(), value);
            }
        }
    }

    /// What is different between an answer and what is expected.
    pub(super) fn compare(&self, expect: &Map<String, Value>, answer: &Answer) -> Vec<String> {
        match self.nested.and_then(|key| Some((key, expect.get(key)?.as_object()?))) {
            Some((key, inside)) => {
                let mut lines = compare(inside, answer, &[]);
                let others = expect.keys().filter(|it| *it != key);
                let others = others.filter(|it| !self.contrast.contains(&it.as_str()));
                lines.extend(others.map(|it| format!("expect key {it} is not graded")));
                lines
            }
            None => compare(expect, answer, self.contrast),
        }
    }
}

const FAMILIES: &[&[Kind]] = &[
    build::KINDS,
    commit::KINDS,
    digest::KINDS,
    directives::KINDS,
    expose::KINDS,
    heredoc::KINDS,
    ignore::KINDS,
    instruction::KINDS,
    lint::KINDS,
    option::KINDS,
    parser::KINDS,
    platform::KINDS,
    reference::KINDS,
    registry::KINDS,
    run::KINDS,
    shell::KINDS,
    stages::KINDS,
    units::KINDS,
];

/// Kinds that the core has no function for yet.
pub(super) const NOT_YET: &[&str] = &["registry.index_name"];

pub(super) fn find(name: &str) -> Option<&'static Kind> {
    FAMILIES.iter().copied().flatten().find(|it| it.name == name)
}

#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FAMILIES.iter().copied().flatten().map(|it| it.name)
}
