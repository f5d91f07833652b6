//! The kinds of rows. A kind is a line in the table of its family, a family is a file and a line here.

mod build;
mod config;
mod digest;
mod directives;
mod heredoc;
mod ignore;
mod instruction;
mod parser;
mod place;
mod run;
mod shell;
mod stages;
mod tree;

use super::{answer::Answer, compare::compare, input::Input};
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
}

impl Kind {
    const fn new(name: &'static str, answer: fn(&Input<'_>) -> Result<Answer>) -> Self {
        Self { name, answer, contrast: &[], nested: None }
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
    digest::KINDS,
    directives::KINDS,
    heredoc::KINDS,
    ignore::KINDS,
    instruction::KINDS,
    parser::KINDS,
    run::KINDS,
    shell::KINDS,
    stages::KINDS,
];

/// Kinds that the core has no function for yet.
pub(super) const NOT_YET: &[&str] = &[
    "bflags",
    "commit.change",
    "directives.detect_syntax",
    "directives.parse",
    "expose.ports",
    "heredoc.word",
    "instruction.doc_comments",
    "instruction.healthcheck",
    "instruction.json_args",
    "instruction.run_device",
    "lint",
    "lint.doc",
    "lint.options",
    "platform.only",
    "platform.only_strict",
    "platform.parse",
    "shell.pattern_regex",
    "shell.reverse_pattern",
    "shell.word_matches",
    "shell.words",
];

pub(super) fn find(name: &str) -> Option<&'static Kind> {
    FAMILIES.iter().copied().flatten().find(|it| it.name == name)
}

#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FAMILIES.iter().copied().flatten().map(|it| it.name)
}
