//! What each instruction does to the image.
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::{PATH, built};
use crate::image::Config;

/// The history, the changed parts of the configuration, and the errors.
#[track_caller]
fn check(source: &str, args: &[(&str, &str)], expected: &Expect) {
    let build = built(source, args, None);
    let mut text = String::new();
    for step in build.steps.iter().filter(|it| it.has_row()) {
        writeln!(text, "{}: {}", step.stage, step.created_by()).unwrap();
    }
    let Config { env, exposed_ports, working_dir, volumes, labels, user, .. } = &build.config;
    let env: Vec<_> = env.iter().filter(|it| *it != PATH).collect();
    let all = format!(
        "env {env:?} ports {exposed_ports:?} dir {working_dir:?} volumes {volumes:?} labels {labels:?} user {user:?}"
    );
    let nothing = ["env []", "ports {}", "dir \"\"", "volumes {}", "labels {}", "user \"\""];
    let all =
        nothing.iter().fold(all, |all, it| all.replace(&format!("{it} "), "").replace(it, ""));
    text.push_str(all.trim_end());
    for error in &build.errors {
        write!(text, "\n{}: {}", error.code, error.message).unwrap();
    }
    expected.assert_eq(&text);
}

#[test]
fn instructions_change_the_configuration() {
    check(
        "FROM none\nENV abc=hello\nENV abc=bye def=$abc 'g'=\"$abc x\" h='$abc' i=\\$abc",
        &[],
        &expect![[r#"
            0: ENV abc=hello
            0: ENV abc=bye def=hello g=hello x h=$abc i=$abc
            env ["abc=bye", "def=hello", "g=hello x", "h=$abc", "i=$abc"]"#]],
    );
    check(
        "FROM none\nENV a b  c\nENV A=${X:-d} B=${A:+e}${A+f} C=${A-x}",
        &[],
        &expect![[r#"
            0: ENV a=b  c
            0: ENV A=d B= C=x
            env ["a=b  c", "A=d", "B=", "C=x"]"#]],
    );
    check(
        "FROM none\nWORKDIR a\nWORKDIR b/../c\nWORKDIR /x/./y//\nWORKDIR \"/a b\"",
        &[],
        &expect![[r#"
            0: WORKDIR /a
            0: WORKDIR /a/c
            0: WORKDIR /x/./y//
            0: WORKDIR /a b
            dir "/a b""#]],
    );
    check(
        "FROM none\nENV P=\"80 443/tcp\"\nEXPOSE $P 9000/udp\nVOLUME /b $P\nVOLUME [\"/a b\"]\nUSER ${U:-me}",
        &[],
        &expect![[r#"
            0: ENV P=80 443/tcp
            0: EXPOSE [80/tcp 443/tcp 9000/udp]
            0: VOLUME [/b 80 443/tcp]
            0: VOLUME [/a b]
            0: USER me
            env ["P=80 443/tcp"] ports {"443/tcp", "80/tcp", "9000/udp"} volumes {"/a b", "/b", "80 443/tcp"} user "me""#]],
    );
    check(
        "FROM none\nLABEL a=1 \"b c\"='d e'\nLABEL a=2\nMAINTAINER me\nSTOPSIGNAL 9",
        &[],
        &expect![[r#"
            0: LABEL a=1 b c=d e
            0: LABEL a=2
            0: MAINTAINER me
            0: STOPSIGNAL 9
            labels {"a": "2", "b c": "d e"}"#]],
    );
    check(
        "FROM none\nRUN a \\\n # no\n b\nRUN [\"a\", \"b c\"]\nSHELL [\"/bin/bash\", \"-c\"]\nRUN c",
        &[],
        &expect![[r#"
            0: RUN /bin/sh -c a  b # buildkit
            0: RUN a b c # buildkit
            0: SHELL [/bin/bash -c]
            0: RUN /bin/bash -c c # buildkit
        "#]],
    );
    check(
        "FROM none\nRUN <<E\na\nb\nE\nRUN <<E cat >x\na\nE\nRUN <<E\n#!/bin/x\nE\n",
        &[],
        &expect![[r#"
            0: RUN /bin/sh -c a
            b
             # buildkit
            0: RUN /bin/sh -c <<E cat >x
            a
            E # buildkit
            0: RUN /bin/sh -c /dev/pipes/E # buildkit
        "#]],
    );
    check(
        "FROM none\nCOPY --chown=$U:g --chmod=755 a b /c/\nADD [\"a b\", \"/d\"]\nCOPY <<A <<\"B\" /d/\n1\nA\n2\nB\n",
        &[],
        &expect![[r#"
            0: COPY --chown=:g --chmod=755 a b /c/ # buildkit
            0: ADD a b /d # buildkit
            0: COPY <<A <<B /d/ # buildkit
        "#]],
    );
    check(
        "FROM none\nHEALTHCHECK CMD curl x\nHEALTHCHECK NONE\nONBUILD RUN x",
        &[],
        &expect![[r#"
            0: HEALTHCHECK {Test:[CMD-SHELL curl x] Interval:0s Timeout:0s StartPeriod:0s StartInterval:0s Retries:0}
            0: HEALTHCHECK {Test:[NONE] Interval:0s Timeout:0s StartPeriod:0s StartInterval:0s Retries:0}
        "#]],
    );
}

#[test]
fn arguments_have_scopes() {
    check(
        "ARG V=1\nFROM none\nENV W=$V\nARG V\nENV X=$V\nRUN x",
        &[],
        &expect![[r#"
        0: ENV W=
        0: ARG V=1
        0: ENV X=1
        0: RUN |1 V=1 /bin/sh -c x # buildkit
        env ["W=", "X=1"]"#]],
    );
    check(
        "ARG V=1\nFROM none\nARG V\nARG ONLY\nENV W=$V O=$ONLY",
        &[("V", "9"), ("ZZ", "1")],
        &expect![[r#"
            0: ARG V=9
            0: ARG ONLY
            0: ENV W=9 O=
            env ["W=9", "O="]"#]],
    );
    check(
        "FROM none\nARG A=1 B=$A\nARG C=$B\nENV D=$C\nARG A=2\nRUN x",
        &[],
        &expect![[r#"
        0: ARG A=1 B=1
        0: ARG C=1
        0: ENV D=1
        0: ARG A=2
        0: RUN |3 A=2 B=1 C=1 /bin/sh -c x # buildkit
        env ["D=1"]"#]],
    );
    check(
        "FROM none\nENV V=2\nARG V=1\nENV W=$V",
        &[],
        &expect![[r#"
        0: ENV V=2
        0: ARG V=1
        0: ENV W=1
        env ["V=2", "W=1"]"#]],
    );
    check(
        "ARG T=none\nFROM ${T} AS a\nARG X=1\nFROM a\nENV Y=$X\nARG TARGETARCH\nRUN x",
        &[],
        &expect![[r#"
            0: ARG X=1
            1: ENV Y=1
            1: ARG TARGETARCH=amd64
            1: RUN |2 X=1 TARGETARCH=amd64 /bin/sh -c x # buildkit
            env ["Y=1"]"#]],
    );
}

#[test]
fn only_what_the_target_needs_is_built() {
    check(
        "FROM none AS a\nRUN a\nFROM none AS unused\nRUN u\nFROM none\nCOPY --from=a x y",
        &[],
        &expect![[r#"
            0: RUN /bin/sh -c a # buildkit
            2: COPY x y # buildkit
        "#]],
    );
    check(
        "FROM none AS a\nONBUILD ENV Q=1\nONBUILD RUN hi\nFROM a AS b\nFROM b",
        &[],
        &expect![[r#"
            1: ENV Q=1
            1: RUN /bin/sh -c hi # buildkit
            env ["Q=1"]"#]],
    );
    let build = built("FROM none AS a\nENV A=1\nFROM none\nENV B=1", &[], Some("A"));
    assert_eq!((build.target, build.config.env("A"), build.errors.len()), (Some(0), Some("1"), 0));
    let build = built("FROM none AS prod\nENV A=1", &[], Some("prdo"));
    let message = "target stage \"prdo\" could not be found (did you mean prod?)";
    assert_eq!(build.errors[0].message, message);
}

#[test]
fn errors_of_a_build_are_in_dockers_words() {
    check(
        "",
        &[],
        &expect![[r#"

        syntax: the Dockerfile cannot be empty"#]],
    );
    check(
        "FROM $X",
        &[],
        &expect![[r#"

            build: base name ($X) should not be blank"#]],
    );
    check(
        "FROM SCRATCH",
        &[],
        &expect![[r#"

            build: failed to parse stage name "SCRATCH": invalid reference format: repository name (library/SCRATCH) must be lowercase"#]],
    );
    check(
        "ARG TAG\nFROM sh:$TAG",
        &[],
        &expect![[r#"

            build: failed to parse stage name "sh:": invalid reference format"#]],
    );
    check(
        "FROM nothing:1\nENV A=1",
        &[],
        &expect![[r#"
        0: ENV A=1
        env ["A=1"]
        base: the configuration of nothing:1 is not known"#]],
    );
    check(
        "FROM none\nCOPY --from=5 x /\nCOPY --from=$X x /\nCOPY --from=nginx:1 x /",
        &[],
        &expect![[r#"
            0: COPY x / # buildkit
            0: COPY x / # buildkit
            0: COPY x / # buildkit

            build: invalid stage index 5
            build: variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround"#]],
    );
    check(
        "FROM none AS a\nCOPY --from=b x /\nFROM none AS b\nCOPY --from=a y /\nCOPY --from=b y /",
        &[],
        &expect![[r#"
            1: COPY y / # buildkit

            build: circular dependency detected on stage: a
            build: cannot copy from stage "b", it needs to be defined before current stage "a"
            build: cannot copy from stage "b", it needs to be defined before current stage "b""#]],
    );
    check(
        "FROM none\nENV A=${X?msg}\nEXPOSE x\nCOPY http://x/y /\nCOPY --chmod=9 x /\nNOPE\nENV",
        &[],
        &expect![[r#"

            instruction: unknown instruction: NOPE (did you mean COPY?)
            instruction: ENV requires at least one argument
            build: failed to process "${X?msg}": X: msg
            build: invalid containerPort: x
            build: source can't be a URL for COPY
            build: invalid chmod parameter: '9'. it should be octal string and between 0 and 07777"#]],
    );
}
