//! Every example in a check's documentation is a test: see `lint/tests.rs`.

use super::{CHECKS, Check, Problem, check, scripts};
use crate::{
    diagnostic::{Fix, Severity},
    syntax::parse,
    text::LineIndex,
};

/// What a check finds in a Dockerfile.
fn problems(source: &str, code: &str) -> Vec<Problem> {
    let parse = parse(source);
    assert_eq!(parse.errors, [], "{source}");
    let found = scripts(source, &parse);
    found.iter().flat_map(check).filter(|it| it.code == code).collect()
}

/// A Dockerfile, and what is marked in it: `code line:column-column message`.
fn marked(lines: &[&str]) -> (String, Vec<String>) {
    let mut source: Vec<&str> = Vec::new();
    let mut marks = Vec::new();
    for line in lines {
        let carets = line.strip_prefix('#').map(|it| it.trim_start_matches(' '));
        let message = carets.map(|it| it.trim_start_matches('^'));
        match (carets, message) {
            (Some(carets), Some(message)) if carets.len() > message.len() => {
                let is_first = line.starts_with("#^");
                let from = if is_first { 0 } else { line.len() - carets.len() };
                let to = line.len() - message.len();
                marks.push(format!("{}:{from}-{to} {}", source.len(), message.trim()));
            }
            _ => source.push(line),
        }
    }
    (source.join("\n"), marks)
}

fn show(source: &str, found: &[Problem]) -> Vec<String> {
    let index = LineIndex::new(source);
    let show = |it: &Problem| {
        let (start, end) = (index.line_col(it.span.start), index.line_col(it.span.end));
        format!("{}:{}-{} {}", start.line, start.column - 1, end.column - 1, it.message)
    };
    found.iter().map(show).collect()
}

fn examples(it: &Check) {
    let mut fixed = None;
    let mut marks = 0;
    let lines: Vec<_> = it.docs.lines().map(|it| it.strip_prefix(' ').unwrap_or(it)).collect();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        let Some(kind) = line.strip_prefix("```dockerfile ") else { continue };
        let end = at + lines[at..].iter().position(|it| *it == "```").unwrap();
        let (source, expected) = marked(&lines[at..end]);
        at = end + 1;
        let found = problems(&source, it.code);
        assert_eq!(show(&source, &found), expected, "{it:?}");
        marks += expected.len();
        match kind {
            "bad" => {
                assert!(!found.is_empty(), "{it:?}");
                let edits = found.into_iter().filter_map(|it| it.repair).flat_map(|it| it.edits);
                let edits = edits.collect();
                let fix = Fix { title: "all".into(), safe: true, edits };
                fixed = fix.apply(&source);
            }
            "fixed" => assert_eq!(fixed.take().as_deref(), Some(&*source), "{it:?}"),
            "good" => (),
            other => panic!("what is `{other}`?"),
        }
    }
    assert!(marks > 0, "{it:?} has no example");
}

#[test]
fn examples_are_true() {
    for it in CHECKS {
        examples(it);
    }
}

#[test]
fn checks_are_listed_by_number_and_explained() {
    let codes: Vec<_> = CHECKS.iter().map(|it| it.code).collect();
    assert!(codes.is_sorted(), "{codes:?}");
    for it in CHECKS {
        assert!(it.name.chars().all(|it| it.is_ascii_lowercase() || it == '-'), "{it:?}");
        assert_ne!(it.severity, Severity::Error, "{it:?}: builders accept it");
        assert!(it.code.len() == 6 && it.code.starts_with("SC"), "{it:?}");
    }
}

/// `code text` for each problem of all checks in a shell form `RUN`.
#[track_caller]
fn check_run(run: &str, expected: &[&str]) {
    let source = format!("FROM debian:13\nARG ONE\nENV TWO=2\n{run}\n");
    let parse = parse(&source);
    let found: Vec<_> = scripts(&source, &parse)
        .iter()
        .flat_map(check)
        .map(|it| format!("{} {}", it.code, it.span.slice(&source)))
        .collect();
    assert_eq!(found, expected, "{run}");
}

#[test]
fn places_are_found_through_continuations_and_comments() {
    check_run("RUN echo $x \\\n# no $y\n  && echo \\\n  $z", &["SC2086 $x", "SC2086 $z"]);
    check_run("RUN <<-E\n\tcd /x\n\techo $y\nE", &["SC2164 cd /x", "SC2086 $y"]);
    check_run("RUN cat <<E > $x\n$y `a`\nE", &["SC2086 $x", "SC2006 `a`"]);
    check_run("RUN [\"sh\", \"-c\", \"echo \\\"a\\\" $x\"]", &["SC2086 $x"]);
    check_run("RUN [\"echo\", \"$x\"]", &[]);
    check_run("ONBUILD RUN echo $ONE", &["SC2086 $ONE"]);
}

#[test]
fn the_shell_decides_what_is_a_problem() {
    check_run(
        "RUN [[ $ONE == $TWO ]] && echo $three",
        &["SC3010 [[ $ONE == $TWO ]]", "SC3014 ==", "SC2086 $three"],
    );
    check_run("SHELL [\"/bin/bash\", \"-c\"]\nRUN [[ a == b ]] && export a=$three", &[]);
    check_run("RUN <<E\n#!/bin/bash\n[[ a ]]\nE", &[]);
    check_run("RUN <<E\n#!/usr/bin/env python3\nprint($x)\nE", &[]);
    check_run("SHELL [\"powershell\", \"-Command\"]\nRUN Write-Host $x", &[]);
    check_run("SHELL [\"cmd\", \"/S\", \"/C\"]\nRUN echo $x", &[]);
    let windows = "FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nRUN echo $x\n";
    assert_eq!(problems(windows, "SC2086"), []);
}

#[test]
fn what_the_script_has_set_is_followed() {
    for (run, expected) in [
        ("a=1; b $a", &[][..]),
        ("a=$(b); c $a", &["SC2086 $a"]),
        ("a=1; if b; then a=$(c); fi; d $a", &["SC2086 $a"]),
        ("a=1; (a=$(b)); c $a", &[]),
        ("a=$(b) || exit; case x in *) a=1;; esac; c $a", &[]),
        ("for i in 1 2; do a $i; done", &[]),
        ("for i in 1 *.c; do a $i; done", &["SC2086 $i"]),
        ("f() { a=$(b); }; a=1; f; c $a", &["SC2086 $a"]),
        ("f() { local a; a=$(b); }; a=1; f; c $a", &[]),
        ("a=1; while b; do c $a; a=$(d); done", &["SC2086 $a"]),
        ("a $ONE $TWO $HTTP_PROXY $three", &["SC2086 $three"]),
    ] {
        check_run(&format!("RUN {run}"), expected);
    }
}

#[test]
fn a_long_script_takes_time_in_proportion() {
    let time = |count: u32| {
        let mut script = String::from("FROM a\nRUN ");
        for at in 0..count {
            script.push_str(&format!("if a; then b{at}=$(c); else cd /x; fi; "));
            script.push_str(&format!("echo $b{at} | d && e || f; ! [ g ]; cd h; "));
        }
        script.push_str("set -x");
        let parse = parse(&script);
        let start = cpu_time::ThreadTime::now();
        let found: usize = scripts(&script, &parse).iter().map(|it| check(it).len()).sum();
        assert_eq!(found, 1000);
        start.elapsed()
    };
    // The least of three is the least disturbed.
    let least = |count| (0..3).map(|_| time(count)).min().unwrap();
    let (one, four) = (least(1_500), least(6_000));
    assert!(four < one * 10, "{one:?} and {four:?}");
}
