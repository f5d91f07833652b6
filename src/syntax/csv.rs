//! Values of several fields between commas, as `--mount` and `--device` have them.
//!
//! The rules are those of Go's `encoding/csv` for one line.

use std::{borrow::Cow, ops::Range};

use memchr::memchr_iter;

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
    let mut found = Vec::with_capacity(memchr_iter(b',', value.as_bytes()).count() + 1);
    let mut at = 0;
    loop {
        let (field, end) = match field(value, at) {
            Ok(it) => it,
            Err((at, why)) => {
                return fail(at, &format!("parse error on line 1, column {}: {why}", at + 1));
            }
        };
        found.push(field);
        if end >= value.len() {
            return Ok(found);
        }
        at = end + 1;
    }
}

/// The field at `at`, and where the comma behind it is, or the end.
fn field<'a>(text: &Text<'a>, mut at: usize) -> Result<(Text<'a>, usize), (usize, &'static str)> {
    let rest = text.get(at..).unwrap_or_default();
    if !rest.starts_with('"') {
        let stop = rest.bytes().position(|it| matches!(it, b',' | b'"')).unwrap_or(rest.len());
        let end = at + stop;
        return match rest.as_bytes().get(stop) {
            Some(b'"') => Err((end, "bare \" in non-quoted-field")),
            Some(_) | None => Ok((text.part(at, end), end)),
        };
    }
    let mut parts: Vec<Range<usize>> = Vec::new();
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
            return Ok((text.cut(&parts), quote + 1));
        } else {
            return Err((quote, open));
        }
    }
}

/// The key of a field in lower case, and its value.
pub(crate) fn key_value<'a>(field: &Text<'a>) -> (Cow<'a, str>, Option<Text<'a>>) {
    let at = field.bytes().position(|it| it == b'=');
    let key = field.part(0, at.unwrap_or(field.len()));
    let is_lower = key.bytes().all(|it| it.is_ascii() && !it.is_ascii_uppercase());
    let key = match key.in_source().filter(|_| is_lower) {
        Some(it) => Cow::Borrowed(it),
        None => Cow::Owned(key.chars().map(lower).collect()),
    };
    (key, at.map(|it| field.part(it + 1, field.len())))
}

/// A letter as Go's `strings.ToLower` writes it, if it is one of Latin-1, which is all that flags have, or becomes one
/// of ASCII, which is all that values are compared with.
pub(crate) fn lower(it: char) -> char {
    match it {
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{de}' => {
            char::from_u32(u32::from(it) + 32).unwrap_or(it)
        }
        '\u{130}' => 'i',
        '\u{212a}' => 'k',
        _ => it.to_ascii_lowercase(),
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
