//! JSON for programs: our own form, reviewdog's and hadolint's.

use dockwright::{
    diagnostic::{Fix, Safety},
    text::LineIndex,
};
use serde_json::{Value, json};

use super::{Place, Seen};
use crate::cli::JSON_VERSION;

/// One object: `version`, `files`.
pub(super) fn text(seen: &Seen<'_>) -> String {
    let files: Vec<Value> = seen
        .reports
        .iter()
        .map(|it| {
            let found: Vec<_> = seen.of(it, &it.linted.shown).iter().map(finding).collect();
            let silenced: Vec<_> = seen.of(it, &it.linted.silenced).iter().map(finding).collect();
            json!({ "file": it.name, "findings": found, "silenced": silenced })
        })
        .collect();
    format!("{:#}\n", json!({ "version": JSON_VERSION, "files": files }))
}

/// One object a line, each with its file.
pub(super) fn lines(seen: &Seen<'_>) -> String {
    let line = |it: &Place<'_>| {
        let mut finding = finding(it);
        if let Some(finding) = finding.as_object_mut() {
            finding.insert("file".to_owned(), it.file.into());
        }
        format!("{finding}\n")
    };
    seen.all().iter().map(line).collect()
}

fn finding(it: &Place<'_>) -> Value {
    json!({
        "code": it.code,
        "name": it.name,
        "severity": it.level,
        "message": it.it.message,
        "help": it.it.help,
        "line": it.start.line,
        "column": it.start.column,
        "end_line": it.end.line,
        "end_column": it.end.column,
        "start": it.it.span.start,
        "end": it.it.span.end,
        "fix": it.it.fix.as_ref().map(fix),
    })
}

fn fix(it: &Fix) -> Value {
    let edits: Vec<_> = it
        .edits
        .iter()
        .map(|it| json!({ "start": it.span.start, "end": it.span.end, "text": it.text }))
        .collect();
    let safety = match it.safety {
        Safety::Safe => "safe",
        Safety::Unsafe => "unsafe",
        Safety::Display => "display",
    };
    json!({ "title": it.title, "safety": safety, "edits": edits })
}

/// reviewdog's Diagnostic Format: columns are bytes of UTF-8, from 1.
pub(super) fn reviewdog(seen: &Seen<'_>) -> String {
    let found: Vec<Value> = seen.all().iter().map(diagnostic).collect();
    let source = json!({ "name": "dockwright" });
    format!("{:#}\n", json!({ "source": source, "diagnostics": found }))
}

fn diagnostic(it: &Place<'_>) -> Value {
    let index = LineIndex::new(it.text);
    let position = |at: u32| {
        let line = index.line(at);
        json!({ "line": line, "column": at - index.line_span(line).start + 1 })
    };
    let range = |start: u32, end: u32| json!({ "start": position(start), "end": position(end) });
    let fix = it.it.fix.iter().filter(|it| it.safety != Safety::Display);
    let suggestions: Vec<_> = fix
        .flat_map(|it| &it.edits)
        .map(|it| json!({ "range": range(it.span.start, it.span.end), "text": it.text }))
        .collect();
    json!({
        "message": it.it.message,
        "location": { "path": it.file, "range": range(it.it.span.start, it.it.span.end) },
        "severity": match it.level { "error" => "ERROR", "warning" => "WARNING", _ => "INFO" },
        "code": { "value": it.code },
        "suggestions": suggestions,
    })
}

/// The fields of hadolint's JSON.
pub(super) fn hadolint(seen: &Seen<'_>) -> String {
    let seen = Seen { is_hadolint: true, ..*seen };
    let found: Vec<Value> = seen
        .all()
        .iter()
        .map(|it| {
            json!({
                "file": it.file,
                "line": it.start.line,
                "column": it.start.column,
                "level": it.level,
                "code": it.code,
                "message": it.it.message,
            })
        })
        .collect();
    format!("{}\n", Value::from(found))
}
