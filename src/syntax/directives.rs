//! `# syntax=`, `# escape=`, `# check=`: lines above everything else that change how the file is read.

use nom::{
    IResult, Parser,
    bytes::complete::take_while,
    character::complete::{char, multispace0, satisfy},
    combinator::recognize,
    sequence::{delimited, pair},
};

use crate::{
    diagnostic::Diagnostic,
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
        let Some(directive) = directive(line) else { break };
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

fn directive(line: Line<'_>) -> Option<Directive<'_>> {
    let text = line.text.trim_start();
    let (value, (name, _)) = head(text).ok()?;
    let value = value.trim_end();
    let known = ["syntax", "escape", "check"].iter().any(|it| it.eq_ignore_ascii_case(name));
    if value.is_empty() || !known {
        return None;
    }
    let place = |part: &str| {
        let start = line.start + (part.as_ptr() as usize - line.text.as_ptr() as usize);
        Span::new(to_u32(start), to_u32(start + part.len()))
    };
    Some(Directive {
        span: place(text.trim_end()),
        name: Text::new(name, place(name)),
        value: Text::new(value, place(value)),
    })
}

fn head(input: &str) -> IResult<&str, (&str, char)> {
    let name = recognize(pair(
        satisfy(|it| it.is_ascii_alphabetic()),
        take_while(|it: char| it.is_ascii_alphanumeric()),
    ));
    let equals = delimited(multispace0, char('='), multispace0);
    let (rest, _) = pair(char('#'), multispace0).parse(input)?;
    pair(name, equals).parse(rest)
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
    }
}
