//! SARIF 2.1.0, as code scanning reads it.

use std::collections::BTreeMap;

use dockwright::{
    diagnostic::{Diagnostic, Fix, Safety},
    lint,
    text::{LineIndex, Span},
};
use serde_json::{Value, json};

use super::{Place, Seen};

/// A log with one run: the rules with their documentation, the results with places, repairs and fingerprints; what a
/// comment silences is there as suppressed.
pub(super) fn text(seen: &Seen<'_>) -> String {
    let mut rules: BTreeMap<&str, &lint::Rule> = BTreeMap::new();
    let all = |it: &lint::Linted| {
        it.shown.iter().chain(&it.silenced).map(|it| it.code).collect::<Vec<_>>()
    };
    for code in seen.reports.iter().flat_map(|it| all(&it.linted)) {
        if let Some(rule) = lint::find(code) {
            rules.insert(rule.code, rule);
        }
    }
    let order: Vec<&str> = rules.keys().copied().collect();
    let mut results = Vec::new();
    for report in seen.reports {
        for (found, is_silenced) in [(&report.linted.shown, false), (&report.linted.silenced, true)]
        {
            let places = seen.of(report, found);
            results.extend(places.iter().map(|it| result(it, &order, is_silenced)));
        }
    }
    let driver = json!({
        "name": "dockwright",
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules.values().map(|it| rule(it, seen.is_hadolint)).collect::<Vec<_>>(),
    });
    let run = json!({
        "tool": { "driver": driver },
        "columnKind": "unicodeCodePoints",
        "results": results,
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    });
    format!("{log:#}\n")
}

fn rule(it: &lint::Rule, is_hadolint: bool) -> Value {
    let id = if is_hadolint { it.hadolint().unwrap_or(it.code) } else { it.code };
    let first = it.docs.split("\n\n").next().unwrap_or_default();
    let first: Vec<_> = first.split_whitespace().collect();
    json!({
        "id": id,
        "name": it.name,
        "shortDescription": { "text": it.name.replace('-', " ") },
        "fullDescription": { "text": first.join(" ") },
        "help": { "text": it.markdown(), "markdown": it.markdown() },
        "defaultConfiguration": { "level": level(it.severity) },
        "properties": { "tags": it.aliases().collect::<Vec<_>>() },
    })
}

fn level(it: dockwright::diagnostic::Severity) -> &'static str {
    match super::word(it) {
        "error" => "error",
        "warning" => "warning",
        _ => "note",
    }
}

fn result(it: &Place<'_>, order: &[&str], is_silenced: bool) -> Value {
    let Diagnostic { code, severity, span, message, help, fix, related } = it.it;
    let index = LineIndex::new(it.text);
    let location = |span: Span| {
        json!({
            "artifactLocation": { "uri": uri(it.file) },
            "region": region(&index, span, it.text),
        })
    };
    let text = match help {
        Some(help) => format!("{message}. {help}"),
        None => message.to_string(),
    };
    let mut result = json!({
        "ruleId": it.code,
        "level": level(*severity),
        "message": { "text": text },
        "locations": [{ "physicalLocation": location(*span) }],
        "partialFingerprints": { "dockwright/v1": it.fingerprint() },
    });
    let Some(fields) = result.as_object_mut() else { return result };
    if let Some(at) = order.iter().position(|it| it == code) {
        fields.insert("ruleIndex".to_owned(), at.into());
    }
    if !related.is_empty() {
        let related = related.iter().map(|it| {
            json!({ "physicalLocation": location(it.span), "message": { "text": it.message } })
        });
        fields.insert("relatedLocations".to_owned(), related.collect());
    }
    if let Some(it_fix) = fix.as_ref().filter(|it| it.safety != Safety::Display) {
        fields.insert("fixes".to_owned(), json!([repair(it_fix, it, &index)]));
    }
    if is_silenced {
        fields.insert("suppressions".to_owned(), json!([{ "kind": "inSource" }]));
    }
    result
}

fn repair(fix: &Fix, it: &Place<'_>, index: &LineIndex<'_>) -> Value {
    let replacements: Vec<_> = fix
        .edits
        .iter()
        .map(|edit| {
            json!({
                "deletedRegion": region(index, edit.span, it.text),
                "insertedContent": { "text": edit.text },
            })
        })
        .collect();
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(it.file) },
            "replacements": replacements,
        }],
    })
}

fn region(index: &LineIndex<'_>, span: Span, text: &str) -> Value {
    let (start, end) = (index.line_col(span.start), index.line_col(span.end));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "snippet": { "text": span.slice(text) },
    })
}

/// A name as a relative reference: RFC 3986.
fn uri(name: &str) -> String {
    let mut uri = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}
