//! `# syntax=`, `# escape=`, `# check=`: lines above everything else that change how the file is read.

use std::borrow::Cow;

use crate::{
    diagnostic::Diagnostic,
    json,
    syntax::{
        Text,
        lines::{Line, line_at},
    },
    text::{Span, to_u32},
};

/// A directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive<'a> {
    /// The whole line from `#`, without the line break.
    pub span: Span,
    /// `syntax`, `escape` or `check`, as written.
    pub name: Text<'a>,
    /// The text after `=`.
    pub value: Text<'a>,
}

/// The directives at the top of a file.
pub(crate) struct Directives<'a> {
    pub(crate) found: Vec<Directive<'a>>,
    pub(crate) escape: char,
    pub(crate) errors: Vec<Diagnostic>,
    /// Where the first line that is no directive starts.
    pub(crate) next: usize,
}

/// Reads the directives of a file that starts at `start`, behind a byte order mark if there is one.
///
/// The first line that is none ends them for good, be it a comment or an empty line.
pub(crate) fn directives(source: &str, start: usize) -> Directives<'_> {
    let mut it = Directives { found: Vec::new(), escape: '\\', errors: Vec::new(), next: start };
    while let Some(line) = line_at(source, it.next) {
        let Some(directive) = directive(line, "#") else { break };
        it.next = line.next;
        it.take(directive);
    }
    it
}

impl<'a> Directives<'a> {
    fn take(&mut self, directive: Directive<'a>) {
        let name = directive.name.to_ascii_lowercase();
        if self.found.iter().any(|it| it.name.eq_ignore_ascii_case(&name)) {
            let message = format!("only one {name} parser directive can be used");
            let help = "Remove one of the two lines.";
            self.errors.push(Diagnostic::error(directive.span, message).with_help(help));
        } else if name == "escape" {
            self.escape(&directive);
        }
        self.found.push(directive);
    }

    fn escape(&mut self, directive: &Directive<'_>) {
        match directive.value.as_str() {
            "\\" => self.escape = '\\',
            "`" => self.escape = '`',
            other => {
                let message = format!("invalid escape token '{other}' does not match ` or \\");
                self.errors
                    .push(Diagnostic::error(directive.value.span, message).with_help(
                        "Only the backslash and the backtick can be escape characters.",
                    ));
            }
        }
    }
}

fn directive<'a>(line: Line<'a>, sign: &str) -> Option<Directive<'a>> {
    let text = line.text.trim_start();
    let (name, rest) = head(text, sign)?;
    // A value of nothing but blanks is its last blank.
    let trimmed = rest.trim_end_matches(is_space);
    let value = match trimmed.trim_start_matches(is_space) {
        "" => rest.get(rest.char_indices().next_back()?.0..)?,
        value => value,
    };
    let known = ["syntax", "escape", "check"].iter().any(|it| it.eq_ignore_ascii_case(name));
    if !known {
        return None;
    }
    let place = |part: &str| {
        let start = line.start + (part.as_ptr() as usize - line.text.as_ptr() as usize);
        Span::new(to_u32(start), to_u32(start + part.len()))
    };
    let end = text.trim_end_matches(is_space);
    let whole = if end.len() < text.len() && trimmed.is_empty() { text } else { end };
    Some(Directive {
        span: place(whole),
        name: Text::new(name, place(name)),
        value: Text::new(value, place(value)),
    })
}

/// What the regular expressions of Go call white space.
fn is_space(it: char) -> bool {
    matches!(it, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

/// The name of a directive, and the text behind the equals sign.
fn head<'a>(text: &'a str, sign: &str) -> Option<(&'a str, &'a str)> {
    let text = text.strip_prefix(sign)?.trim_start();
    let end = text.bytes().position(|it| !it.is_ascii_alphanumeric())?;
    let (name, rest) = text.split_at_checked(end)?;
    let is_name = name.bytes().next()?.is_ascii_alphabetic();
    let value = rest.trim_start_matches(is_space).strip_prefix('=')?;
    is_name.then_some((name, value))
}

/// A directive that was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'a> {
    /// The value up to the first blank.
    pub value: Cow<'a, str>,
    /// The whole value.
    pub whole: Cow<'a, str>,
    /// The line, from 1; for JSON the line above it, as Docker counts.
    pub line: u32,
}

/// The directive `key` of a file, as the tools find it that do not read the file: `ParseDirective` of BuildKit's
/// `parser/directives.go`. Unlike the build, they skip a first line with `#!`, and no blanks stand before the sign.
pub fn lookup<'a>(key: &str, source: &'a str) -> Option<Found<'a>> {
    let (source, line) = behind_shebang(source);
    find(key, source, line, "#")
}

/// The frontend that a file asks for, be the file a Dockerfile or not: `DetectSyntax` of BuildKit.
///
/// Where `# syntax=` is not found, `// syntax=` and the field of a JSON object count too.
pub fn detect_syntax(source: &str) -> Option<Found<'_>> {
    let (source, line) = behind_shebang(source);
    let found = find("syntax", source, line, "#").or_else(|| find("syntax", source, line, "//"));
    found.or_else(|| {
        let json::Value::Object(fields) = json::parse(source)? else { return None };
        let (_, value) = fields.into_iter().rev().find(|it| it.0 == "syntax")?;
        let json::Value::Text(value) = value else { return None };
        Some(Found { value: value.clone().into(), whole: value.into(), line })
    })
}

/// The source without a byte order mark and a first line with `#!`, and how many lines were left out.
fn behind_shebang(source: &str) -> (&str, u32) {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    match source.split_once('\n') {
        Some((first, rest)) if first.starts_with("#!") => (rest, 1),
        None if source.starts_with("#!") => ("", 1),
        _ => (source, 0),
    }
}

fn find<'a>(key: &str, source: &'a str, mut line: u32, sign: &str) -> Option<Found<'a>> {
    let mut seen: Vec<String> = Vec::new();
    for text in source.split('\n') {
        line += 1;
        let text = text.strip_suffix('\r').unwrap_or(text);
        let it = directive(Line { text, start: 0, next: 0 }, sign)?;
        let name = it.name.to_ascii_lowercase();
        if !text.starts_with(sign) || seen.contains(&name) {
            return None;
        }
        if name == key {
            let whole = it.value.span.slice(text);
            let value = whole.split(' ').next().unwrap_or_default();
            return Some(Found { value: value.into(), whole: whole.into(), line });
        }
        seen.push(name);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, names: &[(&str, &str)], escape: char, errors: &[&str]) {
        let it = directives(source, 0);
        let found: Vec<_> =
            it.found.iter().map(|it| (it.name.as_str(), it.value.as_str())).collect();
        assert_eq!(found, names);
        assert_eq!(it.escape, escape);
        assert_eq!(it.errors.iter().map(|it| it.message.as_ref()).collect::<Vec<_>>(), errors);
    }

    #[test]
    fn directives_stand_above_everything_else() {
        check("", &[], '\\', &[]);
        check("FROM a", &[], '\\', &[]);
        check("# syntax=docker/dockerfile:1\n", &[("syntax", "docker/dockerfile:1")], '\\', &[]);
        check("#EsCaPe = `  \r\n", &[("EsCaPe", "`")], '`', &[]);
        check("# a comment\n# escape=`", &[], '\\', &[]);
        check("\n# escape=`", &[], '\\', &[]);
        check("# unknown=1\n# escape=`", &[], '\\', &[]);
        check("# escape=", &[], '\\', &[]);
        let two = [("escape", "`"), ("escape", "\\")];
        check(
            "# escape=`\n# escape=\\",
            &two,
            '`',
            &["only one escape parser directive can be used"],
        );
        check(
            "# escape=x",
            &[("escape", "x")],
            '\\',
            &["invalid escape token 'x' does not match ` or \\"],
        );
        check(
            "# escape= ",
            &[("escape", " ")],
            '\\',
            &["invalid escape token ' ' does not match ` or \\"],
        );
    }

    #[test]
    fn tools_look_for_single_directives() {
        let found = |it: Option<Found<'_>>| {
            it.map(|it| (it.value.into_owned(), it.whole.into_owned(), it.line))
        };
        let some =
            |value: &str, whole: &str, line| Some((value.to_owned(), whole.to_owned(), line));
        for (key, source, expected) in [
            ("check", "# check = skip=all # why\nFROM a", some("skip=all", "skip=all # why", 1)),
            ("check", "#!/bin/sh\n#syntax=x\r\n#CHECK=a\r\n", some("a", "a", 3)),
            ("check", "\u{feff}#check=a", some("a", "a", 1)),
            ("check", " #check=a", None),
            ("check", "\n#check=a", None),
            ("check", "//check=a", None),
            ("check", "#syntax=x\n#syntax=y\n#check=a", None),
            ("check", "#!x", None),
        ] {
            assert_eq!(found(lookup(key, source)), expected, "{source:?}");
        }
        for (source, expected) in [
            ("# syntax=a/b:1\nFROM x", some("a/b:1", "a/b:1", 1)),
            ("// Syntax = a/b:1 x", some("a/b:1", "a/b:1 x", 1)),
            ("#!/bin/sh\n//check=x\n//syntax=y", some("y", "y", 3)),
            ("{\"a\": [1], \"syntax\": \"x y\"}", some("x y", "x y", 0)),
            ("#!x\n{\"syntax\": \"x\"}", some("x", "x", 1)),
            ("{\"syntax\": 1}", None),
            ("{\"syntax\": \"x\"", None),
            ("{\"syntax\": \"x\"}\n# syntax=y", None),
            ("FROM x", None),
        ] {
            assert_eq!(found(detect_syntax(source)), expected, "{source:?}");
        }
    }
}
