//! What the checks see. The examples in their documentation are tests of `lint/tests.rs`.

use super::{Problem, check, scripts};
use crate::syntax::parse;

/// What a check finds in a Dockerfile.
fn problems(source: &str, code: &str) -> Vec<Problem> {
    let parse = parse(source);
    assert_eq!(parse.errors, [], "{source}");
    let found = scripts(source, &parse);
    found.iter().flat_map(check).filter(|it| it.code == code).collect()
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
