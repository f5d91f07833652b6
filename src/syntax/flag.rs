//! `--name=value` between an instruction's keyword and its arguments.
//!
//! The rules are those of BuildKit's `parser/split_command.go` and `instructions/bflag.go`.

use std::ops::Range;

use crate::{
    syntax::{
        Keyword, Text,
        keyword::suggestion,
        list::reserve,
        word::{is_plain, trim_start},
        wrong::Wrong,
    },
    text::Span,
};

/// A flag of an instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag<'a> {
    /// From `--` to the end of the value.
    pub span: Span,
    /// The name, without `--`.
    pub name: Text<'a>,
    /// The text after `=`, without quotes; `None` without `=`.
    pub value: Option<Text<'a>>,
}

/// A flag that an instruction can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spec<'n> {
    /// The name, without `--`.
    pub name: &'n str,
    /// What its value is.
    pub kind: Kind,
}

/// What the value of a flag is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `--name`, `--name=true` or `--name=false`.
    Switch,
    /// `--name=text`, once.
    Text,
    /// `--name=text`, as often as needed.
    Texts,
}

/// Adds the flags at the start of `text` to `found`; gives the place where the arguments start.
///
/// Docker goes through this part of a line byte by byte, and takes each byte for a letter of Latin-1: `é` becomes `Ã©`,
/// and the second byte of `à` is a no-break space, which ends a flag.
#[inline]
pub(crate) fn flags<'a>(text: &Text<'a>, start: usize, found: &mut Vec<Flag<'a>>) -> usize {
    // Most instructions have none.
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let blanks = rest.iter().position(|it| !is_space(*it)).unwrap_or(rest.len());
    match rest.get(blanks) {
        Some(it) if *it == b'-' || !it.is_ascii() => some_flags(text, start, found),
        Some(_) | None => start + blanks,
    }
}

fn some_flags<'a>(text: &Text<'a>, start: usize, found: &mut Vec<Flag<'a>>) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        at += rest.iter().position(|it| !is_space(*it)).unwrap_or(rest.len());
        let rest = bytes.get(at..).unwrap_or_default();
        if !rest.starts_with(b"--") {
            let is_letter = rest.first().is_some_and(u8::is_ascii);
            return if is_letter { at } else { arguments(text, at) };
        }
        let plain = rest.iter().position(|it| !is_plain(*it)).unwrap_or(rest.len());
        let (word, len) = match rest.get(plain) {
            Some(it) if !is_space(*it) || !it.is_ascii() => {
                let (parts, len) = word(rest, at);
                let is_ascii = rest.get(..len).is_some_and(<[u8]>::is_ascii);
                (if is_ascii { text.cut(&parts) } else { text.latin(&parts) }, len)
            }
            Some(_) | None => (text.part(at, at + plain), plain),
        };
        let from = at;
        at += len;
        if word.as_str() == "--" {
            return arguments(text, at);
        }
        let equals = word.bytes().position(|it| it == b'=');
        reserve(found, at, bytes.len());
        found.push(Flag {
            span: text.at(from, boundary(text, at)),
            name: word.part(2, equals.unwrap_or(word.len())),
            value: equals.map(|it| word.part(it + 1, word.len())),
        });
    }
}

/// Where the arguments start, which are read as letters again; a rest of a letter is none.
fn arguments(text: &str, at: usize) -> usize {
    let rest = text.get(boundary(text, at)..).unwrap_or_default();
    text.len() - trim_start(rest).len()
}

/// The first place behind a letter, from `at` on.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) && at < text.len() {
        at += 1;
    }
    at
}

/// White space of Latin-1.
fn is_space(it: u8) -> bool {
    matches!(it, b' ' | b'\t'..=b'\r' | 0x85 | 0xa0)
}

/// The parts of the word that `bytes` start with, quotes and escapes left out, and its length.
///
/// Unlike elsewhere, the escape character is always the backslash, in single quotes too.
fn word(bytes: &[u8], start: usize) -> (Vec<Range<usize>>, usize) {
    let mut parts = Vec::new();
    let mut quote = None;
    let mut from = 0;
    let mut all = bytes.iter().copied().enumerate();
    let mut len = bytes.len();
    while let Some((at, it)) = all.next() {
        match (it, quote) {
            _ if quote.is_none() && is_space(it) => {
                len = at;
                break;
            }
            (b'\'' | b'"', None) => quote = Some(it),
            (_, Some(open)) if open == it => quote = None,
            (b'\\', _) => _ = all.next(),
            _ => continue,
        }
        parts.push(start + from..start + at);
        from = at + 1;
    }
    parts.push(start + from.min(len)..start + len);
    (parts, len)
}

/// What is wrong with the flags of an instruction that knows `known`.
pub(crate) fn check(flags: &[Flag<'_>], keyword: Keyword) -> Result<(), Wrong> {
    for (at, flag) in flags.iter().enumerate() {
        let is_repeated = flags.iter().take(at).any(|it| *it.name == *flag.name);
        let value = flag.value.as_ref().map(Text::as_str);
        if let Err(message) = check_flag(keyword.flags(), &flag.name, value, is_repeated) {
            return Err(wrong(message, flag, keyword));
        }
    }
    Ok(())
}

/// Checks one flag; gives Docker's error.
pub fn check_flag(
    known: &[Spec<'_>],
    name: &str,
    value: Option<&str>,
    is_repeated: bool,
) -> Result<(), String> {
    let Some(spec) = known.iter().find(|it| it.name == name) else {
        let near = suggestion(name, known.iter().map(|it| it.name), true);
        return Err(format!("unknown flag: --{name}{near}"));
    };
    if is_repeated && spec.kind != Kind::Texts {
        return Err(format!("duplicate flag specified: --{name}"));
    }
    match (spec.kind, value) {
        (Kind::Switch, Some("")) | (Kind::Text | Kind::Texts, None) => {
            Err(format!("missing a value on flag: --{name}"))
        }
        (Kind::Switch, Some(value)) if boolean(value).is_none() => {
            Err(format!("expecting boolean value for flag --{name}, not: {value}"))
        }
        _ => Ok(()),
    }
}

/// The flags in words that start with `--`, each with its name and its value; `None` for one without `=`.
pub fn read<'w>(
    known: &[Spec<'_>],
    words: &[&'w str],
) -> Result<Vec<(&'w str, Option<&'w str>)>, String> {
    let mut found: Vec<(&str, Option<&str>)> = Vec::new();
    for word in words.iter().take_while(|it| **it != "--") {
        let Some(flag) = word.strip_prefix("--") else {
            return Err(format!("arg should start with -- : {word}"));
        };
        let (name, value) = match flag.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (flag, None),
        };
        check_flag(known, name, value, found.iter().any(|it| it.0 == name))?;
        found.push((name, value));
    }
    Ok(found)
}

/// Whether a switch is on.
pub fn boolean(value: &str) -> Option<bool> {
    let is = |it: &str| value.eq_ignore_ascii_case(it);
    if is("true") { Some(true) } else { is("false").then_some(false) }
}

fn wrong(message: String, flag: &Flag<'_>, keyword: Keyword) -> Wrong {
    let name = flag.name.as_str();
    let known = keyword.flags();
    let (span, help) = match (known.iter().find(|it| it.name == name), &flag.value) {
        (None, _) if known.is_empty() => (
            flag.span,
            format!("{} has no flags. Write -- before arguments that start so.", keyword.as_str()),
        ),
        (None, _) => {
            let names: Vec<_> = known.iter().map(|it| it.name).collect();
            let span = Span::new(flag.span.start, flag.name.span.end);
            (span, format!("{} has --{}.", keyword.as_str(), names.join(", --")))
        }
        (Some(_), _) if message.starts_with("duplicate") => {
            (flag.span, "Remove one of the two.".to_owned())
        }
        (Some(Spec { kind: Kind::Switch, .. }), Some(value)) if !value.is_empty() => {
            (value.span, format!("Write --{name}, or --{name}=true, or --{name}=false."))
        }
        (Some(Spec { kind: Kind::Switch, .. }), _) => {
            (flag.span, format!("Write --{name}, or --{name}=false."))
        }
        (Some(_), _) => (flag.span, format!("Write --{name}=VALUE, without blanks.")),
    };
    Wrong::instruction(span, message).help(help)
}

/// The flags of an instruction, to pick from.
#[derive(Clone, Copy)]
pub(crate) struct Flags<'i, 'a>(pub(crate) &'i [Flag<'a>]);

impl<'i, 'a> Flags<'i, 'a> {
    /// The values of a flag.
    pub(crate) fn all(self, name: &'i str) -> impl Iterator<Item = &'i Text<'a>> {
        self.0.iter().filter(move |it| &*it.name == name).filter_map(|it| it.value.as_ref())
    }

    /// The value of a flag.
    pub(crate) fn text(self, name: &'i str) -> Option<Text<'a>> {
        self.all(name).next().cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks names, values and places of flags, and the arguments.
    #[track_caller]
    fn check(source: &str, expected: &[(&str, &str, &str)], arguments: &str) {
        let line = Text::whole(source);
        let mut found = Vec::new();
        let start = flags(&line, 4, &mut found);
        let found: Vec<_> = found
            .iter()
            .map(|it| {
                let value = it.value.as_ref();
                assert!(value.is_none_or(|it| source.is_char_boundary(it.span.end as usize)));
                (it.name.as_str(), value.map_or("", |it| it), it.span.slice(source))
            })
            .collect();
        assert_eq!(found, expected, "{source}");
        assert_eq!(source.get(start..), Some(arguments), "{source}");
    }

    #[test]
    fn flags_are_read_byte_by_byte_as_docker_reads_them() {
        check("RUN --a=b  --c d", &[("a", "b", "--a=b"), ("c", "", "--c")], "d");
        check("RUN --a='b c\\'' -- --d", &[("a", "b c'", "--a='b c\\''")], "--d");
        check("RUN --a=é x", &[("a", "Ã©", "--a=é")], "x");
        check("RUN --a=\\é'🐳' é", &[("a", "Ã©ð\u{9f}\u{90}³", "--a=\\é'🐳'")], "é");
        // Bytes that are white space of Latin-1: the end of a flag, but in quotes.
        check("RUN --a=à--b x", &[("a", "Ã", "--a=à"), ("b", "", "--b")], "x");
        check("RUN --a='à' x", &[("a", "Ã\u{a0}", "--a='à'")], "x");
        check("RUN --a=酒x y", &[("a", "é", "--a=酒")], "x y");
        check("RUN --a\u{a0}--b=Ⅰc", &[("aÂ", "", "--a\u{a0}"), ("b", "â", "--b=Ⅰ")], "c");
        // White space in front of what is no flag is left out afterwards.
        check("RUN \u{3000}--a x", &[], "--a x");
        check("RUN --\u{a0}x", &[("Â", "", "--\u{a0}")], "x");
    }

    #[test]
    fn letters_of_a_flag_stand_where_they_are_written() {
        let source = "RUN --a=xé,\"y\"\"ü\",z 1";
        let mut found = Vec::new();
        flags(&Text::whole(source), 4, &mut found);
        let value = found[0].value.clone().unwrap();
        assert_eq!(value.as_str(), "xÃ©,yÃ¼,z");
        let place = |part: &str| {
            let at = value.find(part).unwrap();
            value.at(at, at + part.len()).slice(source)
        };
        assert_eq!(["x", "Ã©", "Ã", "©", "¼", "z"].map(place), ["x", "é", "é", "é", "ü", "z"]);
        assert_eq!(value.span.slice(source), "xé,\"y\"\"ü\",z");
        assert_eq!(value.part(7, value.len()).span.slice(source), "ü\",z");
    }
}
