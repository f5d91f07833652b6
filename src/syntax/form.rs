//! The two ways to write a command: exec form, a JSON array of words, and shell form, a line for a shell.

pub mod mistake;

use std::borrow::Cow;

use memchr::memchr_iter;

use crate::{
    json,
    syntax::{Text, wrong::Wrong},
    text::Span,
};

/// A command in one of its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form<'a> {
    /// `["program", "argument"]`: the words of the process, decoded.
    Exec(Vec<Text<'a>>),
    /// `program argument`: one text, given to a shell.
    Shell(Text<'a>),
}

impl<'a> Form<'a> {
    /// Reads a command. What looks like JSON but is none is a line for a shell, as in Docker.
    pub(crate) fn parse(text: Text<'a>) -> Result<Self, Wrong> {
        Ok(match array(&text)? {
            Some(words) => Self::Exec(words),
            None => Self::Shell(text),
        })
    }

    /// The words of the process, where a shell form runs in `shell`.
    pub fn argv(&self, shell: &[String]) -> Vec<String> {
        match self {
            Self::Exec(words) => words.iter().map(|it| it.as_str().to_owned()).collect(),
            Self::Shell(text) => shell.iter().cloned().chain([text.as_str().to_owned()]).collect(),
        }
    }
}

/// Where a text goes wrong that starts as JSON, and what to do.
pub(crate) fn advice(text: &Text<'_>) -> Option<(Span, &'static str)> {
    let found = mistake::mistake(text)?;
    Some((text.at(found.place.start, found.place.end), found.help))
}

/// The words of an instruction as its command: all of them if they come from JSON, else one text.
pub fn words(words: &[String], is_json: bool) -> Vec<String> {
    if is_json || words.is_empty() { words.to_vec() } else { vec![words.join(" ")] }
}

/// The strings of a JSON array, or `None` if the text is no JSON array.
#[inline]
pub(crate) fn array<'a>(text: &Text<'a>) -> Result<Option<Vec<Text<'a>>>, Wrong> {
    if text.as_bytes().first() == Some(&b'[') { words_of(text) } else { Ok(None) }
}

fn words_of<'a>(text: &Text<'a>) -> Result<Option<Vec<Text<'a>>>, Wrong> {
    let words = strings(text);
    // What does not end as an array is none; it may be long.
    if words.is_none() && text.trim_end().ends_with(']') && json::parse(text).is_some() {
        let message = "when using JSON array syntax, arrays must be comprised of strings only";
        let (span, help) = advice(text)
            .unwrap_or((text.span, "Put each word in double quotes: [\"sleep\", \"5\"]."));
        return Err(Wrong::text(span, message).help(help));
    }
    Ok(words)
}

/// The strings of an array of nothing but strings.
fn strings<'a>(text: &Text<'a>) -> Option<Vec<Text<'a>>> {
    let bytes = text.as_bytes();
    // Most strings have two quotes. What is no array has few.
    let quotes = memchr_iter(b'"', bytes).count();
    let mut words = Vec::with_capacity(if bytes.ends_with(b"]") { quotes / 2 } else { 0 });
    let mut at = blanks(bytes, 1);
    if bytes.get(at) != Some(&b']') {
        loop {
            let (end, is_plain) = string(bytes, at)?;
            words.push(decode(text, at, end, is_plain)?);
            at = blanks(bytes, end);
            match bytes.get(at)? {
                b',' => at = blanks(bytes, at + 1),
                b']' => break,
                _ => return None,
            }
        }
    }
    (at + 1 == bytes.len()).then_some(words)
}

/// The place behind the blanks at `at`.
fn blanks(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let is_blank = |it: &u8| matches!(it, b' ' | b'\t' | b'\r' | b'\n');
    at + rest.iter().take_while(|it| is_blank(it)).count()
}

/// The place behind the string from quote to quote that starts at `start`, and whether it has no escapes.
fn string(bytes: &[u8], start: usize) -> Option<(usize, bool)> {
    let mut rest = bytes.get(start..)?.strip_prefix(b"\"")?.iter();
    let mut is_plain = true;
    while let Some(it) = rest.next() {
        match it {
            b'"' => return Some((bytes.len() - rest.as_slice().len(), is_plain)),
            b'\\' => {
                rest.next()?;
                is_plain = false;
            }
            0..b' ' => return None,
            _ => (),
        }
    }
    None
}

/// The text of the string that stands, with its quotes, from `start` to `end`.
fn decode<'a>(text: &Text<'a>, start: usize, end: usize, is_plain: bool) -> Option<Text<'a>> {
    let span = text.at(start, end);
    if !is_plain {
        let json::Value::Text(decoded) = json::parse(text.get(start..end)?)? else { return None };
        return Some(Text::new(Cow::Owned(decoded), span));
    }
    Some(text.part(start + 1, end - 1).with_span(span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::to_u32;

    fn read(text: &str) -> Result<Option<Vec<(String, String)>>, Wrong> {
        let whole = Text::new(text, Span::new(0, to_u32(text.len())));
        let pair = |it: &Text<'_>| (it.to_string(), it.span.slice(text).to_owned());
        Ok(array(&whole)?.map(|it| it.iter().map(pair).collect()))
    }

    #[track_caller]
    fn check(text: &str, expected: Option<&[(&str, &str)]>) {
        let found = read(text).unwrap();
        let found: Option<Vec<_>> =
            found.as_ref().map(|it| it.iter().map(|it| (&*it.0, &*it.1)).collect());
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn an_array_of_strings_is_decoded() {
        check("[]", Some(&[]));
        check("[ ]", Some(&[]));
        check(r#"["a","b c"]"#, Some(&[("a", r#""a""#), ("b c", r#""b c""#)]));
        check(r#"[ "a" , "" ]"#, Some(&[("a", r#""a""#), ("", r#""""#)]));
        check(
            r#"["a\tb","\u00e9","C:\\x\"","\\"]"#,
            Some(&[
                ("a\tb", r#""a\tb""#),
                ("é", r#""\u00e9""#),
                ("C:\\x\"", r#""C:\\x\"""#),
                ("\\", r#""\\""#),
            ]),
        );
        // Half a letter of UTF-16 is none; Go replaces it.
        check(
            r#"["\ud800","\udc00x"]"#,
            Some(&[("\u{fffd}", r#""\ud800""#), ("\u{fffd}x", r#""\udc00x""#)]),
        );
    }

    #[test]
    fn what_is_no_json_is_shell_form() {
        for text in [
            "",
            "a",
            "['a']",
            r#"["a""#,
            r#"["a",]"#,
            r#"["a"] x"#,
            r#"["C:\x"]"#,
            "[",
            "[a]",
            "[\"a\tb\"]",
            r#"["a" "b"]"#,
            r#"["a\"]"#,
        ] {
            check(text, None);
        }
    }

    #[test]
    fn other_arrays_are_errors() {
        for text in ["[1]", r#"["a", 2]"#, r#"[["a"]]"#, "[null]", "[{}]"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
