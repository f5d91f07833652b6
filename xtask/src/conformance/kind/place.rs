//! The first error of a file as BuildKit prints it, and its place.

use dockwright::{
    diagnostic::Diagnostic,
    syntax::{Parse, SYNTAX, docker_text, parse},
    text::{LineIndex, Span},
};
use serde_json::{Value, json};

/// The error that Docker prints: with the line for those errors where it says the line.
pub(super) fn text(error: &Diagnostic, source: &str) -> String {
    docker_text(error, source)
}

/// Errors that BuildKit has no place for; the core has one for most of them.
const NOWHERE: &[&str] = &[
    "dockerfile contains no stages to build",
    "invalid SOURCE_DATE_EPOCH",
    "invalid stage index ",
    "target stage ",
    "variable expansion is not supported for --from",
];

/// The lines of an error, and those of the other places that it is about.
pub(super) fn all(error: &Diagnostic, related: &[(Span, Span)], source: &str) -> Value {
    let parse = parse(source);
    let mut found = locations(error, source, &parse);
    for (_, other) in related.iter().filter(|it| it.0 == error.span) {
        let other = locations(&Diagnostic { span: *other, ..error.clone() }, source, &parse);
        if let (Value::Array(all), Value::Array(mut other)) = (&mut found, other) {
            all.append(&mut other);
        }
    }
    found
}

/// The lines of an error: those of its instruction; `null` for none.
pub(super) fn locations(error: &Diagnostic, source: &str, parse: &Parse<'_>) -> Value {
    if NOWHERE.iter().any(|it| error.message.starts_with(it)) {
        return Value::Null;
    }
    let index = LineIndex::new(source);
    let start = error.span.start;
    if error.message.starts_with("dockerfile line greater than") {
        // It is never read, hence not counted.
        let line = index.line(start) - 1;
        return json!([[line, line]]);
    }
    let instruction =
        parse.instructions.iter().find(|it| it.span.start <= start && start <= it.span.end);
    if let Some(it) = instruction {
        let (first, last) = super::tree::lines(&index, it);
        return json!([[first, last]]);
    }
    // A directive is read before its line is counted; what is wrong with the whole file is found at its end.
    let is_directive = parse.directives.iter().any(|it| it.span.overlaps(error.span));
    let line = match (is_directive, error.code == SYNTAX) {
        (true, _) => index.line(start) - 1,
        (false, true) => u32::try_from(source.lines().count()).unwrap_or(u32::MAX),
        (false, false) => index.line(start),
    };
    json!([[line, line]])
}
