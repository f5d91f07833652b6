//! Dockerfiles as people write them: what must hold for every text, and what is found in these.

use std::{fmt::Write as _, fs, path::Path};

use dockwright::{
    diagnostic::Diagnostic,
    lint::lint,
    syntax::{Form, InstructionKind, Parse, Text, parse, tokens},
    text::{LineIndex, Span},
};
use expect_test::expect_file;
use proptest::prelude::*;

/// What must hold for every text.
fn check(source: &str) {
    let parse = parse(source);
    check_tree(source, &parse);
    let mut last = 0;
    for token in tokens(&parse) {
        check_span(source, token.span);
        assert!(last <= token.span.start && !token.span.is_empty(), "{token:?} in {source:?}");
        last = token.span.end;
    }
    for finding in lint(source) {
        check_span(source, finding.span);
        let fixed = finding.fix.as_ref().map(|it| it.apply(source));
        assert!(fixed != Some(None), "{finding:?} cannot be repaired in {source:?}");
    }
}

/// Nothing of the source is lost, and parts stand where they say.
fn check_tree(source: &str, parse: &Parse<'_>) {
    let pieces = parse.pieces(source);
    assert_eq!(pieces.concat(), source);
    for blank in pieces.iter().step_by(2) {
        assert!(blank.trim_start_matches('\u{feff}').trim().is_empty(), "{blank:?} in {source:?}");
    }
    for it in &parse.instructions {
        check_span(source, it.span);
        assert!(it.span.start <= it.keyword.start && it.head().end <= it.span.end, "{source:?}");
        for mark in &it.marks {
            check_span(source, mark.span);
        }
        check_text(source, &it.line);
        check_text(source, &it.arguments());
        if let InstructionKind::Run(run) = &it.kind
            && let Form::Shell(text) = &run.command
        {
            check_text(source, text);
        }
    }
    for it in &parse.errors {
        check_span(source, it.span);
        assert!(it.help.is_some(), "no help for {}", it.message);
    }
}

/// Each byte of a joined text is the byte at its place in the source.
fn check_text(source: &str, text: &Text<'_>) {
    check_span(source, text.span);
    let spans = text.spans(0, text.len());
    let joined: String = spans.iter().map(|it| it.slice(source)).collect();
    assert_eq!(joined, text.as_str(), "{source:?}");
}

fn check_span(source: &str, span: Span) {
    let place = source.get(span.start as usize..span.end as usize);
    assert!(place.is_some(), "{span:?} is no place in {source:?}");
}

/// The findings, one on a line.
fn report(source: &str, found: &[Diagnostic]) -> String {
    let lines = LineIndex::new(source);
    let mut report = String::new();
    for it in found {
        let (from, to) = (lines.line_col(it.span.start), lines.line_col(it.span.end));
        let Diagnostic { code, severity, message, .. } = it;
        let place = format!("{}:{}-{}:{}", from.line, from.column, to.line, to.column);
        writeln!(report, "{place} {severity:?} {code} {message}").unwrap();
    }
    report
}

#[test]
fn findings_in_the_fixtures_are_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dockerfiles");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "Dockerfile") {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        check(&source);
        check(&source.replace('\n', "\r\n"));
        check(source.trim_end());
        // Every start of the file is a file that someone is typing.
        for (at, _) in source.char_indices() {
            check(source.get(..at).unwrap());
        }
        expect_file![path.with_extension("findings")].assert_eq(&report(&source, &lint(&source)));
        count += 1;
    }
    assert!(count >= 12, "only {count} fixtures");
}

#[test]
fn the_first_dockerfile_of_the_article_gives_one_suggestion() {
    let source = include_str!("../fixtures/dockerfiles/article-dockerping.Dockerfile");
    let expected = "1:6-1:19 Suggestion DL3007 `debian:latest` moves over time\n";
    assert_eq!(report(source, &lint(source)), expected);
}

/// Long and deep texts take time in proportion: these would not end if anything were quadratic.
#[test]
fn long_and_deep_texts_are_no_trouble() {
    let long = |unit: &str, count: usize| format!("FROM a:1\n{}", unit.repeat(count));
    let texts = [
        format!("FROM a:1\nRUN a{}", " \\\n b".repeat(100_000)),
        format!("FROM a:1\nENV a=b{}", " \\\n\n# c\n d=$e".repeat(20_000)),
        format!("FROM a:1\nRUN {}", "x".repeat(1_000_000)),
        format!("FROM a:1\nCMD [{}\"\"]", "\"a\\n\", ".repeat(40_000)),
        format!("FROM a:1\nCMD {}", "[".repeat(40_000)),
        format!("FROM a:1\nENV A={}", "${A:-".repeat(40_000)),
        format!("FROM a:1\nENV A={}", "\"'`$ ".repeat(40_000)),
        format!("FROM a:1\nLABEL {}", "'${\"".repeat(40_000)),
        long("CMD x\n", 20_000),
        long("FROM a:1 AS b\n", 20_000),
        long("FROM b AS b\nWORKDIR c\n", 20_000),
        long("RUN <<A <<B\n", 20_000),
        long("COPY <<A /x\nA\n", 20_000),
        long("NOPE\n", 20_000),
        long("COPY --from=1 --link --link x\n", 20_000),
        format!("RUN {}", "<<A ".repeat(40_000)),
        "\\\n".repeat(40_000),
        "#\n".repeat(40_000),
        format!("FROM {}", "--platform=x ".repeat(40_000)),
    ];
    for source in texts {
        let parse = parse(&source);
        assert_eq!(parse.pieces(&source).concat(), source);
        tokens(&parse);
        lint(&source);
    }
}

fn fragments() -> impl Strategy<Value = String> {
    let fragment = proptest::sample::select(vec![
        "FROM ",
        "a:1 AS b",
        "from b",
        "RUN ",
        "CMD ",
        "ENTRYPOINT ",
        "COPY --from=b ",
        "ENV ",
        "LABEL ",
        "ARG ",
        "EXPOSE 80",
        "VOLUME ",
        "WORKDIR ",
        "USER ",
        "SHELL ",
        "ONBUILD ",
        "HEALTHCHECK CMD ",
        "MAINTAINER x",
        "STOPSIGNAL 9",
        "ADD a b",
        "NOPE",
        "# escape=`",
        "# c",
        "#",
        "\n",
        "\n\n",
        "\r\n",
        "\\\n",
        "\\ \t\r\n",
        "`\n",
        " ",
        "\t",
        "\"",
        "'",
        "\\",
        "`",
        "$",
        "$A",
        "${A",
        "${A:-",
        "}",
        "[",
        "\"a\"",
        ", ",
        "]",
        "=",
        "a=b",
        "<<E",
        "<<-'E' ",
        "E\n",
        "--x",
        "--",
        "é",
        "🐳",
        "\u{feff}",
        "\u{85}",
        "\u{2028}",
        "\0",
        "\r",
    ]);
    proptest::collection::vec(fragment, 0..40).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_read(source in any::<String>()) {
        check(&source);
    }

    #[test]
    fn any_dockerfile_can_be_read(source in fragments()) {
        check(&source);
    }
}
