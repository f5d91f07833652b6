//! Edits that several repairs make.

use crate::{
    diagnostic::Edit,
    lint::checker::Run,
    shell::{Id, Kind, Word},
    syntax::Instruction,
    text::{Span, to_u32},
};

/// Takes an instruction out, with the line break behind it.
pub(super) fn remove(source: &str, instruction: &Instruction<'_>) -> Edit {
    let Span { start, end } = instruction.span;
    let before = source.get(..start as usize).unwrap_or_default();
    let after = source.get(end as usize..).unwrap_or_default();
    let start = before.rfind('\n').map_or(start, |it| to_u32(it + 1));
    let end = end + after.find('\n').map_or(to_u32(after.len()), |it| to_u32(it + 1));
    Edit::delete(Span::new(start, end))
}

/// A text between double quotes, for a value of `LABEL` or `ENV`, with this escape character.
pub(super) fn quoted(text: &str, escape: char) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for it in text.chars() {
        if matches!(it, '"' | '$') || it == escape {
            quoted.push(escape);
        }
        quoted.push(it);
    }
    quoted.push('"');
    quoted
}

/// Adds a text behind a word of a command. `None` in exec form, where each word has quotes around.
pub(super) fn after_word(run: &Run<'_>, word: Word<'_>, text: &str) -> Option<Edit> {
    let is_script = !run.script.is_exec || run.script.dialect.is_posix();
    is_script.then(|| Edit::insert(word.span().end, text))
}

/// Adds a command to a `RUN` that is commands with `&&` between, in the layout that it has. `None` if it is anything
/// else.
pub(super) fn append(source: &str, escape: char, run: &Run<'_>, command: &str) -> Option<Edit> {
    let tree = run.script.script.tree().filter(|it| it.mistakes.is_empty())?;
    if run.script.is_exec || !run.instruction().heredocs.is_empty() || !tree.heredocs.is_empty() {
        return None;
    }
    let list = only(tree.children(0))?;
    let and_or = only(tree.children(list).filter(|it| tree.kind(*it) != Kind::Comment))?;
    let mut last = None;
    for it in tree.children_of(and_or, Kind::Operator) {
        last = (tree.text(it) == "&&").then_some(it);
        last?;
    }
    let end = tree.span(and_or).end;
    let Some(last) = last.map(|it| tree.span(it)) else {
        return Some(Edit::insert(end, format!(" && {command}")));
    };
    let line_end = line_end(source);
    let before = source.get(..last.start as usize)?;
    let line = before.get(before.rfind('\n').map_or(0, |it| it + 1)..)?;
    if line.trim().is_empty() {
        return Some(Edit::insert(end, format!(" {escape}{line_end}{line}&& {command}")));
    }
    let behind = source.get(last.end as usize..)?;
    let (behind, next) = behind.split_once('\n').unwrap_or((behind, ""));
    if behind.trim_end().trim_end_matches(escape).trim().is_empty() {
        let indent = next.get(..next.len() - next.trim_start_matches([' ', '\t']).len())?;
        return Some(Edit::insert(end, format!(" && {escape}{line_end}{indent}{command}")));
    }
    Some(Edit::insert(end, format!(" && {command}")))
}

/// What ends the lines of a file: what ends its first one.
pub(crate) fn line_end(source: &str) -> &'static str {
    let first = source.split_once('\n').map_or("", |it| it.0);
    if first.ends_with('\r') { "\r\n" } else { "\n" }
}

fn only(mut all: impl Iterator<Item = Id>) -> Option<Id> {
    all.next().filter(|_| all.next().is_none())
}
