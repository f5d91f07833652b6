//! What is wrong or unwise in a Dockerfile: what the parser, the build, our rules and BuildKit's checks say, as one list.

use crate::{
    diagnostic::{self, Diagnostic, Severity},
    lint, order,
    simulate::{BASE, Build, Warning, checks},
    syntax::Parse,
    text::Span,
};

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it says. What only a check of BuildKit says has the check's name as its code.
    pub diagnostic: Diagnostic,
    /// The check of BuildKit that says the same.
    pub check: Option<&'static checks::Rule>,
}

/// All findings, in order of place. What two of them say is there once.
pub(super) fn findings(
    source: &str,
    parse: &Parse<'_>,
    build: &Build,
    warnings: &[Warning],
) -> Vec<Finding> {
    let found = with_errors(lint::lint_parsed(source, parse), &build.errors);
    let mut found: Vec<_> =
        found.into_iter().map(|diagnostic| Finding { diagnostic, check: None }).collect();
    let own = found.len();
    let mut warnings: Vec<&Warning> = warnings.iter().collect();
    order::sort_by(&mut warnings, |one, other| {
        let key = |it: &Warning| (it.span, it.rule);
        key(one).cmp(&key(other)).then_with(|| one.message.cmp(&other.message))
    });
    warnings.dedup();
    for it in warnings {
        let Some(check) = checks::Rule::find(it.rule) else { continue };
        if !is_said(found.get_mut(..own).unwrap_or_default(), place(parse, it), it.rule, check) {
            found.push(warned(it, check));
        }
    }
    order::sort_by_key(&mut found, |it| it.diagnostic.span);
    found
}

/// Findings, which are in order of place, and the errors of a build that none of them is. A base image that is not known
/// here is not wrong.
pub(super) fn with_errors(found: Vec<Diagnostic>, errors: &[Diagnostic]) -> Vec<Diagnostic> {
    let is_said = |error: &Diagnostic| {
        let first = found.partition_point(|it| it.span.start < error.span.start);
        let inside = found.get(first..).unwrap_or_default().iter();
        let mut inside = inside.take_while(|it| it.span.start <= error.span.end);
        inside.any(|it| it.message == error.message)
    };
    let unsaid = errors.iter().filter(|it| it.code != BASE && !is_said(it)).cloned().collect();
    diagnostic::merge(found, unsaid)
}

/// Whether one of our findings, which are in order of place, says what a check says; it is told which check that is.
fn is_said(found: &mut [Finding], span: Span, rule: &str, check: &'static checks::Rule) -> bool {
    let first = found.partition_point(|it| it.diagnostic.span.start < span.start);
    let inside = found.iter_mut().skip(first);
    let mut is_said = false;
    for it in inside.take_while(|it| it.diagnostic.span.start <= span.end) {
        if lint::find(it.diagnostic.code).is_some_and(|it| it.buildkit() == Some(rule)) {
            it.check = Some(check);
            is_said = true;
        }
    }
    is_said
}

/// The instruction that a check warns of, which may name a part of it: its last line.
fn place(parse: &Parse<'_>, warning: &Warning) -> Span {
    let next = parse.instructions.partition_point(|it| it.span.start <= warning.span.start);
    let above = next.checked_sub(1).and_then(|it| parse.instructions.get(it));
    above.filter(|it| warning.span.end <= it.span.end).map_or(warning.span, |it| it.span)
}

/// What a check alone says.
pub(super) fn warned(warning: &Warning, check: &'static checks::Rule) -> Finding {
    let ours = lint::rules().find(|it| it.buildkit() == Some(check.name));
    let diagnostic = Diagnostic {
        code: check.name,
        severity: ours.map_or(Severity::Warning, |it| it.severity),
        ..Diagnostic::error(warning.span, warning.message.clone()).with_help(check.help)
    };
    Finding { diagnostic, check: Some(check) }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::terminal::{DOCKERFILE, Terminal, World};

    #[track_caller]
    fn check(source: &str, expected: &Expect) {
        let mut terminal = Terminal::new(World::default());
        terminal.write_file(DOCKERFILE, source);
        let mut text = String::new();
        for it in terminal.forecast().findings() {
            let check = it.check.map_or("-", |it| it.name);
            let it = it.diagnostic;
            let (span, place) = (it.span, it.span.slice(source));
            text.push_str(&format!(
                "{} {:?} {} [{check}] {:?}\n",
                span.start, it.severity, it.code, place
            ));
        }
        expected.assert_eq(&text);
    }

    #[test]
    fn what_two_of_them_say_is_there_once_and_all_is_in_order_of_place() {
        check(
            "FROM debian:13 AS Build\nWORKDIR app\nEXPOSE foo\nMAINTAINER a\nCMD [\"b\"]\nCMD [\"c\"]\n",
            &expect![[r#"
                18 Style DW107 [StageNameCasing] "Build"
                32 Warning DW705 [WorkdirRelativePath] "app"
                43 Error DW015 [-] "foo"
                47 Warning DW716 [MaintainerDeprecated] "MAINTAINER"
                60 Warning DW707 [-] "CMD [\"b\"]"
            "#]],
        );
        check(
            "FROM debian:13\nENV A=$B\nMAINTAINER a\nCMD [\"b\"]\nCMD [\"c\"]\nLABEL a b\n",
            &expect![[r#"
                21 Warning DW201 [UndefinedVar] "$B"
                24 Warning DW716 [MaintainerDeprecated] "MAINTAINER"
                37 Warning DW707 [MultipleInstructionsDisallowed] "CMD [\"b\"]"
                63 Style DW204 [LegacyKeyValueFormat] "a b"
            "#]],
        );
        // A rule that finds the place in an instruction says what the build says of all of it.
        check(
            "FROM debian:13\nEXPOSE 80 99999\n",
            &expect![[r#"
            25 Error DW015 [-] "99999"
        "#]],
        );
        // A base image that nobody knows and a file that is not there are no findings.
        check("FROM nobody/knows:1\nCOPY missing /\n", &expect![[""]]);
    }
}
