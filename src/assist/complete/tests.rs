//! What could come next, where somebody writes.

use super::*;
use crate::syntax::parse;

/// What could be written where `|` stands.
#[track_caller]
fn check(source: &str, expected: &[&str]) {
    let at = source.find('|').unwrap();
    let source = source.replacen('|', "", 1);
    let found = complete(&source, &parse(&source), to_u32(at));
    for it in &found {
        let written = it.span.slice(&source);
        assert!(it.text.to_ascii_lowercase().starts_with(&written.to_ascii_lowercase()));
        assert_eq!(it.span.end as usize, at);
    }
    let texts: Vec<_> = found.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, expected, "{source}");
}

#[test]
fn instructions_come_at_the_start_of_a_line() {
    check("FROM a\nE|\n", &["ENTRYPOINT", "ENV", "EXPOSE"]);
    check("from a\n  wo|", &["workdir"]);
    check("from a\nWO|", &["WORKDIR"]);
    check("FROM a\nONBUILD W|", &["WORKDIR"]);
    check("FROM a\nONBUILD COPY --li|", &["--link"]);
    check("FROM a\nRUN one \\\n  WO|", &[]);
    check("FROM a\nRUN <<E\nWO|\nE\n", &[]);
    let all = complete("FROM a\n\n", &parse("FROM a\n\n"), 7);
    assert_eq!(all.len(), Keyword::ALL.len());
}

#[test]
fn flags_and_their_values_are_those_of_the_instruction() {
    check(
        "FROM a\nCOPY --|",
        &["--chmod=", "--chown=", "--exclude=", "--from=", "--link", "--parents"],
    );
    check("FROM a\nCOPY --link --ch| x y", &["--chmod=", "--chown="]);
    check("FROM a\nCOPY --link --l|", &[]);
    check("FROM a\nCOPY x --l|", &[]);
    check("FROM a AS one\nFROM b AS two\nCOPY --from=|", &["one"]);
    check("FROM a AS one\nFROM b\nRUN --mount=type=bind,from=o|", &["one"]);
    check("FROM a\nRUN --mount=type=|", &["bind", "cache", "secret", "ssh", "tmpfs"]);
    check("FROM a\nRUN --mount=type=cache,s|", &["source=", "sharing="]);
    check(
        "FROM --platform=$|",
        &[
            "BUILDARCH",
            "BUILDOS",
            "BUILDOSVERSION",
            "BUILDPLATFORM",
            "BUILDVARIANT",
            "TARGETARCH",
            "TARGETOS",
            "TARGETOSVERSION",
            "TARGETPLATFORM",
            "TARGETSTAGE",
            "TARGETVARIANT",
        ],
    );
    check("FROM a\nHEALTHCHECK |", &["CMD", "NONE"]);
}

#[test]
fn names_are_those_that_are_seen() {
    check("FROM a AS one\nFROM b AS two\nFROM |", &["one", "two", "scratch"]);
    check("FROM a AS one\nFROM one |", &["AS"]);
    check("ARG VERSION=1\nFROM a:${V|}", &["VERSION"]);
    check("ARG V=1\nFROM a\nENV W=1\nUSER \"$|\"\nENV X=1\n", &["W"]);
    check("FROM a AS base\nENV W=1\nFROM base\nRUN echo ${|", &["W"]);
    check("FROM a\nENV W=1\nRUN echo $W|", &["W"]);
}

#[test]
fn comments_know_directives_and_rules() {
    check("# |", &["syntax=docker/dockerfile:1", "escape=`", "check=skip=", "dockwright: ignore["]);
    check("# syntax=x\n#e|", &["escape=`"]);
    check("FROM a\n# |", &["dockwright: ignore["]);
    check(
        "FROM a\n# dockwright: |",
        &["ignore[", "stage-ignore[", "file-ignore[", "disable[", "enable["],
    );
    check("FROM a\n# dockwright: ignore[DW716, maint|", &["maintainer"]);
    check(
        "FROM a\n# hadolint ignore=DL4000,DL40|",
        &["DL4006", "DL4001", "DL4005", "DL4003", "DL4004", "DL4000"],
    );
    check("# check=skip=Maint|", &["MaintainerDeprecated"]);
    check("# A comment |", &[]);
}
