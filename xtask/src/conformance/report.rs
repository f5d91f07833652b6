//! What came out, for a person.

use super::compare::quoted;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The counts of all suites, and the failures.
#[derive(Debug, Default)]
pub(super) struct Report {
    suites: Vec<Suite>,
    failures: Vec<Failure>,
    /// How many rows of each kind were not graded, by why.
    skipped: BTreeMap<String, BTreeMap<String, usize>>,
}

#[derive(Debug, Default)]
struct Suite {
    name: String,
    passed: usize,
    failed: usize,
    skipped: usize,
}

/// A row with another answer than expected.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) id: String,
    /// File and line.
    pub(super) place: String,
    pub(super) kind: String,
    /// The input, a key a line.
    pub(super) input: Vec<String>,
    /// What is different.
    pub(super) lines: Vec<String>,
}

impl Report {
    /// What follows belongs to this suite.
    pub(super) fn suite(&mut self, name: &str) {
        self.suites.push(Suite { name: name.to_owned(), ..Suite::default() });
    }

    pub(super) fn pass(&mut self) {
        self.count(|it| it.passed += 1);
    }

    pub(super) fn fail(&mut self, failure: Failure) {
        self.count(|it| it.failed += 1);
        self.failures.push(failure);
    }

    pub(super) fn skip(&mut self, why: &str, kind: &str) {
        self.count(|it| it.skipped += 1);
        let kinds = self.skipped.entry(why.to_owned()).or_default();
        *kinds.entry(kind.to_owned()).or_default() += 1;
    }

    fn count(&mut self, add: impl FnOnce(&mut Suite)) {
        self.suites.last_mut().map(add).unwrap_or_default();
    }

    pub(super) fn failed(&self) -> usize {
        self.failures.len()
    }

    /// Up to `failures` failures, the table of the suites, what was skipped, and the sum.
    pub(super) fn show(&self, failures: usize) -> String {
        let mut text = String::new();
        for it in self.failures.iter().take(failures) {
            text.push_str(&it.show());
        }
        if failures > 0 && self.failures.len() > failures {
            let more = self.failures.len() - failures;
            text.push_str(&format!(
                "and {more} more failures: --failures {}\n\n",
                self.failures.len()
            ));
        }
        text.push_str(&self.table());
        for (why, kinds) in &self.skipped {
            let rows: usize = kinds.values().sum();
            let kinds: Vec<_> = kinds.iter().map(|(kind, rows)| format!("{kind} {rows}")).collect();
            text.push_str(&format!("skipped, {why}: {rows} rows ({})\n", kinds.join(", ")));
        }
        let passed: usize = self.suites.iter().map(|it| it.passed).sum();
        text.push_str(&format!("{passed} passed, {} failed\n", self.failures.len()));
        text
    }

    fn table(&self) -> String {
        let width = self.suites.iter().map(|it| it.name.len()).max().unwrap_or_default().max(5);
        let mut text = format!("{:width$}  passed  failed  skipped\n", "suite");
        for Suite { name, passed, failed, skipped } in &self.suites {
            text.push_str(&format!("{name:width$}  {passed:6}  {failed:6}  {skipped:7}\n"));
        }
        text
    }
}

impl Failure {
    fn show(&self) -> String {
        let Self { id, place, kind, input, lines } = self;
        let mut text = format!("FAILED {id}\n");
        if !kind.is_empty() {
            text.push_str(&format!("    {kind}, {place}\n"));
        }
        for line in input.iter().chain(lines) {
            text.push_str(&format!("    {}\n", line.replace('\n', "\n    ")));
        }
        text.push('\n');
        text
    }
}

/// The keys of an input and the beginnings of their values.
pub(super) fn shortened(input: &Map<String, Value>) -> Vec<String> {
    let value = |it: &Value| match it {
        Value::String(text) => quoted(text),
        other => {
            let text = other.to_string();
            // Without the quotes around what is no string.
            quoted(&text).trim_matches('"').replace("\\\"", "\"")
        }
    };
    input.iter().map(|(key, it)| format!("{key} = {}", value(it))).collect()
}
