//! Texts of errors, and Dockerfiles as another engine reads them.

use super::Seen;
use crate::differential::{
    bases::Known,
    case::{Answer, Builder, Case},
    model,
};
use dockwright::{
    image::{Platform, Reference},
    json,
    simulate::{Base, Bases as _, Build},
    syntax::{Instruction, InstructionKind, Text, instruction::arg::Variable, parse},
    text::LineIndex,
};

/// How the solver of 20.10 begins.
pub(super) const SOLVER: &str =
    "failed to solve with frontend dockerfile.v0: failed to create LLB definition: ";

/// Changes the text of an error.
pub(super) fn error(answer: &mut Answer, change: impl FnOnce(&str) -> String) {
    if let Answer::Error(text) = answer {
        *text = change(text);
    }
}

/// The engine's error about an instruction, where we have none, or another in the same line: `is_right` says whether the
/// text behind the line's number is what this instruction's flags lead to.
pub(super) fn if_instruction(
    seen: &Seen<'_>,
    expected: &mut Answer,
    is_right: impl Fn(&str, &[(String, String)]) -> bool,
) {
    let Some(real) = seen.real.error() else { return };
    let changes = seen.case.changes.join("\n");
    let is_import = seen.case.builder == Builder::Import;
    let text = if is_import { &changes } else { &seen.case.text };
    let (line, error) = match real.split_once("dockerfile parse error line ") {
        Some((_, rest)) => rest.split_once(": ").unwrap_or_default(),
        None if is_import => ("", real),
        None => return,
    };
    let parse = parse(text);
    let index = LineIndex::new(text);
    let is_there =
        |it: &&Instruction<'_>| is_import || index.line(it.span.start).to_string() == line;
    let is_found = parse.instructions.iter().filter(is_there).any(|it| {
        let text = |it: Option<&Text<'_>>| it.map_or("", Text::as_str).to_owned();
        let flags = it.flags();
        let flags = flags.iter().map(|it| (it.name.to_string(), text(it.value.as_ref())));
        is_right(error, &flags.collect::<Vec<_>>())
    });
    if is_found {
        // The words in front of it are the solver's, of which another rule speaks.
        let place =
            if is_import { String::new() } else { format!("dockerfile parse error line {line}: ") };
        *expected = Answer::Error(place + error);
    }
}

/// An error without the solver's words, of which another rule speaks.
pub(super) fn without_solver(text: &str) -> String {
    text.strip_prefix(SOLVER).unwrap_or(text).to_owned()
}

/// Whether a word has `${name` and then something other than `}` or a colon.
pub(super) fn has_modifier_without_colon(word: &str) -> bool {
    word.split("${").skip(1).any(|it| {
        let rest = it.trim_start_matches(|it: char| it.is_ascii_alphanumeric() || it == '_');
        !rest.starts_with(['}', ':'])
    })
}

/// Whether two errors differ only in what they suggest, and both suggestions are equally near to what was written.
pub(super) fn is_as_near(ours: &str, real: &str) -> bool {
    let parts = |text: &str| {
        let (before, rest) = text.split_once(" (did you mean ")?;
        let word = before.rsplit(' ').next()?.to_lowercase();
        Some((before.to_owned(), word, rest.strip_suffix("?)")?.to_lowercase()))
    };
    let (Some((ours, word, a)), Some((real, _, b))) = (parts(ours), parts(real)) else {
        return false;
    };
    ours == real && distance(&word, &a) == distance(&word, &b)
}

/// How many letters must be added, taken away or changed to make one word of another.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (at, letter) in from.chars().enumerate() {
        let mut next = vec![at + 1];
        for ((other, pair), left) in to.iter().zip(row.windows(2)).zip(0..) {
            let (above, corner) = match pair {
                [corner, above] => (*above, *corner),
                _ => (0, 0),
            };
            let left = next.get(left).copied().unwrap_or_default();
            next.push((corner + usize::from(letter != *other)).min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// The images that the engine does not have: those that the virtual build does not know, and those of other platforms.
pub(super) fn unknown_images<'s>(seen: &Seen<'s>) -> impl Iterator<Item = &'s Reference> {
    let known = seen.known;
    let stages = seen.build.into_iter().flat_map(|it| &it.stages);
    stages.filter_map(move |stage| match &stage.base {
        Some(Base::Image(it))
            if *stage.platform != Platform::default()
                || known.find(it, &stage.platform).is_none() =>
        {
            Some(&**it)
        }
        _ => None,
    })
}

/// The first stage's name that cannot be an image's.
pub(super) fn no_context_name(build: &Build) -> Option<&str> {
    let names = build.stages.iter().filter_map(|it| it.name.as_deref());
    names.into_iter().find(|it| it.parse::<Reference>().is_err())
}

/// The Dockerfile with nothing for the values of global arguments that cannot be expanded.
pub(super) fn without_wrong_globals(case: &Case) -> Option<String> {
    let mut text = case.text.clone();
    let known = Known::new().ok()?;
    let mut changed = false;
    loop {
        let (_, build) = model::built(&Case { text: text.clone(), ..case.clone() }, &known);
        let build = build?;
        let Some(error) = build.errors.first().map(|it| it.span) else {
            return changed.then_some(text);
        };
        let parse = parse(&text);
        let globals =
            parse.instructions.iter().take_while(|it| matches!(it.kind, InstructionKind::Arg(_)));
        let variables = globals.filter_map(|it| match &it.kind {
            InstructionKind::Arg(arg) => Some(&arg.variables),
            _ => None,
        });
        let wrong = variables
            .flatten()
            .filter_map(|it| it.default.as_ref())
            .find(|it| it.span.start <= error.start && error.end <= it.span.end && !it.is_empty());
        let Some(span) = wrong.map(|it| it.span) else { return changed.then_some(text) };
        text.replace_range(usize::try_from(span.start).ok()?..usize::try_from(span.end).ok()?, "");
        changed = true;
    }
}

/// The Dockerfile in which a global argument that is declared again without a value never had one, and an automatic one
/// that is declared is empty.
pub(super) fn without_forgotten_globals(case: &Case) -> Option<String> {
    let parse = parse(&case.text);
    let globals = parse.instructions.iter().map_while(|it| match &it.kind {
        InstructionKind::Arg(arg) => Some(&arg.variables),
        _ => None,
    });
    let all: Vec<_> = globals.flatten().collect();
    let mut text = case.text.clone();
    for (at, variable) in all.iter().enumerate().rev() {
        let name = variable.name.as_str();
        if case.build_args.contains_key(name) {
            continue;
        }
        let is_automatic = ["TARGET", "BUILD"].iter().any(|it| {
            let part = name.strip_prefix(it).unwrap_or_default();
            ["PLATFORM", "OS", "ARCH", "VARIANT"].contains(&part)
        });
        let is_forgotten = |it: &&Variable<'_>| it.name.as_str() == name && it.default.is_none();
        match &variable.default {
            Some(default) if all.iter().skip(at + 1).copied().any(|it| is_forgotten(&it)) => {
                let (from, to) = (
                    usize::try_from(default.span.start).ok()?,
                    usize::try_from(default.span.end).ok()?,
                );
                // The lines behind it keep their numbers.
                let lines = text.get(from..to)?.matches('\n').count();
                let kept = format!("{}\n", parse.escape).repeat(lines);
                text.replace_range(from.checked_sub(1)?..to, &kept);
            }
            None if is_automatic => text.insert(usize::try_from(variable.name.span.end).ok()?, '='),
            Some(_) | None => (),
        }
    }
    (text != case.text).then_some(text)
}

/// The Dockerfile without what stands behind lists in JSON.
pub(super) fn without_text_after_json(case: &Case) -> Option<String> {
    let parse = parse(&case.text);
    let mut text = String::new();
    let mut done = 0;
    for instruction in &parse.instructions {
        let arguments = instruction.arguments();
        let line = instruction.line.as_str();
        let Some(start) = line.len().checked_sub(arguments.len()) else { continue };
        // A health check has its list behind a word.
        let start =
            start + if starts_with_cmd(&arguments) { arguments.find('[').unwrap_or(0) } else { 0 };
        let Some(list) = line.get(start..).filter(|it| it.starts_with('[')) else { continue };
        let Some(end) = list_end(list).map(|it| start + it) else { continue };
        if line.get(end..).is_none_or(|it| it.trim().is_empty()) {
            continue;
        }
        let (from, to) = (
            usize::try_from(instruction.span.start).ok()?,
            usize::try_from(instruction.span.end).ok()?,
        );
        text += case.text.get(done..from)?;
        text += line.get(..end)?;
        // The lines behind it keep their numbers.
        let lines = case.text.get(from..to)?.matches('\n').count();
        text += &"\n".repeat(lines);
        done = to;
    }
    (done > 0).then(|| text + case.text.get(done..).unwrap_or_default())
}

/// Where the list of strings ends that a text starts with.
fn list_end(text: &str) -> Option<usize> {
    let ends = text.match_indices(']').map(|(at, _)| at + 1);
    let is_list = |end: &usize| {
        let value = text.get(..*end).and_then(json::parse);
        matches!(value, Some(json::Value::Array(it)) if it.iter().all(|it| matches!(it, json::Value::Text(_))))
    };
    ends.into_iter().find(is_list)
}

fn starts_with_cmd(arguments: &str) -> bool {
    let word = arguments.split_whitespace().next().unwrap_or_default();
    word.eq_ignore_ascii_case("cmd")
        && arguments.trim_start().get(3..).is_some_and(|it| it.trim_start().starts_with('['))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_that_are_equally_near() {
        let error = |name: &str| {
            format!(
                "dockerfile parse error on line 1: unknown instruction: a (did you mean {name}?)"
            )
        };
        assert!(is_as_near(&error("ADD"), &error("arg")));
        assert!(!is_as_near(&error("ADD"), &error("from")));
        assert!(!is_as_near(&error("ADD"), "another error (did you mean arg?)"));
        assert_eq!(
            [distance("form", "from"), distance("", "add"), distance("cmd", "cmd")],
            [2, 3, 0]
        );
    }
}
