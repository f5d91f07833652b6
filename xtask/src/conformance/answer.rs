//! What the core answers to the input of a row. Whoever makes it does not see what is expected.

use serde_json::Value;
use std::collections::BTreeMap;

/// Values by the keys of `expect`, and the error if there is one.
#[derive(Debug, Default)]
pub(super) struct Answer {
    values: BTreeMap<String, Found>,
    error: Option<String>,
    /// Whether what is not expected must not be there.
    is_closed: bool,
    out_of_reach: Option<&'static str>,
}

/// A value of an answer.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) value: Value,
    pub(super) mode: Mode,
}

/// What an object may have that the other one has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Nothing.
    Whole,
    /// What is found may have more fields, as rows name a part of them.
    Open,
    /// As in `Open`, of warnings: rows sort them by line, rule and words, a build gives them in the order of its work.
    Warnings,
    /// Nothing; what stands twice in a row counts once, as BuildKit wraps some errors twice in the same lines.
    Places,
    /// A field that is absent is an empty one. A field that is found as `?name` counts only if it is expected.
    Sparse,
}

impl Answer {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// An answer of which every value must be expected: rows leave out what is empty.
    pub(super) fn closed() -> Self {
        Self { is_closed: true, ..Self::default() }
    }

    /// The answer is an error and nothing more.
    pub(super) fn error(error: impl ToString) -> Self {
        Self::new().with_error(Some(error))
    }

    /// What the row asks cannot be asked of the core, and why.
    pub(super) fn unreachable(why: &'static str) -> Self {
        Self { out_of_reach: Some(why), ..Self::default() }
    }

    pub(super) fn with_error(mut self, error: Option<impl ToString>) -> Self {
        self.error = error.map(|it| it.to_string());
        self
    }

    /// A value that is compared whole: what is not expected of it must not be there.
    pub(super) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.values.insert(key.to_owned(), Found { value: value.into(), mode: Mode::Whole });
        self
    }

    /// A value of which all that is expected is compared.
    pub(super) fn open(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.values.insert(key.to_owned(), Found { value: value.into(), mode: Mode::Open });
        self
    }

    /// What a build warns of.
    pub(super) fn warnings(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.values.insert(key.to_owned(), Found { value: value.into(), mode: Mode::Warnings });
        self
    }

    /// The lines of an error.
    pub(super) fn places(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.values.insert(key.to_owned(), Found { value: value.into(), mode: Mode::Places });
        self
    }

    /// A value whose objects leave out what is empty, or do not.
    pub(super) fn sparse(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.values.insert(key.to_owned(), Found { value: value.into(), mode: Mode::Sparse });
        self
    }

    pub(super) fn get(&self, key: &str) -> Option<&Found> {
        self.values.get(key)
    }

    pub(super) fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// The values that must be expected.
    pub(super) fn must_be_expected(&self) -> impl Iterator<Item = (&str, &Value)> {
        let all = self.values.iter().filter(|_| self.is_closed);
        all.map(|(key, it)| (key.as_str(), &it.value))
    }

    pub(super) fn error_text(&self) -> Option<&str> {
        self.error.as_deref()
    }

    pub(super) fn out_of_reach(&self) -> Option<&'static str> {
        self.out_of_reach
    }
}
