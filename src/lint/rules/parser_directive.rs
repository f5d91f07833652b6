use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::keyword::nearest,
    text::{Span, to_u32},
};

const NAMES: [&str; 3] = ["syntax", "escape", "check"];

rule! {
    /// Directives are comments at the very top of a file. One that stands further down, or whose name is misspelt, is a comment
    /// like any other, and does nothing.
    ///
    /// ```dockerfile bad
    /// # sytnax=docker/dockerfile:1
    /// # ^^^^^^ this directive is misspelt, so it is a comment
    /// FROM debian:13
    /// ```
    ///
    /// ```dockerfile fixed
    /// # syntax=docker/dockerfile:1
    /// FROM debian:13
    /// ```
    ///
    /// ```dockerfile bad
    /// # Our image.
    /// # syntax=docker/dockerfile:1
    /// # ^^^^^^ this directive does nothing: it must stand at the top of the file
    ///
    /// # escape=`
    /// # ^^^^^^ this directive does nothing: it must stand at the top of the file
    /// FROM debian:13
    /// ```
    ///
    /// What a directive cannot say, and one that is given twice, stops the build.
    ///
    /// ```dockerfile bad
    /// # escape=x
    /// #        ^ invalid escape token 'x' does not match ` or \
    /// FROM debian:13
    /// ```
    ///
    /// `check` may stand above an instruction too.
    ///
    /// ```dockerfile good
    /// # syntax=docker/dockerfile:1
    /// # escape=\
    /// # A comment about syntax: syntax = words and their order.
    /// FROM debian:13
    /// # check=skip=JSONArgsRecommended
    /// CMD id
    /// ```
    DW010 "parser-directive" Warning On
    "util:INVALID_ESCAPE_DIRECTIVE util:DUPLICATED_ESCAPE_DIRECTIVE util:CASING_DIRECTIVE tally:syntax-directive-typo"
    check
}

fn check(checker: &Checker<'_>) {
    let source = checker.source();
    let first = checker.parse().instructions.first().map_or(u32::MAX, |it| it.span.start);
    for comment in &checker.parse().comments {
        let Some((name, value)) = read(comment.slice(source), comment.start) else { continue };
        let (word, is_value) = (name.slice(source), is_value(value));
        let Some(near) = nearest(word, NAMES).filter(|_| is_value) else { continue };
        if near.eq_ignore_ascii_case(word) {
            if near != "check" {
                let finding = Finding::new(
                    name,
                    "this directive does nothing: it must stand at the top of the file",
                    "Move it above everything else, other comments too.",
                );
                checker.report(finding);
            }
        } else if comment.start < first && near == "syntax" && value.contains("dockerfile") {
            let edit = Edit::replace(name, near);
            checker.report(
                Finding::new(
                    name,
                    "this directive is misspelt, so it is a comment",
                    format!("Write {near}."),
                )
                .fix(Fix::safe(format!("Write {near}"), vec![edit])),
            );
        }
    }
}

/// The place of the name and the value of a comment `# name=value`.
fn read(comment: &str, start: u32) -> Option<(Span, &str)> {
    let text = comment.strip_prefix('#')?;
    let (before, value) = text.split_once('=')?;
    let name = before.trim();
    let at = start + 1 + to_u32(before.len() - before.trim_start().len());
    let is_name = !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphabetic());
    is_name.then(|| (Span::new(at, at + to_u32(name.len())), value.trim()))
}

/// Whether it is one word, as the values of directives are.
fn is_value(value: &str) -> bool {
    !value.is_empty() && !value.contains(char::is_whitespace)
}
