//! Other names for stages and variables, if everything then means what it meant.

use thiserror::Error;

use super::{
    names::{Names, Occurrence, Role, SymbolKind},
    variables::is_name,
};
use crate::{
    diagnostic::{Edit, Fix},
    order::Map,
    scope::Globals,
    syntax::{MarkKind, Parse, parse},
    text::{LineIndex, Span, to_u32},
};

/// Why a name cannot be another one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum RenameError {
    #[error("here is no name of a stage or a variable")]
    Nothing,
    #[error("a number means this stage, not a name: say FROM … AS name, and --from=name")]
    Number,
    #[error("{0} is not defined in this file: the base image or the shell may set it")]
    NotDefined(String),
    #[error(
        "{0:?} is no name of a stage: start with a small letter; go on with small letters, digits, -, _ and ."
    )]
    NoStage(String),
    #[error("{0:?} is no name of a variable: letters of ASCII, digits and _, no digit first")]
    NoVariable(String),
    #[error("{0} has a meaning of its own in every build")]
    Reserved(String),
    #[error("line {line} mentions {name} in a text that other programs may read")]
    Mentioned { line: u32, name: String },
    #[error("with the name {0}, something in this file would mean something else")]
    Changed(String),
}

/// The name at a place, if it can be changed.
pub fn can_rename(source: &str, parse: &Parse<'_>, at: u32) -> Result<Span, RenameError> {
    let names = Names::new(source, parse);
    named(&names, at).map(|it| it.span)
}

/// The edits that give what has the name at `at` another name.
pub fn rename(
    source: &str,
    parsed: &Parse<'_>,
    at: u32,
    new: &str,
) -> Result<Vec<Edit>, RenameError> {
    let names = Names::new(source, parsed);
    let it = named(&names, at)?;
    let symbol = names.symbol(it).ok_or(RenameError::Nothing)?;
    match symbol.kind {
        SymbolKind::Stage(_) if !is_stage_name(new) => {
            return Err(RenameError::NoStage(new.to_owned()));
        }
        SymbolKind::Stage(_) if matches!(new, "scratch" | "context") => {
            return Err(RenameError::Reserved(new.to_owned()));
        }
        SymbolKind::Variable if !is_name(new) => {
            return Err(RenameError::NoVariable(new.to_owned()));
        }
        SymbolKind::Variable if is_of_every_build(new) => {
            return Err(RenameError::Reserved(new.to_owned()));
        }
        SymbolKind::Variable => mentioned(source, parsed, &names, &symbol.name)?,
        SymbolKind::Stage(_) => (),
    }
    let places = names.same(it).filter(|it| it.role != Role::Number);
    let edits: Vec<_> = places.map(|it| Edit::replace(it.span, new)).collect();
    let after = Fix::safe("", edits.clone()).apply(source).ok_or(RenameError::Nothing)?;
    if Names::new(&after, &parse(&after)).meaning() != names.meaning() {
        return Err(RenameError::Changed(new.to_owned()));
    }
    Ok(edits)
}

fn named(names: &Names, at: u32) -> Result<&Occurrence, RenameError> {
    let it = names.at(at).ok_or(RenameError::Nothing)?;
    if it.role == Role::Number {
        return Err(RenameError::Number);
    }
    let is_defined =
        names.same(it).any(|it| matches!(it.role, Role::Definition | Role::Declaration));
    match names.symbol(it) {
        Some(symbol) if !is_defined || is_of_every_build(&symbol.name) => {
            Err(RenameError::NotDefined(symbol.name.clone()))
        }
        Some(_) => Ok(it),
        None => Err(RenameError::Nothing),
    }
}

/// `FROM` finds a stage by small letters alone.
fn is_stage_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|it| it.is_ascii_lowercase())
        && bytes.all(|it| {
            it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, b'-' | b'_' | b'.')
        })
}

fn is_of_every_build(name: &str) -> bool {
    name == "PATH" || Globals::new(&[], &Map::new(), "", '\\').0.get(name).is_some()
}

/// Refuses if a text looks like the variable and is not known to be it: in quotes for another program, in a script of
/// another shell.
fn mentioned(
    source: &str,
    parsed: &Parse<'_>,
    names: &Names,
    name: &str,
) -> Result<(), RenameError> {
    for instruction in &parsed.instructions {
        let text = instruction.span.slice(source);
        for (at, _) in text.match_indices(name) {
            let start = instruction.span.start + to_u32(at);
            let span = Span::new(start, start + to_u32(name.len()));
            let before = text.get(..at).unwrap_or_default();
            let after = text.get(at + name.len()..).unwrap_or_default();
            let goes_on = |it: char| it.is_ascii_alphanumeric() || it == '_';
            let is_read =
                ["$", "${", "${!", "${#", "%", "env:"].iter().any(|it| before.ends_with(it));
            let is_comment =
                |it: &crate::syntax::Mark| it.kind == MarkKind::Comment && it.span.holds(start);
            if is_read
                && !after.starts_with(goes_on)
                && names.at(span.end).is_none_or(|it| it.span != span)
                && !instruction.marks().iter().any(is_comment)
            {
                let line = LineIndex::new(source).line(start);
                return Err(RenameError::Mentioned { line, name: name.to_owned() });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the file is after the first `what` in it gets another name.
    #[track_caller]
    fn check(source: &str, what: &str, new: &str, expected: Result<&str, &str>) {
        let at = u32::try_from(source.find(what).unwrap()).unwrap();
        let parsed = parse(source);
        let renamed = rename(source, &parsed, at, new)
            .map(|it| Fix::safe("", it).apply(source).unwrap())
            .map_err(|it| it.to_string());
        assert_eq!(renamed.as_deref().map_err(String::as_str), expected, "{source}");
    }

    #[test]
    fn stages_get_other_names_everywhere() {
        let source = "FROM a AS build\nFROM build\nCOPY --from=Build --chown=1 a b\nRUN --mount=from=build,target=/x echo build\n";
        let renamed = "FROM a AS one\nFROM one\nCOPY --from=one --chown=1 a b\nRUN --mount=from=one,target=/x echo build\n";
        check(source, "build", "one", Ok(renamed));
        check(source, "Build", "one", Ok(renamed));
        check(source, "build", "build", Ok(&source.replace("Build", "build")));
        check(
            source,
            "build",
            "One",
            Err(
                "\"One\" is no name of a stage: start with a small letter; go on with small letters, digits, -, _ and .",
            ),
        );
        check(
            source,
            "build",
            "1",
            Err(
                "\"1\" is no name of a stage: start with a small letter; go on with small letters, digits, -, _ and .",
            ),
        );
        check(source, "build", "scratch", Err("scratch has a meaning of its own in every build"));
        check(
            "FROM a\nCOPY --from=0 a b\nFROM b\n",
            "FROM",
            "x",
            Err("here is no name of a stage or a variable"),
        );
        // What has the name already, be it an image, keeps its meaning.
        let other = "with the name b, something in this file would mean something else";
        check("FROM a AS x\nFROM c AS b\nCOPY --from=x a b\n", "x", "b", Err(other));
        check("FROM a AS x\nFROM b\nFROM x\n", "x", "b", Err(other));
        let other = "with the name y, something in this file would mean something else";
        check("ARG B=x\nFROM a AS x\nFROM x\nCOPY --from=y a b", "x\nCOPY", "y", Err(other));
    }

    #[test]
    fn variables_get_other_names_everywhere() {
        let source = "ARG V=1\nFROM a:$V\nARG V\nRUN V=2 && echo \"$V\" ${V%x} \\\n  # $V\n  && export V VV=$VV\nENV A=${V:-$B}\n";
        check(
            source,
            "V",
            "X_2",
            Ok(
                "ARG X_2=1\nFROM a:$X_2\nARG X_2\nRUN X_2=2 && echo \"$X_2\" ${X_2%x} \\\n  # $V\n  && export X_2 VV=$VV\nENV A=${X_2:-$B}\n",
            ),
        );
        check(
            source,
            "B}",
            "C",
            Err("B is not defined in this file: the base image or the shell may set it"),
        );
        check(
            source,
            "V",
            "2",
            Err("\"2\" is no name of a variable: letters of ASCII, digits and _, no digit first"),
        );
        check(source, "V", "TARGETARCH", Err("TARGETARCH has a meaning of its own in every build"));
        check(
            source,
            "V",
            "B",
            Err("with the name B, something in this file would mean something else"),
        );
        let quoted = "FROM a\nENV V=1\nRUN awk '{ print $V }'\n";
        check(quoted, "V=1", "X", Err("line 3 mentions V in a text that other programs may read"));
        let powershell = "FROM a\nSHELL [\"pwsh\"]\nENV V=1\nRUN echo $env:V\n";
        check(
            powershell,
            "V=1",
            "X",
            Err("line 4 mentions V in a text that other programs may read"),
        );
        check(
            "FROM a\nENV PATH=/x:$PATH\n",
            "PATH",
            "X",
            Err("PATH is not defined in this file: the base image or the shell may set it"),
        );
    }
}
