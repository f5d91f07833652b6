//! The labels of a file, for the rules about them.

use crate::{
    lint::{
        checker::{Checker, Finding},
        settings::LabelKind,
    },
    syntax::{Instruction, InstructionKind, expand::expand, instruction::env::Pair},
    text::Span,
};

/// A label, as a `LABEL` of a stage writes it.
pub(super) struct Label<'c> {
    /// The number of the stage.
    pub(super) stage: usize,
    /// The `LABEL`.
    pub(super) instruction: &'c Instruction<'c>,
    /// Which of its pairs it is.
    pub(super) at: usize,
    /// The key and the value as written.
    pub(super) pair: &'c Pair<'c>,
    /// The key; `None` if a variable is in it.
    pub(super) key: Option<String>,
}

impl Label<'_> {
    /// The value; `None` if a variable is in it.
    pub(super) fn value(&self, checker: &Checker<'_>) -> Option<String> {
        fixed(checker, &self.pair.value)
    }

    /// Where the key stands, without quotes around it.
    pub(super) fn key_span(&self) -> Span {
        inner(&self.pair.name, self.pair.name.span)
    }

    /// Where the value stands, or the key if there is none.
    pub(super) fn value_span(&self) -> Span {
        let value = &self.pair.value;
        if value.trim_matches(['"', '\'']).is_empty() {
            self.pair.name.span.to(value.span)
        } else {
            inner(value, value.span)
        }
    }
}

/// The place of a text without the quotes at both ends.
fn inner(text: &str, span: Span) -> Span {
    let is_quoted =
        text.len() > 2 && ['"', '\''].iter().any(|it| text.starts_with(*it) && text.ends_with(*it));
    if is_quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}

/// The labels of all stages, in order.
pub(super) fn labels<'c>(checker: &Checker<'c>) -> Vec<Label<'c>> {
    let mut all = Vec::new();
    for (stage, it) in checker.stages().iter().enumerate() {
        for instruction in it.body {
            let InstructionKind::Label(label) = &instruction.kind else { continue };
            for (at, pair) in label.pairs.iter().enumerate() {
                let key = fixed(checker, &pair.name);
                all.push(Label { stage, instruction, at, pair, key });
            }
        }
    }
    all
}

/// Reports the labels that have a value which is not of the kind that the settings want.
pub(super) fn check(
    checker: &Checker<'_>,
    kind: LabelKind,
    is_right: fn(&str) -> bool,
    what: &str,
    help: &'static str,
) {
    let wanted: Vec<&str> =
        checker.options().labels.iter().filter(|it| it.1 == kind).map(|it| &*it.0).collect();
    if wanted.is_empty() {
        return;
    }
    for label in labels(checker) {
        let Some(key) = label.key.as_deref().filter(|it| wanted.contains(it)) else { continue };
        // An empty one is another rule's matter.
        let value = label.value(checker).filter(|it| !it.is_empty());
        if value.is_some_and(|it| !is_right(&it)) {
            let message = format!("the label `{key}` is {what}");
            checker.report(Finding::new(label.value_span(), message, help));
        }
    }
}

/// What a word is without variables.
fn fixed(checker: &Checker<'_>, word: &str) -> Option<String> {
    if word.contains('$') {
        // An escaped one is none, but such labels are rare.
        return None;
    }
    Some(expand(word, checker.parse().escape, &|_| None).ok()?.text)
}
