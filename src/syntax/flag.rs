//! `--name=value` between an instruction's keyword and its arguments.

use std::borrow::Cow;

use crate::{
    syntax::{Keyword, Text, keyword::nearest, word::word_len, wrong::Wrong},
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

/// The flags at the start of `text`, and where the arguments start.
pub(crate) fn flags<'a>(text: &Text<'a>, start: usize, escape: char) -> (Vec<Flag<'a>>, usize) {
    let mut flags = Vec::new();
    let mut at = start;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        if !trimmed.starts_with("--") {
            return (flags, at);
        }
        let end = at + word_len(trimmed, escape);
        if end == at + 2 {
            let rest = text.get(end..).unwrap_or_default();
            return (flags, text.len() - rest.trim_start().len());
        }
        flags.push(flag(&text.part(at, end), escape));
        at = end;
    }
}

fn flag<'a>(word: &Text<'a>, escape: char) -> Flag<'a> {
    let equals = word.find('=');
    Flag {
        span: word.span,
        name: word.part(2, equals.unwrap_or(word.len())),
        value: equals.map(|at| unquoted(word.part(at + 1, word.len()), escape)),
    }
}

fn unquoted(text: Text<'_>, escape: char) -> Text<'_> {
    if !text.contains(['\'', '"', escape]) {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(it) = chars.next() {
        match (it, quote) {
            ('\'' | '"', None) => quote = Some(it),
            (_, Some(open)) if open == it => quote = None,
            _ if it == escape => plain.extend(chars.next()),
            _ => plain.push(it),
        }
    }
    Text::new(Cow::Owned(plain), text.span)
}

/// What is wrong with the flags of a `keyword` instruction.
pub(crate) fn check(flags: &[Flag<'_>], keyword: Keyword) -> Option<Wrong> {
    // These two accept any flag and ignore it.
    if matches!(keyword, Keyword::Arg | Keyword::Stopsignal) {
        return None;
    }
    flags.iter().enumerate().find_map(|(at, flag)| {
        let before = flags.get(..at).unwrap_or_default();
        check_flag(flag, before, keyword)
    })
}

fn check_flag(flag: &Flag<'_>, before: &[Flag<'_>], keyword: Keyword) -> Option<Wrong> {
    let known = keyword.flags();
    let name = flag.name.as_str();
    if !known.contains(&name) {
        let near = nearest(name, known.iter().copied());
        let near = near.map(|it| format!(" (did you mean {it}?)")).unwrap_or_default();
        let help = match known {
            [] => format!("{} has no flags.", keyword.as_str()),
            [..] => format!("{} has --{}.", keyword.as_str(), known.join(", --")),
        };
        let message = format!("unknown flag: --{name}{near}");
        return Some(Wrong::instruction(flag.span, message).help(help));
    }
    let is_switch = matches!(name, "keep-git-dir" | "link" | "parents" | "unpack");
    match &flag.value {
        None if !is_switch => {
            let message = format!("missing a value on flag: --{name}");
            Some(Wrong::instruction(flag.span, message).help(format!("Write --{name}=VALUE.")))
        }
        Some(value) if is_switch && !matches!(value.as_str(), "true" | "false") => {
            let message = format!("expecting boolean value for flag --{name}, not: {value}");
            Some(Wrong::instruction(value.span, message).help("Write true or false."))
        }
        None | Some(_) if is_repeated(name, before) => {
            let message = format!("duplicate flag specified: --{name}");
            Some(Wrong::instruction(flag.span, message).help("Remove one of the two."))
        }
        None | Some(_) => None,
    }
}

fn is_repeated(name: &str, before: &[Flag<'_>]) -> bool {
    !matches!(name, "device" | "exclude" | "mount") && before.iter().any(|it| &*it.name == name)
}
