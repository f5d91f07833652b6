//! Values of several fields between commas, as `--mount` and `--device` have them.
//!
//! The rules are those of Go's `encoding/csv` for one line.

use std::ops::Range;

use crate::syntax::{Text, wrong::Wrong};

/// The fields of `value`, without quotes; `what` is what they are, for the error.
pub(crate) fn fields<'a>(value: &Text<'a>, what: &str) -> Result<Vec<Text<'a>>, Wrong> {
    let fail = |at: usize, why: &str| {
        let message = format!("failed to parse csv {what}: {why}");
        let span = value.at(at, (at + 1).min(value.len()));
        Err(Wrong::instruction(span, message).help("Write key=value,key=value without blanks."))
    };
    if value.is_empty() {
        return fail(0, "EOF");
    }
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let (parts, end) = match field(value, at) {
            Ok(it) => it,
            Err((at, why)) => {
                return fail(at, &format!("parse error on line 1, column {}: {why}", at + 1));
            }
        };
        found.push(value.cut(&parts));
        if end >= value.len() {
            return Ok(found);
        }
        at = end + 1;
    }
}

type Parts = Vec<Range<usize>>;

/// The parts of the field at `at`, and where the comma behind it is, or the end.
fn field(text: &str, mut at: usize) -> Result<(Parts, usize), (usize, &'static str)> {
    let rest = text.get(at..).unwrap_or_default();
    if !rest.starts_with('"') {
        let end = at + rest.find(',').unwrap_or(rest.len());
        let plain = text.get(at..end).unwrap_or_default();
        return match plain.find('"') {
            Some(quote) => Err((at + quote, "bare \" in non-quoted-field")),
            None => Ok((std::iter::once(at..end).collect(), end)),
        };
    }
    let mut parts = Vec::new();
    at += 1;
    let mut start = at;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let open = "extraneous or missing \" in quoted-field";
        let quote = at + rest.find('"').ok_or((start, open))?;
        let after = text.get(quote + 1..).unwrap_or_default();
        if after.starts_with('"') {
            // Two quotes are one.
            parts.push(start..quote + 1);
            (start, at) = (quote + 2, quote + 2);
        } else if after.is_empty() || after.starts_with(',') {
            parts.push(start..quote);
            return Ok((parts, quote + 1));
        } else {
            return Err((quote, open));
        }
    }
}

/// The key of a field in lower case, and its value.
pub(crate) fn key_value<'a>(field: &Text<'a>) -> (String, Option<Text<'a>>) {
    match field.find('=') {
        Some(at) => {
            let key = field.get(..at).unwrap_or_default().to_lowercase();
            (key, Some(field.part(at + 1, field.len())))
        }
        None => (field.to_lowercase(), None),
    }
}

/// A truth value, as Go's `strconv.ParseBool` reads it.
pub fn boolean(value: &str) -> Option<bool> {
    match value {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Some(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Some(false),
        _ => None,
    }
}
