//! `ENV`: environment variables; and the `name=value` pairs that `LABEL` has too.

use super::Input;
use crate::{
    syntax::{
        OneOrMore, Text,
        word::{is_blank, word_end, words},
        wrong::Wrong,
    },
    text::Span,
};

/// Environment variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Env<'a> {
    /// ```text
    /// ENV LANG=C.UTF-8 EDITOR="vi -e"
    ///     ^^^^^^^^^^^^ ^^^^^^^^^^^^^^
    /// ```
    pub pairs: OneOrMore<Pair<'a>>,
    /// Whether it is the old form, `ENV name value`.
    pub legacy: bool,
}

/// A name and its value, both before expansion: with quotes and escapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair<'a> {
    /// The text before `=`.
    pub name: Text<'a>,
    /// The text after `=`.
    pub value: Text<'a>,
}

impl<'a> Env<'a> {
    pub(super) fn parse(input: &Input<'_, 'a>) -> Result<Self, Wrong> {
        let (pairs, legacy) = pairs(input)?;
        Ok(Self { pairs, legacy })
    }
}

/// The pairs of `ENV` or `LABEL`, and whether they are written in the old form.
pub(super) fn pairs<'a>(input: &Input<'_, 'a>) -> Result<(OneOrMore<Pair<'a>>, bool), Wrong> {
    let text = &input.arguments;
    let mut found = words(text, input.escape).peekable();
    let name = input.keyword.as_str();
    // What the text parser refuses comes before what is wrong with the instruction.
    let is_legacy = found.peek().is_some_and(|it| equals(it).is_none());
    let mut pairs = OneOrMore::new();
    if is_legacy {
        pairs.push(legacy(input)?, (0, 0));
    } else {
        let start = text.as_ptr() as usize;
        for it in found {
            pairs.push(pair(input, it)?, (it.as_ptr() as usize - start, text.len()));
        }
    }
    input.check_flags()?;
    if pairs.is_empty() {
        return Err(input.at_least_one().help(format!("Write {name} name=value.")));
    }
    match pairs.iter().find(|it: &&Pair<'_>| it.name.is_empty()) {
        Some(it) => {
            let span = Span::new(it.name.span.start, it.value.span.end);
            Err(Wrong::instruction(span, format!("{name} names can not be blank"))
                .help("Write a name before the equals sign, without blanks around it."))
        }
        None => Ok((pairs, is_legacy)),
    }
}

fn legacy<'a>(input: &Input<'_, 'a>) -> Result<Pair<'a>, Wrong> {
    let text = &input.arguments;
    let keyword = input.keyword.as_str();
    let end = word_end(text);
    if end == text.len() {
        return Err(Wrong::text(text.span, format!("{keyword} must have two arguments"))
            .help(format!("Write {keyword} {}=value.", text.as_str())));
    }
    let rest = text.get(end..).unwrap_or_default();
    let start = end + rest.bytes().position(|it| !is_blank(it)).unwrap_or(rest.len());
    Ok(Pair { name: text.part(0, end), value: text.part(start, text.len()) })
}

fn pair<'a>(input: &Input<'_, 'a>, word: &str) -> Result<Pair<'a>, Wrong> {
    let whole = input.arguments.of(word);
    let Some(equals) = equals(word) else {
        let message =
            format!("Syntax error - can't find = in {word:?}. Must be of the form: name=value");
        return Err(Wrong::text(whole.span, message)
            .help("A value with blanks needs double quotes around it."));
    };
    Ok(Pair { name: whole.part(0, equals), value: whole.part(equals + 1, whole.len()) })
}

/// The place of the first equals sign. Names are short: a search that looks at many bytes at once would take longer.
pub(super) fn equals(word: &str) -> Option<usize> {
    word.bytes().position(|it| it == b'=')
}
