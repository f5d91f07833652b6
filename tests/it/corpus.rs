//! Dockerfiles as people write them: what must hold for every text, and what is found in these.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use dockwright::{
    diagnostic::Diagnostic,
    lint::lint,
    simulate::{Options, build},
    syntax::docker_text,
    text::LineIndex,
};
use expect_test::expect_file;
use proptest::prelude::*;

use crate::{
    fixtures::{Fixture, fixtures},
    properties::{Any, check_build, check_expand, check_parse, check_shell, dockerfile},
};

/// What must hold for every text.
fn check(source: &str) {
    check_parse(source);
    check_build(source);
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
fn there_are_many_kinds_of_fixtures() {
    let all = fixtures();
    let (broken, good): (Vec<_>, Vec<_>) = all.iter().partition(|it| it.is_broken());
    assert!(good.len() >= 200 && broken.len() >= 20, "{} and {}", good.len(), broken.len());
    let kinds: BTreeSet<_> = all.iter().map(kind).collect();
    assert!(kinds.len() >= 18, "{kinds:?}");
}

#[test]
fn fixtures_are_read_whole() {
    for it in fixtures() {
        check(&it.source);
        check(&it.source.replace('\n', "\r\n"));
        check(it.source.trim_end());
        it.source.lines().for_each(check_expand);
        check_shell(&it.source);
    }
}

/// Every start of a file is a file that someone is typing. In short files every character is a start, in
/// long ones some.
#[test]
fn fixtures_can_be_typed() {
    for it in fixtures() {
        let step = it.source.len().pow(2) / 30_000 + 1;
        for (at, _) in it.source.char_indices().step_by(step) {
            check(it.source.get(..at).unwrap());
        }
    }
}

#[test]
fn good_fixtures_build() {
    let mut wrong = String::new();
    for it in fixtures().iter().filter(|it| !it.is_broken()) {
        let built = build(&it.source, &Options::new(&Any));
        if !built.errors.is_empty() {
            writeln!(wrong, "{}\n{}", it.name, report(&it.source, &built.errors)).unwrap();
        }
        assert!(!built.steps.is_empty(), "{}", it.name);
    }
    assert_eq!(wrong, "");
}

#[test]
fn errors_of_the_broken_fixtures_are_as_recorded() {
    for it in fixtures().iter().filter(|it| it.is_broken()) {
        let built = build(&it.source, &Options::new(&Any));
        let mut errors = report(&it.source, &built.errors);
        assert!(!errors.is_empty(), "nothing is wrong with {}", it.name);
        let first = built.errors.first().map(|error| docker_text(error, &it.source));
        writeln!(errors, "Docker: {}", first.unwrap_or_default()).unwrap();
        expect_file![folder().join(format!("{}.errors", it.name))].assert_eq(&errors);
    }
}

#[test]
fn findings_in_the_fixtures_are_as_recorded() {
    let mut found = BTreeMap::<_, String>::new();
    let all = fixtures();
    for it in &all {
        let report = report(&it.source, &lint(&it.source));
        writeln!(found.entry(kind(it)).or_default(), "{}\n{report}", it.name).unwrap();
    }
    for (kind, found) in found {
        expect_file![folder().join(kind).join("findings.txt")].assert_eq(&found);
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dockerfiles")
}

/// The folder of a fixture.
fn kind(it: &Fixture) -> &str {
    it.name.split_once('/').unwrap().0
}

#[test]
fn the_first_dockerfile_of_the_article_gives_one_suggestion() {
    let source = include_str!("../fixtures/dockerfiles/article/dockerping.Dockerfile");
    let expected = "1:6-1:19 Warning DW102 `debian:latest` moves over time\n";
    assert_eq!(report(source, &lint(source)), expected);
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
        check_expand(&source);
        check_shell(&source);
    }

    /// What the fuzz target `simulate` does, with bytes of this test's making.
    #[test]
    fn any_bytes_make_a_dockerfile_that_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        check(&dockerfile(&bytes));
    }

    #[test]
    fn any_dockerfile_can_be_read(source in fragments()) {
        check(&source);
        check_expand(&source);
        check_shell(&source);
    }
}

static FIXTURES: LazyLock<Vec<Fixture>> = LazyLock::new(fixtures);

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// A fixture with a piece of another one in it, or without a piece.
    #[test]
    fn fixtures_can_be_changed(one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>(), cut in any::<[prop::sample::Index; 3]>()) {
        let bytes = one.get(&FIXTURES).source.as_bytes();
        let piece = other.get(&FIXTURES).source.as_bytes();
        let [at, from, to] = cut.map(|it| it.index(piece.len().max(bytes.len()).max(1)));
        let (from, to) = (from.min(to).min(piece.len()), to.max(from).min(piece.len()));
        let (start, end) = bytes.split_at(at.min(bytes.len()));
        let text = [start, &piece[from..to], &end[(to - from).min(end.len())..]].concat();
        let text = String::from_utf8_lossy(&text);
        check(&text);
        text.lines().for_each(check_expand);
    }
}
