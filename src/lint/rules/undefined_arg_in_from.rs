use std::cell::RefCell;

use crate::{
    lint::{
        checker::{Checker, Finding, Stage},
        declare::rule,
    },
    order::{Map, Set},
    scope::expand::expand_noting,
    syntax::{InstructionKind, Text, keyword::nearest},
    text::Span,
};

/// So many names are compared in one file; then nothing is called nearly so.
const MAX_COMPARED: usize = 100_000;

rule! {
    /// A `FROM` line sees the `ARG`s above the first `FROM`, and what every build has. Any other variable in it is empty.
    ///
    /// ```dockerfile bad
    /// ARG DEBIAN=13
    /// FROM debian:$DEBAIN
    /// #           ^^^^^^^ no `ARG` above the first `FROM` declares `DEBAIN`; did you mean `DEBIAN`?
    /// ARG GO=1.25
    /// FROM --platform=$BUILDPLATFORM golang:${GO}
    /// #                                     ^^^^^ the `ARG` of `GO` stands in a stage, where `FROM` does not see it
    /// ```
    ///
    /// ```dockerfile good
    /// ARG DEBIAN
    /// ARG GO=1.25
    /// FROM debian:${DEBIAN:-13}
    /// FROM --platform=$TARGETOS/$TARGETARCH golang:$GO
    /// FROM debian:${OTHER:-13}
    /// ```
    DW112 "undefined-arg-in-from" Warning On "UndefinedArgInFrom"
    check
}

fn check(checker: &Checker<'_>) {
    let mut declared = Set::new();
    for it in checker.global_args() {
        declared.insert(it.name.to_string());
    }
    let mut inside: Map<Span> = Map::new();
    let mut compared = 0;
    for stage in checker.stages() {
        for (name, span) in undefined(checker, stage, &declared) {
            let (message, place) = match inside.get(&name) {
                Some(place) => {
                    let message = format!(
                        "the `ARG` of `{name}` stands in a stage, where `FROM` does not see it"
                    );
                    (message, Some(*place))
                }
                None => {
                    compared += declared.len();
                    let known = declared.iter().map(String::as_str);
                    let near = nearest(&name, known.take(MAX_COMPARED.saturating_sub(compared)));
                    let near = near.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
                    (format!("no `ARG` above the first `FROM` declares `{name}`{near}"), None)
                }
            };
            let help =
                format!("Write ARG {name}= and a value above the first FROM, or mend the name.");
            let mut finding = Finding::new(span, message, help);
            if let Some(place) = place {
                finding = finding.related(place, "it is declared here");
            }
            checker.report(finding);
        }
        for it in stage.body {
            if let InstructionKind::Arg(arg) = &it.kind {
                for it in &arg.variables {
                    inside.insert(it.name.to_string(), it.name.span);
                }
            }
        }
    }
}

/// The variables of a `FROM` line that nothing declares, each with its place.
fn undefined(checker: &Checker<'_>, stage: &Stage<'_>, declared: &Set) -> Vec<(String, Span)> {
    let Some(from) = stage.from else { return Vec::new() };
    let words = [Some(&from.image), from.platform.as_deref()].into_iter().flatten();
    words.flat_map(|it| of_word(checker, it, declared)).collect()
}

fn of_word(checker: &Checker<'_>, word: &Text<'_>, declared: &Set) -> Vec<(String, Span)> {
    if !word.contains('$') {
        return Vec::new();
    }
    let seen = RefCell::new(Vec::new());
    let lookup = |name: &str| {
        if declared.contains(name) || checker.has_global(name) {
            return Some("x");
        }
        seen.borrow_mut().push(name.to_owned());
        None
    };
    let mut uses = Vec::new();
    drop(expand_noting(word, checker.parse().escape, &lookup, &mut uses));
    let place = |it: &crate::scope::expand::Use| {
        let name = word.get(it.name.clone())?;
        let is_braced = word.get(..it.name.start)?.ends_with('{');
        let is_closed = is_braced && word.get(it.name.end..)?.starts_with('}');
        let start = it.name.start.checked_sub(1 + usize::from(is_braced))?;
        Some((name.to_owned(), word.at(start, it.name.end + usize::from(is_closed))))
    };
    uses.iter().filter(|it| !it.is_set && !it.has_alternative).filter_map(place).collect()
}
