//! A code quality report for GitLab.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Seen;

/// An array of issues, each with a fingerprint of its own.
pub(super) fn text(seen: &Seen<'_>) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let issues: Vec<Value> = seen
        .all()
        .iter()
        .map(|it| {
            let mut fingerprint = it.fingerprint();
            let count = counts.entry(fingerprint.clone()).or_default();
            // The same once more in one file is another issue.
            if *count > 0 {
                fingerprint = format!("{fingerprint}-{count}");
            }
            *count += 1;
            json!({
                "type": "issue",
                "check_name": it.code,
                "description": it.it.message,
                "categories": ["Style"],
                "fingerprint": fingerprint,
                "severity": match it.level {
                    "error" => "critical",
                    "warning" => "major",
                    "info" => "minor",
                    _ => "info",
                },
                "location": {
                    "path": it.file,
                    "positions": {
                        "begin": { "line": it.start.line, "column": it.start.column },
                        "end": { "line": it.end.line, "column": it.end.column },
                    },
                },
            })
        })
        .collect();
    format!("{:#}\n", Value::from(issues))
}
