//! What is wrong or unwise in a Dockerfile that stands alone, or beside a `.dockerignore`, as settings want it.

use super::{
    Finding, Terminal, World,
    findings::{warned, with_errors},
};
use crate::{
    diagnostic::Diagnostic,
    lint::{self, Linted, Settings},
    order,
    simulate::{
        Options, build_unlaid,
        checks::{self, Rule as Check},
        context::{Context, ContextError},
    },
    syntax::parse,
};

/// What is wrong or unwise in a Dockerfile, and how much of it there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The findings, in order of place.
    pub shown: Vec<Finding>,
    /// What a comment silences, in order of place.
    pub silenced: Vec<Diagnostic>,
    /// Why the `.dockerignore` cannot be used, if it cannot.
    pub ignore_error: Option<ContextError>,
    /// How many rules have looked.
    pub rules: usize,
    /// How many instructions there are.
    pub instructions: usize,
    /// How many stages there are.
    pub stages: usize,
}

/// Looks at a Dockerfile as `docker build --check` does, and with our rules; `ignore_file` is the text of the
/// `.dockerignore` beside it, if there is one.
pub fn review(source: &str, ignore_file: Option<&str>, settings: &Settings) -> Review {
    let parse = parse(source);
    let Linted { shown, silenced } = lint::lint_with(source, &parse, settings);
    let (context, ignore_error) = match ignore_file {
        None => (None, None),
        Some(text) => match Context::default().without(".dockerignore", text) {
            Ok(it) => (Some(it), None),
            Err(error) => (None, Some(error)),
        },
    };
    let terminal = Terminal::new(World::default());
    let bases = terminal.bases();
    let options = Options { context: context.as_ref(), check: true, ..Options::new(&bases) };
    let (build, warnings) = build_unlaid(source, &parse, &options);
    let mut shown: Vec<_> = with_errors(shown, &build.errors)
        .into_iter()
        .map(|it| Finding { check: check_of(&it), diagnostic: it })
        .collect();
    // Most checks are rules of ours, which the settings turn on and off. The others need the files around.
    for it in warnings {
        if let Some(check) = checks::Rule::find(it.rule).filter(|it| !is_ours(it)) {
            shown.push(warned(&it, check));
        }
    }
    order::sort_by_key(&mut shown, |it| it.diagnostic.span);
    Review {
        shown,
        silenced,
        ignore_error,
        rules: settings.count(),
        instructions: parse.instructions.len(),
        stages: build.stages.len(),
    }
}

fn check_of(it: &Diagnostic) -> Option<&'static Check> {
    lint::find(it.code).and_then(lint::Rule::buildkit).and_then(Check::find)
}

fn is_ours(check: &Check) -> bool {
    lint::rules().any(|it| it.buildkit() == Some(check.name))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::lint::settings::Preset;

    #[track_caller]
    fn check(source: &str, ignore_file: Option<&str>, settings: &Settings, expected: &Expect) {
        let Review { shown, silenced, ignore_error, .. } = review(source, ignore_file, settings);
        let mut text = String::new();
        for it in shown {
            let check = it.check.map_or("-", |it| it.name);
            let it = it.diagnostic;
            text.push_str(&format!("{:?} {} [{check}] {}\n", it.severity, it.code, it.message));
        }
        text.extend(silenced.iter().map(|it| format!("silenced {}\n", it.code)));
        text.extend(ignore_error.iter().map(|it| format!("ignore file: {it}\n")));
        expected.assert_eq(&text);
    }

    #[test]
    fn settings_and_comments_are_obeyed_and_errors_of_the_build_are_there() {
        let default = Settings::default();
        check(
            "FROM debian:13\n# hadolint ignore=DL4000\nMAINTAINER me\nEXPOSE foo\n",
            None,
            &default,
            &expect![[r#"
                Error DW015 [-] invalid containerPort: foo
                silenced DW716
            "#]],
        );
        let mut without = Settings::default();
        without.ignore("DL4000").unwrap();
        check("FROM debian:13\nMAINTAINER me\n", None, &without, &expect![[""]]);
        check(
            "FROM debian:13\nMAINTAINER me\n",
            None,
            &default,
            &expect![[r#"
            Warning DW716 [MaintainerDeprecated] `MAINTAINER` is deprecated
        "#]],
        );
        check(
            "FROM debian\nMAINTAINER me\n",
            None,
            &Settings::preset(Preset::Hadolint),
            &expect![[r#"
            Warning DW101 [-] `debian` has no tag, so it means `debian:latest`
            Error DW716 [MaintainerDeprecated] `MAINTAINER` is deprecated
        "#]],
        );
        // What is wrong in a stage that nobody needs is wrong too. An unknown base is not.
        check(
            "FROM nobody/knows:1 AS a\nEXPOSE foo\nFROM debian:13\nCOPY missing /\n",
            None,
            &default,
            &expect![[r#"
                Error DW015 [-] invalid containerPort: foo
            "#]],
        );
    }

    #[test]
    fn what_the_ignore_file_takes_away_cannot_be_copied() {
        let source = "FROM debian:13\nCOPY dist/app /app\n";
        let default = Settings::default();
        check(
            source,
            Some("dist\n"),
            &default,
            &expect![[r#"
            Warning CopyIgnoredFile [CopyIgnoredFile] Attempting to Copy file "dist/app" that is excluded by .dockerignore
        "#]],
        );
        check(
            source,
            Some("[\n"),
            &default,
            &expect![[r#"
            ignore file: syntax error in pattern
        "#]],
        );
        check(source, Some("other\n"), &default, &expect![[""]]);
    }

    #[test]
    fn what_was_looked_at_is_counted() {
        let it = review("FROM a:1 AS b\nRUN c\nFROM b\n", None, &Settings::none());
        assert_eq!((it.rules, it.instructions, it.stages), (0, 3, 2));
        assert!(review("", None, &Settings::default()).rules > 100);
    }
}
