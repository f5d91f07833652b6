//! Holds an answer against what is expected: every key of it, to the last value.

use super::answer::{Answer, Mode};
use regex::Regex;
use serde_json::{Map, Value};

/// Of one row, so many differences are said.
const MAX_LINES: usize = 12;

/// A text is shown up to here.
const MAX_TEXT: usize = 160;

/// What is different, in lines for a person; nothing if all that is expected is there. The keys in `contrast` tell what
/// another tool does, and are not graded.
pub(super) fn compare(
    expect: &Map<String, Value>,
    answer: &Answer,
    contrast: &[&str],
) -> Vec<String> {
    let mut lines = Vec::new();
    if expect.is_empty() && !answer.is_closed() {
        lines.push("expect is empty: there is nothing to grade".to_owned());
    }
    let error = answer.error_text();
    let is_error_expected =
        expect.iter().any(|(key, it)| key == "error" && is_error(it) || about(key) == "error");
    if let Some(error) = error.filter(|_| !is_error_expected) {
        lines.push(format!("error: expected none, found {}", quoted(error)));
    }
    for (key, wanted) in expect.iter().filter(|it| !contrast.contains(&it.0.as_str())) {
        match key.as_str() {
            "error" => lines.extend(compare_error(wanted, error)),
            it if about(it) == "error" => lines.extend(compare_part(it, wanted, error)),
            "ok" if answer.get(key).is_none() => {
                if *wanted != Value::Bool(error.is_none()) {
                    lines.push(format!("ok: expected {wanted}, found {}", error.is_none()));
                }
            }
            _ => match answer.get(key) {
                Some(found) => diff(key, wanted, &found.value, found.mode, &mut lines),
                None if answer.get(about(key)).is_some() => {
                    let found = answer.get(about(key)).and_then(|it| it.value.as_str());
                    lines.extend(compare_part(key, wanted, found));
                }
                // That there is an error, or that there is none, is said already.
                None if error.is_some() != is_error_expected => (),
                None => lines.push(format!("expect key {key} is not graded")),
            },
        }
    }
    for (key, found) in answer.must_be_expected().filter(|it| !expect.contains_key(it.0)) {
        lines.push(format!("{key}: expected nothing, found {}", json(found)));
    }
    if lines.len() > MAX_LINES {
        let more = lines.len() - MAX_LINES;
        lines.truncate(MAX_LINES);
        lines.push(format!("and {more} more differences"));
    }
    lines
}

fn is_error(wanted: &Value) -> bool {
    !matches!(wanted, Value::Null | Value::Bool(false))
}

/// `true` is any error, `false` and `null` are none, a string is the whole message.
fn compare_error(wanted: &Value, found: Option<&str>) -> Option<String> {
    match wanted {
        Value::Null | Value::Bool(false) => None,
        Value::Bool(true) if found.is_some() => None,
        Value::Bool(true) => Some("error: expected one, found none".to_owned()),
        Value::String(it) if found == Some(it) => None,
        Value::String(it) => {
            Some(format!("error: expected {}\n{}", quoted(it), found_below("error", found)))
        }
        other => Some(format!("error: {other} cannot be compared")),
    }
}

/// What is expected of the text of `error` by a key such as `error_contains`, a string or several of them that it
/// holds, or `error_regexp`.
fn compare_part(path: &str, wanted: &Value, found: Option<&str>) -> Option<String> {
    let parts = match wanted {
        Value::String(it) => vec![it.as_str()],
        Value::Array(parts) if parts.iter().all(Value::is_string) => {
            parts.iter().filter_map(Value::as_str).collect()
        }
        other => return Some(format!("{path}: {other} cannot be compared")),
    };
    for part in parts {
        let has = match (path.ends_with("_regexp"), found) {
            (_, None) => false,
            (false, Some(found)) => found.contains(part),
            (true, Some(found)) => match Regex::new(part) {
                Ok(it) => it.is_match(found),
                Err(_) => return Some(format!("{path}: {wanted} cannot be compared")),
            },
        };
        if !has {
            return Some(format!(
                "{path}: expected {}\n{}",
                quoted(part),
                found_below(path, found)
            ));
        }
    }
    None
}

/// The second line of a difference, its value below the expected one.
fn found_below(path: &str, found: Option<&str>) -> String {
    let found = found.map_or("nothing".to_owned(), quoted);
    format!("{:>width$} {found}", "found", width = path.len() + 10)
}

/// The key of the text that `detail_contains` or `detail_regexp` is about; nothing if the key is none of these.
fn about(key: &str) -> &str {
    let endings = ["_contains", "_regexp"];
    endings.iter().find_map(|it| key.strip_suffix(it)).unwrap_or_default()
}

/// Says where two values differ.
fn diff(path: &str, wanted: &Value, found: &Value, mode: Mode, lines: &mut Vec<String>) {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => {
            for (key, wanted) in wanted {
                let path = format!("{path}.{key}");
                let optional = format!("?{key}");
                match found.get(key).or_else(|| found.get(&optional)) {
                    Some(it) => diff(&path, wanted, it, mode, lines),
                    None if found.contains_key(about(key)) => {
                        let found = found.get(about(key)).and_then(Value::as_str);
                        lines.extend(compare_part(&path, wanted, found));
                    }
                    None if mode == Mode::Sparse && is_empty(wanted) => (),
                    None => lines.push(format!("{path}: expected {}, found nothing", json(wanted))),
                }
            }
            for (key, found) in found.iter().filter(|it| !wanted.contains_key(it.0)) {
                let is_fine = match mode {
                    Mode::Whole | Mode::Places => false,
                    Mode::Open | Mode::Warnings => true,
                    Mode::Sparse => is_empty(found) || key.starts_with('?'),
                };
                if !is_fine {
                    lines.push(format!("{path}.{key}: expected nothing, found {}", json(found)));
                }
            }
        }
        (Value::Array(wanted), Value::Array(found)) => {
            let mut wanted: Vec<_> = wanted.iter().collect();
            let mut found: Vec<_> = found.iter().collect();
            if mode == Mode::Places && wanted.iter().all(|it| it.is_array()) {
                wanted.dedup();
                found.dedup();
            }
            if mode == Mode::Warnings {
                wanted.sort_by_key(|it| order(it));
                found.sort_by_key(|it| order(it));
            }
            for (at, wanted) in wanted.iter().copied().enumerate() {
                let path = format!("{path}[{at}]");
                match found.get(at) {
                    Some(found) => diff(&path, wanted, found, mode, lines),
                    None => lines.push(format!("{path}: expected {}, found nothing", json(wanted))),
                }
            }
            for (at, found) in found.iter().copied().enumerate().skip(wanted.len()) {
                lines.push(format!("{path}[{at}]: expected nothing, found {}", json(found)));
            }
        }
        (Value::String(wanted), Value::String(found)) if wanted != found => {
            lines.push(diff_text(path, wanted, found));
        }
        _ if wanted != found => {
            lines.push(format!("{path}: expected {}, found {}", json(wanted), json(found)));
        }
        _ => (),
    }
}

/// Where a warning stands among others.
fn order(warning: &Value) -> (Option<u64>, Option<&str>, Option<&str>) {
    let text = |key: &str| warning.get(key).and_then(Value::as_str);
    (warning.get("line").and_then(Value::as_u64), text("rule"), text("detail"))
}

/// Whether the value is what an absent field means.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Bool(true) => false,
        Value::Number(it) => it.as_i64() == Some(0),
        Value::String(it) => it.is_empty(),
        Value::Array(it) => it.is_empty(),
        Value::Object(it) => it.is_empty(),
    }
}

/// The first line that differs, and which one it is if there are several.
fn diff_text(path: &str, wanted: &str, found: &str) -> String {
    let (mut these, mut those) = (wanted.split('\n'), found.split('\n'));
    let mut at = 1;
    let (this, that) = loop {
        match (these.next(), those.next()) {
            (Some(this), Some(that)) if this == that => at += 1,
            pair => break pair,
        }
    };
    let line = if wanted.contains('\n') { format!(", line {at}") } else { String::new() };
    let path = format!("{path}{line}");
    let this = this.map_or("nothing".to_owned(), quoted);
    format!("{path}: expected {this}\n{}", found_below(&path, that))
}

fn json(value: &Value) -> String {
    shortened(&value.to_string())
}

/// The text in quotes, on one line.
pub(super) fn quoted(text: &str) -> String {
    shortened(&format!("{text:?}"))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_TEXT) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(expect: Value, answer: &Answer, lines: &[&str]) {
        let Value::Object(expect) = expect else { panic!("it is no object") };
        assert_eq!(compare(&expect, answer, &["other"]), lines);
    }

    #[test]
    fn what_is_expected_must_be_found() {
        let answer = || Answer::new().with("it", json!({ "a": 1, "b": [2, 3] }));
        check(json!({ "it": { "a": 1, "b": [2, 3] } }), &answer(), &[]);
        check(json!({ "it": { "a": 1, "b": [2, 3] }, "other": 1 }), &answer(), &[]);
        check(
            json!({ "it": { "a": "1", "b": [3] } }),
            &answer(),
            &[
                "it.a: expected \"1\", found 1",
                "it.b[0]: expected 3, found 2",
                "it.b[1]: expected nothing, found 3",
            ],
        );
        check(json!({ "it": { "b": [2, 3] } }), &answer(), &["it.a: expected nothing, found 1"]);
        check(json!({ "it": [] }), &answer(), &["it: expected [], found {\"a\":1,\"b\":[2,3]}"]);
        check(json!({ "that": 1 }), &answer(), &["expect key that is not graded"]);
        check(json!({}), &answer(), &["expect is empty: there is nothing to grade"]);
        check(json!({}), &Answer::closed(), &[]);
        let closed = Answer::closed().with("it", 1);
        check(json!({}), &closed, &["it: expected nothing, found 1"]);
    }

    #[test]
    fn errors_are_expected_in_several_ways() {
        let fails = Answer::error("no such file");
        for expect in [
            json!({ "error": "no such file" }),
            json!({ "error": true }),
            json!({ "error_contains": "such" }),
            json!({ "error_contains": ["no", "file"] }),
            json!({ "error_regexp": "^no [^\\s]+ file$" }),
            json!({ "ok": false, "error": true }),
        ] {
            check(expect, &fails, &[]);
        }
        let unexpected = "error: expected none, found \"no such file\"";
        check(json!({ "error": null }), &fails, &[unexpected]);
        check(json!({ "it": 1 }), &fails, &[unexpected]);
        check(json!({ "ok": true }), &fails, &[unexpected, "ok: expected true, found false"]);
        check(json!({ "error": 1 }), &fails, &["error: 1 cannot be compared"]);
        check(
            json!({ "error_contains": [1] }),
            &fails,
            &["error_contains: [1] cannot be compared"],
        );
        check(json!({ "error_regexp": "(" }), &fails, &["error_regexp: \"(\" cannot be compared"]);
        check(
            json!({ "error_regexp": "^such" }),
            &fails,
            &["error_regexp: expected \"^such\"\n                 found \"no such file\""],
        );
        let works = Answer::new().with("it", 1);
        check(json!({ "ok": true, "error": false, "it": 1 }), &works, &[]);
        check(json!({ "error": true }), &works, &["error: expected one, found none"]);
        check(
            json!({ "error_contains": "a" }),
            &works,
            &["error_contains: expected \"a\"\n                   found nothing"],
        );
    }

    #[test]
    fn some_objects_leave_out_what_is_empty_or_more() {
        let found = json!({ "a": 1, "b": "", "c": [], "?d": true });
        let sparse = || Answer::new().sparse("it", found.clone());
        check(json!({ "it": { "a": 1, "e": null, "f": false, "g": 0 } }), &sparse(), &[]);
        check(json!({ "it": { "a": 1, "d": true } }), &sparse(), &[]);
        check(
            json!({ "it": { "a": 1, "d": false } }),
            &sparse(),
            &["it.d: expected false, found true"],
        );
        check(json!({ "it": {} }), &sparse(), &["it.a: expected nothing, found 1"]);
        // What both have is compared as it is.
        check(
            json!({ "it": { "a": 1, "c": null } }),
            &sparse(),
            &["it.c: expected null, found []"],
        );

        let open = Answer::new().open("it", json!([{ "a": "some text", "b": 2 }]));
        check(json!({ "it": [{ "b": 2 }] }), &open, &[]);
        check(json!({ "it": [{ "a_contains": ["some", "text"] }] }), &open, &[]);
        check(json!({ "it": [{ "c": 3 }] }), &open, &["it[0].c: expected 3, found nothing"]);

        let warnings = Answer::new().warnings(
            "it",
            json!([{ "line": 2, "rule": "A" }, { "line": 1, "rule": "B", "url": "u" }]),
        );
        check(json!({ "it": [{ "line": 1, "rule": "B" }, { "line": 2 }] }), &warnings, &[]);
        check(
            json!({ "it": [{ "line": 1, "rule": "B" }] }),
            &warnings,
            &["it[1]: expected nothing, found {\"line\":2,\"rule\":\"A\"}"],
        );

        let places = Answer::new().places("it", json!([[1, 1]]));
        check(json!({ "it": [[1, 1], [1, 1]] }), &places, &[]);
        check(json!({ "it": [[1, 2]] }), &places, &["it[0][1]: expected 2, found 1"]);
        let twice = Answer::new().places("it", json!([[1, 1], [1, 1]]));
        check(json!({ "it": [[1, 1], [1, 1]] }), &twice, &[]);
    }

    #[test]
    fn texts_differ_in_a_line() {
        let answer = Answer::new().with("it", "a\nb\nc");
        check(
            json!({ "it": "a\nx\nc" }),
            &answer,
            &["it, line 2: expected \"x\"\n               found \"b\""],
        );
    }
}
