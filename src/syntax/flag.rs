//! `--name=value` between an instruction's keyword and its arguments.
//!
//! The rules are those of BuildKit's `parser/split_command.go` and `instructions/bflag.go`.

use std::ops::Range;

use crate::{
    syntax::{Keyword, Text, keyword::suggestion, word::trim_start, wrong::Wrong},
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

/// The flags at the start of `text`, and where the arguments start.
pub(crate) fn flags<'a>(text: &Text<'a>, start: usize) -> (Vec<Flag<'a>>, usize) {
    let mut flags = Vec::new();
    let mut at = start;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let trimmed = trim_start(rest);
        at += rest.len() - trimmed.len();
        if !trimmed.starts_with("--") {
            return (flags, at);
        }
        let plain = trimmed.find(|it: char| it.is_whitespace() || matches!(it, '\'' | '"' | '\\'));
        let (word, len) = match plain.unwrap_or(trimmed.len()) {
            len if trimmed.get(len..).is_none_or(|it| !it.starts_with(['\'', '"', '\\'])) => {
                (text.part(at, at + len), len)
            }
            _ => {
                let (parts, len) = word(trimmed, at);
                (text.cut(&parts), len)
            }
        };
        at += len;
        if word.as_str() == "--" {
            let rest = text.get(at..).unwrap_or_default();
            return (flags, text.len() - rest.trim_start().len());
        }
        let equals = word.find('=');
        flags.push(Flag {
            span: text.at(at - len, at),
            name: word.part(2, equals.unwrap_or(word.len())),
            value: equals.map(|it| word.part(it + 1, word.len())),
        });
    }
}

/// The parts of the word that `text` starts with, quotes and escapes left out, and its length.
///
/// Unlike elsewhere, the escape character is always the backslash, in single quotes too.
fn word(text: &str, start: usize) -> (Vec<Range<usize>>, usize) {
    let mut parts = Vec::new();
    let mut quote = None;
    let mut from = 0;
    let mut chars = text.char_indices();
    let mut len = text.len();
    while let Some((at, it)) = chars.next() {
        match (it, quote) {
            _ if quote.is_none() && it.is_whitespace() => {
                len = at;
                break;
            }
            ('\'' | '"', None) => quote = Some(it),
            (_, Some(open)) if open == it => quote = None,
            ('\\', _) => drop(chars.next()),
            _ => continue,
        }
        parts.push(start + from..start + at);
        from = at + it.len_utf8();
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

    /// Whether a switch is on; `None` if it is not there.
    pub(crate) fn switch(self, name: &str) -> Option<bool> {
        let found = self.0.iter().find(|it| &*it.name == name)?;
        Some(found.value.as_ref().is_none_or(|it| boolean(it) == Some(true)))
    }
}
