//! Comments of our own form for findings that somebody wants to live with.

use crate::{
    diagnostic::{Diagnostic, Edit, Fix},
    lint::{
        find, line_end,
        suppress::{Form, Reach, Suppression, suppressions},
    },
    order,
    syntax::Parse,
    text::{Span, to_u32},
};

/// The comments that silence these findings, each with a reason: above the instruction that a finding is about, for the
/// file if it is about none. `None` if nothing of it can be silenced.
pub fn silence(source: &str, parse: &Parse<'_>, found: &[Diagnostic], reason: &str) -> Option<Fix> {
    let places = found.iter().filter(|it| can_be_silenced(it));
    let mut places: Vec<_> = places.map(|it| (target(parse, it.span.start), it.code)).collect();
    // The file comes first, then instructions in order.
    order::sort_by_key(&mut places, |it| it.0);
    let mut wanted: Vec<Wanted> = Vec::new();
    for (at, code) in places {
        match wanted.last_mut().filter(|it| it.at == at) {
            Some(it) if it.codes.contains(&code) => (),
            Some(it) => it.codes.push(code),
            None => wanted.push(Wanted { at, codes: vec![code] }),
        }
    }
    if wanted.is_empty() {
        return None;
    }
    let comments = suppressions(source, parse);
    let mut edits = Vec::with_capacity(wanted.len());
    for it in &wanted {
        edits.push(match it.at {
            Some(at) => above(source, &comments, at, &it.codes, reason),
            None => Edit::insert(behind_directives(source, parse), {
                let line_end = line_end(source);
                format!("{}{line_end}", comment("file-ignore", &it.codes, reason))
            }),
        });
    }
    let codes: Vec<_> = wanted.iter().flat_map(|it| &it.codes).copied().collect();
    Some(Fix::safe(format!("Ignore {} here", codes.join(", ")), edits))
}

/// What is silenced in one place.
struct Wanted {
    /// Where the instruction starts; the file has no place.
    at: Option<u32>,
    codes: Vec<&'static str>,
}

/// Whether a comment can silence a finding: not what no builder can read, and not what is wrong with comments.
fn can_be_silenced(it: &Diagnostic) -> bool {
    let is_about_comments = matches!(it.code, "DW901" | "DW902" | "DW903" | "DW904");
    !is_about_comments && find(it.code).is_some_and(|it| !it.is_of_reader())
}

/// Where the instruction starts that holds a place.
fn target(parse: &Parse<'_>, at: u32) -> Option<u32> {
    let next = parse.instructions.partition_point(|it| it.span.end <= at);
    parse.instructions.get(next).filter(|it| it.span.holds(at)).map(|it| it.span.start)
}

/// A comment above an instruction, or more names in the one that is there.
fn above(
    source: &str,
    comments: &[Suppression],
    at: u32,
    codes: &[&'static str],
    reason: &str,
) -> Edit {
    let is_there = |it: &&Suppression| {
        it.form == Form::Dockwright
            && it.reach == Reach::Instruction
            && it.span.end <= at
            && it.scope.is_some_and(|it| it.start == at)
    };
    if let Some(last) = comments.iter().rfind(is_there).and_then(|it| it.names.last()) {
        return Edit::insert(last.span.end, format!(", {}", codes.join(", ")));
    }
    let before = source.get(..at as usize).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |it| it + 1);
    // A byte order mark is no indent.
    let indent = before.get(line..).unwrap_or_default().trim_start_matches('\u{feff}');
    let text = comment("ignore", codes, reason);
    Edit::insert(at, format!("{text}{}{indent}", line_end(source)))
}

/// A comment of our own form, such as `# dockwright: ignore[DW601] for ssh`.
pub fn comment(verb: &str, codes: &[&str], reason: &str) -> String {
    let text = format!("# dockwright: {verb}[{}] {reason}", codes.join(", "));
    text.trim_end().to_owned()
}

/// Where the first line starts that is no directive.
fn behind_directives(source: &str, parse: &Parse<'_>) -> u32 {
    let Some(last) = parse.directives.last() else {
        return if source.starts_with('\u{feff}') { 3 } else { 0 };
    };
    let rest = Span::new(last.span.end, to_u32(source.len())).slice(source);
    last.span.end + rest.find('\n').map_or(to_u32(rest.len()), |it| to_u32(it + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lint::{Settings, lint_with},
        syntax::parse,
    };

    /// What the file is with all that can be silenced silenced; then nothing of it is left.
    #[track_caller]
    fn check(source: &str, reason: &str, expected: Option<&str>) {
        let mut settings = Settings::default();
        settings.select("DW907").unwrap();
        let lint = |text: &str| lint_with(text, &parse(text), &settings).shown;
        let fix = silence(source, &parse(source), &lint(source), reason);
        let text = fix.map(|it| it.apply(source).unwrap());
        assert_eq!(text.as_deref(), expected, "{source:?}");
        if let Some(text) = text {
            let left = lint(&text).into_iter().filter(can_be_silenced);
            let left: Vec<_> = left.map(|it| it.code).collect();
            assert_eq!(left, [""; 0], "{text:?}");
        }
    }

    #[test]
    fn comments_stand_above_what_they_are_about() {
        let top = "# syntax=docker/dockerfile:1\n";
        check(&format!("{top}FROM debian:13\n"), "", None);
        check(
            &format!("{top}FROM debian\n  RUN sudo id && sudo id\n"),
            "",
            Some(&format!(
                "{top}# dockwright: ignore[DW101]\nFROM debian\n  # dockwright: ignore[DW601]\n  RUN sudo id && sudo id\n"
            )),
        );
        check(
            &format!("{top}FROM debian:13\n# dockwright: ignore[DW601] for ssh\n# more\nRUN sudo cd /x\n")
                .replace('\n', "\r\n"),
            "because",
            Some(
                &format!("{top}FROM debian:13\n# dockwright: ignore[DW601, DW502] for ssh\n# more\nRUN sudo cd /x\n")
                    .replace('\n', "\r\n"),
            ),
        );
        check("\u{feff}FROM debian", "", Some("\u{feff}# dockwright: ignore[DW101]\nFROM debian"));
        // What is about no instruction is silenced for the file, below the directives.
        let body = "# Builds it.\nFROM debian:13 AS build\n";
        check(
            &format!("{top}{body}"),
            "no need",
            Some(&format!("{top}# dockwright: file-ignore[DW907] no need\n{body}")),
        );
        // What no builder can read, and what is wrong with comments, stays.
        check(&format!("{top}FROM debian:13\nNOPE\n"), "", None);
        check(&format!("{top}FROM debian:13\n# dockwright: ignore[DW601]\nRUN id\n"), "", None);
    }
}
