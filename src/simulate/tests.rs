//! Builds and runs, as tables.

use std::{collections::BTreeMap, fmt::Write as _};

use expect_test::{Expect, expect};

use super::{
    Bases, Build, Options,
    argv::{RunWords, resolve},
    build,
    why::{Cell, Form, Source, State, why},
};
use crate::image::{Config, Reference};

const PATH: &str = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// The base images of these tests: `none` has nothing, the others what they are called.
struct Images;

impl Bases for Images {
    fn find(&self, image: &Reference) -> Option<Config> {
        let words = |it: &str| Some(vec![it.to_owned()]);
        let (entrypoint, cmd) = match image.familiar_name().as_str() {
            "none" => (None, None),
            "cmd" => (None, words("bc")),
            "entry" => (words("be"), None),
            "both" => (words("be"), words("bc")),
            _ => return None,
        };
        Some(Config { entrypoint, cmd, env: vec![PATH.to_owned()], ..Config::default() })
    }
}

fn built(source: &str, args: &[(&str, &str)], target: Option<&str>) -> Build {
    let args = args.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let options = Options { target, build_args: &args, labels: &BTreeMap::new(), bases: &Images };
    build(source, &options)
}

/// `["a","b"]`, or `-` for nothing; the default shell is `SH`.
fn show(words: Option<&Vec<String>>) -> String {
    let Some(words) = words else { return "-".to_owned() };
    format!("{words:?}").replace(r#""/bin/sh", "-c""#, "SH")
}

#[track_caller]
fn check_run(source: &str, run: &str) -> String {
    let words: Vec<_> = run.split(' ').filter(|it| !it.is_empty()).collect();
    let (entrypoint, args) = match words.as_slice() {
        [first, args @ ..] if first.starts_with('=') => (Some(first[1..].to_owned()), args),
        args => (None, args),
    };
    let run = RunWords { entrypoint, args: args.iter().map(ToString::to_string).collect() };
    let build = built(source, &[], None);
    assert_eq!(build.errors, [], "{source}");
    match resolve(&build.config, &run) {
        Ok(argv) => show(Some(&argv)),
        Err(error) => error.to_string(),
    }
}

/// For each `ENTRYPOINT` and `CMD`: what runs for no words, for `r1 r2`, and for those with
/// `--entrypoint x1` and with `--entrypoint ""`. It is what Docker engines 20.10, 26.1 and 28.5 run.
#[test]
fn process_one_is_entrypoint_and_cmd() {
    let entrypoints = ["", "ENTRYPOINT [\"e1\",\"e2\"]", "ENTRYPOINT e1 e2", "ENTRYPOINT []"];
    let cmds = ["", "CMD [\"c1\",\"c2\"]", "CMD c1 c2", "CMD []"];
    let runs = ["", "r1 r2", "=x1", "=x1 r1 r2", "=", "= r1 r2"];
    let mut table = String::new();
    for entrypoint in entrypoints {
        for cmd in cmds {
            // Which of the two stands first does not matter.
            let source = format!("FROM none\n{entrypoint}\n{cmd}\n");
            let turned = format!("FROM none\n{cmd}\n{entrypoint}\n");
            for run in runs {
                let found = check_run(&source, run);
                assert_eq!(found, check_run(&turned, run), "{source} {run}");
                writeln!(table, "{entrypoint} {cmd} run {run} -> {found}").unwrap();
            }
        }
    }
    expect![[r#"
          run  -> no command specified
          run r1 r2 -> ["r1", "r2"]
          run =x1 -> ["x1"]
          run =x1 r1 r2 -> ["x1", "r1", "r2"]
          run = -> no command specified
          run = r1 r2 -> ["r1", "r2"]
         CMD ["c1","c2"] run  -> ["c1", "c2"]
         CMD ["c1","c2"] run r1 r2 -> ["r1", "r2"]
         CMD ["c1","c2"] run =x1 -> ["x1"]
         CMD ["c1","c2"] run =x1 r1 r2 -> ["x1", "r1", "r2"]
         CMD ["c1","c2"] run = -> no command specified
         CMD ["c1","c2"] run = r1 r2 -> ["r1", "r2"]
         CMD c1 c2 run  -> [SH, "c1 c2"]
         CMD c1 c2 run r1 r2 -> ["r1", "r2"]
         CMD c1 c2 run =x1 -> ["x1"]
         CMD c1 c2 run =x1 r1 r2 -> ["x1", "r1", "r2"]
         CMD c1 c2 run = -> no command specified
         CMD c1 c2 run = r1 r2 -> ["r1", "r2"]
         CMD [] run  -> no command specified
         CMD [] run r1 r2 -> ["r1", "r2"]
         CMD [] run =x1 -> ["x1"]
         CMD [] run =x1 r1 r2 -> ["x1", "r1", "r2"]
         CMD [] run = -> no command specified
         CMD [] run = r1 r2 -> ["r1", "r2"]
        ENTRYPOINT ["e1","e2"]  run  -> ["e1", "e2"]
        ENTRYPOINT ["e1","e2"]  run r1 r2 -> ["e1", "e2", "r1", "r2"]
        ENTRYPOINT ["e1","e2"]  run =x1 -> ["x1"]
        ENTRYPOINT ["e1","e2"]  run =x1 r1 r2 -> ["x1", "r1", "r2"]
        ENTRYPOINT ["e1","e2"]  run = -> no command specified
        ENTRYPOINT ["e1","e2"]  run = r1 r2 -> ["r1", "r2"]
        ENTRYPOINT ["e1","e2"] CMD ["c1","c2"] run  -> ["e1", "e2", "c1", "c2"]
        ENTRYPOINT ["e1","e2"] CMD ["c1","c2"] run r1 r2 -> ["e1", "e2", "r1", "r2"]
        ENTRYPOINT ["e1","e2"] CMD ["c1","c2"] run =x1 -> ["x1"]
        ENTRYPOINT ["e1","e2"] CMD ["c1","c2"] run =x1 r1 r2 -> ["x1", "r1", "r2"]
        ENTRYPOINT ["e1","e2"] CMD ["c1","c2"] run = -> no command specified
        ENTRYPOINT ["e1","e2"] CMD ["c1","c2"] run = r1 r2 -> ["r1", "r2"]
        ENTRYPOINT ["e1","e2"] CMD c1 c2 run  -> ["e1", "e2", SH, "c1 c2"]
        ENTRYPOINT ["e1","e2"] CMD c1 c2 run r1 r2 -> ["e1", "e2", "r1", "r2"]
        ENTRYPOINT ["e1","e2"] CMD c1 c2 run =x1 -> ["x1"]
        ENTRYPOINT ["e1","e2"] CMD c1 c2 run =x1 r1 r2 -> ["x1", "r1", "r2"]
        ENTRYPOINT ["e1","e2"] CMD c1 c2 run = -> no command specified
        ENTRYPOINT ["e1","e2"] CMD c1 c2 run = r1 r2 -> ["r1", "r2"]
        ENTRYPOINT ["e1","e2"] CMD [] run  -> ["e1", "e2"]
        ENTRYPOINT ["e1","e2"] CMD [] run r1 r2 -> ["e1", "e2", "r1", "r2"]
        ENTRYPOINT ["e1","e2"] CMD [] run =x1 -> ["x1"]
        ENTRYPOINT ["e1","e2"] CMD [] run =x1 r1 r2 -> ["x1", "r1", "r2"]
        ENTRYPOINT ["e1","e2"] CMD [] run = -> no command specified
        ENTRYPOINT ["e1","e2"] CMD [] run = r1 r2 -> ["r1", "r2"]
        ENTRYPOINT e1 e2  run  -> [SH, "e1 e2"]
        ENTRYPOINT e1 e2  run r1 r2 -> [SH, "e1 e2", "r1", "r2"]
        ENTRYPOINT e1 e2  run =x1 -> ["x1"]
        ENTRYPOINT e1 e2  run =x1 r1 r2 -> ["x1", "r1", "r2"]
        ENTRYPOINT e1 e2  run = -> no command specified
        ENTRYPOINT e1 e2  run = r1 r2 -> ["r1", "r2"]
        ENTRYPOINT e1 e2 CMD ["c1","c2"] run  -> [SH, "e1 e2", "c1", "c2"]
        ENTRYPOINT e1 e2 CMD ["c1","c2"] run r1 r2 -> [SH, "e1 e2", "r1", "r2"]
        ENTRYPOINT e1 e2 CMD ["c1","c2"] run =x1 -> ["x1"]
        ENTRYPOINT e1 e2 CMD ["c1","c2"] run =x1 r1 r2 -> ["x1", "r1", "r2"]
        ENTRYPOINT e1 e2 CMD ["c1","c2"] run = -> no command specified
        ENTRYPOINT e1 e2 CMD ["c1","c2"] run = r1 r2 -> ["r1", "r2"]
        ENTRYPOINT e1 e2 CMD c1 c2 run  -> [SH, "e1 e2", SH, "c1 c2"]
        ENTRYPOINT e1 e2 CMD c1 c2 run r1 r2 -> [SH, "e1 e2", "r1", "r2"]
        ENTRYPOINT e1 e2 CMD c1 c2 run =x1 -> ["x1"]
        ENTRYPOINT e1 e2 CMD c1 c2 run =x1 r1 r2 -> ["x1", "r1", "r2"]
        ENTRYPOINT e1 e2 CMD c1 c2 run = -> no command specified
        ENTRYPOINT e1 e2 CMD c1 c2 run = r1 r2 -> ["r1", "r2"]
        ENTRYPOINT e1 e2 CMD [] run  -> [SH, "e1 e2"]
        ENTRYPOINT e1 e2 CMD [] run r1 r2 -> [SH, "e1 e2", "r1", "r2"]
        ENTRYPOINT e1 e2 CMD [] run =x1 -> ["x1"]
        ENTRYPOINT e1 e2 CMD [] run =x1 r1 r2 -> ["x1", "r1", "r2"]
        ENTRYPOINT e1 e2 CMD [] run = -> no command specified
        ENTRYPOINT e1 e2 CMD [] run = r1 r2 -> ["r1", "r2"]
        ENTRYPOINT []  run  -> no command specified
        ENTRYPOINT []  run r1 r2 -> ["r1", "r2"]
        ENTRYPOINT []  run =x1 -> ["x1"]
        ENTRYPOINT []  run =x1 r1 r2 -> ["x1", "r1", "r2"]
        ENTRYPOINT []  run = -> no command specified
        ENTRYPOINT []  run = r1 r2 -> ["r1", "r2"]
        ENTRYPOINT [] CMD ["c1","c2"] run  -> ["c1", "c2"]
        ENTRYPOINT [] CMD ["c1","c2"] run r1 r2 -> ["r1", "r2"]
        ENTRYPOINT [] CMD ["c1","c2"] run =x1 -> ["x1"]
        ENTRYPOINT [] CMD ["c1","c2"] run =x1 r1 r2 -> ["x1", "r1", "r2"]
        ENTRYPOINT [] CMD ["c1","c2"] run = -> no command specified
        ENTRYPOINT [] CMD ["c1","c2"] run = r1 r2 -> ["r1", "r2"]
        ENTRYPOINT [] CMD c1 c2 run  -> [SH, "c1 c2"]
        ENTRYPOINT [] CMD c1 c2 run r1 r2 -> ["r1", "r2"]
        ENTRYPOINT [] CMD c1 c2 run =x1 -> ["x1"]
        ENTRYPOINT [] CMD c1 c2 run =x1 r1 r2 -> ["x1", "r1", "r2"]
        ENTRYPOINT [] CMD c1 c2 run = -> no command specified
        ENTRYPOINT [] CMD c1 c2 run = r1 r2 -> ["r1", "r2"]
        ENTRYPOINT [] CMD [] run  -> no command specified
        ENTRYPOINT [] CMD [] run r1 r2 -> ["r1", "r2"]
        ENTRYPOINT [] CMD [] run =x1 -> ["x1"]
        ENTRYPOINT [] CMD [] run =x1 r1 r2 -> ["x1", "r1", "r2"]
        ENTRYPOINT [] CMD [] run = -> no command specified
        ENTRYPOINT [] CMD [] run = r1 r2 -> ["r1", "r2"]
    "#]].assert_eq(&table);
}

/// What an image inherits: a new `ENTRYPOINT` drops the `CMD` from below its stage.
#[test]
fn a_stage_inherits_until_it_sets_an_entrypoint() {
    let rows = [
        ("FROM cmd", "-", r#"["bc"]"#),
        ("FROM cmd\nENTRYPOINT [\"ce\"]", r#"["ce"]"#, "-"),
        ("FROM cmd\nENTRYPOINT ce", r#"[SH, "ce"]"#, "-"),
        ("FROM cmd\nENTRYPOINT []", "[]", "-"),
        ("FROM cmd\nRUN true\nENTRYPOINT [\"ce\"]", r#"["ce"]"#, "-"),
        ("FROM cmd\nENTRYPOINT [\"ce\"]\nCMD [\"cc\"]", r#"["ce"]"#, r#"["cc"]"#),
        ("FROM cmd\nCMD [\"cc\"]\nENTRYPOINT [\"ce\"]", r#"["ce"]"#, r#"["cc"]"#),
        ("FROM cmd\nCMD [\"cc\"]\nENTRYPOINT []", "[]", r#"["cc"]"#),
        ("FROM both", r#"["be"]"#, r#"["bc"]"#),
        ("FROM both\nCMD [\"cc\"]", r#"["be"]"#, r#"["cc"]"#),
        ("FROM both\nENTRYPOINT [\"ce\"]", r#"["ce"]"#, "-"),
        ("FROM both\nCMD []", r#"["be"]"#, "[]"),
        ("FROM none\nCMD a\nCMD b", "-", r#"[SH, "b"]"#),
        ("FROM none\nCMD", "-", r#"[SH, ""]"#),
        ("FROM none AS a\nCMD [\"ac\"]\nFROM a\nENTRYPOINT [\"ce\"]", r#"["ce"]"#, "-"),
        (
            "FROM none AS a\nENTRYPOINT [\"ae\"]\nCMD [\"ac\"]\nFROM a\nENTRYPOINT x",
            r#"[SH, "x"]"#,
            "-",
        ),
        ("FROM none\nSHELL [\"/bin/bash\", \"-c\"]\nCMD x", "-", r#"["/bin/bash", "-c", "x"]"#),
        ("FROM none\nCMD x\nSHELL [\"/bin/bash\", \"-c\"]", "-", r#"[SH, "x"]"#),
        ("FROM none\nCMD ['a']", "-", r#"[SH, "['a']"]"#),
        ("FROM none\nCMD [\"a\"] x", "-", r#"[SH, "[\"a\"] x"]"#),
    ];
    for (source, entrypoint, cmd) in rows {
        let build = built(source, &[], None);
        assert_eq!(build.errors, [], "{source}");
        let found = (show(build.config.entrypoint.as_ref()), show(build.config.cmd.as_ref()));
        assert_eq!(found, (entrypoint.to_owned(), cmd.to_owned()), "{source}");
    }
}

/// The history, the changed parts of the configuration, and the errors.
#[track_caller]
fn check(source: &str, args: &[(&str, &str)], expected: Expect) {
    let build = built(source, args, None);
    let mut text = String::new();
    for step in build.steps.iter().filter(|it| !it.created_by.is_empty()) {
        writeln!(text, "{}: {}", step.stage, step.created_by).unwrap();
    }
    let Config { env, exposed_ports, working_dir, volumes, labels, user, .. } = &build.config;
    let env: Vec<_> = env.iter().filter(|it| *it != PATH).collect();
    let all = format!(
        "env {env:?} ports {exposed_ports:?} dir {working_dir:?} volumes {volumes:?} labels {labels:?} user {user:?}"
    );
    let nothing = ["env []", "ports {}", "dir \"\"", "volumes {}", "labels {}", "user \"\""];
    let all = nothing.iter().fold(all, |all, it| all.replace(it, ""));
    text.push_str(&all.split_whitespace().collect::<Vec<_>>().join(" "));
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
        expect![[r#"
            0: ENV abc=hello
            0: ENV abc=bye def=hello g=hello x h=$abc i=$abc
            env ["abc=bye", "def=hello", "g=hello x", "h=$abc", "i=$abc"]"#]],
    );
    check("FROM none\nENV a b  c\nENV A=${X:-d} B=${A:+e}${A+f} C=${A-x}", &[], expect![[r#"
        0: ENV a=b  c
        0: ENV A=d B= C=x
        env ["a=b c", "A=d", "B=", "C=x"]"#]]);
    check(
        "FROM none\nWORKDIR a\nWORKDIR b/../c\nWORKDIR /x/./y//\nWORKDIR \"/a b\"",
        &[],
        expect![[r#"
            0: WORKDIR /a
            0: WORKDIR /a/c
            0: WORKDIR /x/./y//
            0: WORKDIR /a b
            dir "/a b""#]],
    );
    check(
        "FROM none\nENV P=\"80 443/tcp\"\nEXPOSE $P 9000/udp\nVOLUME /b $P\nVOLUME [\"/a b\"]\nUSER ${U:-me}",
        &[],
        expect![[r#"
            0: ENV P=80 443/tcp
            0: EXPOSE [443/tcp 80/tcp 9000/udp]
            0: VOLUME [/b 80 443/tcp]
            0: VOLUME [/a b]
            0: USER me
            env ["P=80 443/tcp"] ports {"443/tcp", "80/tcp", "9000/udp"} volumes {"/a b", "/b", "80 443/tcp"} user "me""#]],
    );
    check(
        "FROM none\nLABEL a=1 \"b c\"='d e'\nLABEL a=2\nMAINTAINER me\nSTOPSIGNAL 9",
        &[],
        expect![[r#"
            0: LABEL a=1 b c=d e
            0: LABEL a=2
            0: MAINTAINER me
            0: STOPSIGNAL 9
            labels {"a": "2", "b c": "d e"}"#]],
    );
    check(
        "FROM none\nRUN a \\\n # no\n b\nRUN [\"a\", \"b c\"]\nSHELL [\"/bin/bash\", \"-c\"]\nRUN c",
        &[],
        expect![[r#"
            0: RUN /bin/sh -c a  b # buildkit
            0: RUN a b c # buildkit
            0: SHELL [/bin/bash -c]
            0: RUN /bin/bash -c c # buildkit
        "#]],
    );
    check(
        "FROM none\nRUN <<E\na\nb\nE\nRUN <<E cat >x\na\nE\nRUN <<E\n#!/bin/x\nE\n",
        &[],
        expect![[r#"
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
        expect![[r#"
            0: COPY --chown=:g --chmod=755 a b /c/ # buildkit
            0: ADD a b /d # buildkit
            0: COPY <<A <<B /d/ # buildkit
        "#]],
    );
    check("FROM none\nHEALTHCHECK CMD curl x\nHEALTHCHECK NONE\nONBUILD RUN x", &[], expect![[r#"
        0: HEALTHCHECK {Test:[CMD-SHELL curl x]}
        0: HEALTHCHECK {Test:[NONE]}
    "#]]);
}

#[test]
fn arguments_have_scopes() {
    check("ARG V=1\nFROM none\nENV W=$V\nARG V\nENV X=$V\nRUN x", &[], expect![[r#"
        0: ENV W=
        0: ARG V=1
        0: ENV X=1
        0: RUN |1 V=1 /bin/sh -c x # buildkit
        env ["W=", "X=1"]"#]]);
    check(
        "ARG V=1\nFROM none\nARG V\nARG ONLY\nENV W=$V O=$ONLY",
        &[("V", "9"), ("ZZ", "1")],
        expect![[r#"
            0: ARG V=9
            0: ARG ONLY
            0: ENV W=9 O=
            env ["W=9", "O="]"#]],
    );
    check("FROM none\nARG A=1 B=$A\nARG C=$B\nENV D=$C\nARG A=2\nRUN x", &[], expect![[r#"
        0: ARG A=1 B=1
        0: ARG C=1
        0: ENV D=1
        0: ARG A=2
        0: RUN |3 A=2 B=1 C=1 /bin/sh -c x # buildkit
        env ["D=1"]"#]]);
    check("FROM none\nENV V=2\nARG V=1\nENV W=$V", &[], expect![[r#"
        0: ENV V=2
        0: ARG V=1
        0: ENV W=1
        env ["V=2", "W=1"]"#]]);
    check(
        "ARG T=none\nFROM ${T} AS a\nARG X=1\nFROM a\nENV Y=$X\nARG TARGETARCH\nRUN x",
        &[],
        expect![[r#"
            0: ARG X=1
            1: ENV Y=1
            1: ARG TARGETARCH=amd64
            1: RUN |1 TARGETARCH=amd64 /bin/sh -c x # buildkit
            env ["Y=1"]"#]],
    );
}

#[test]
fn only_what_the_target_needs_is_built() {
    check(
        "FROM none AS a\nRUN a\nFROM none AS unused\nRUN u\nFROM none\nCOPY --from=a x y",
        &[],
        expect![[r#"
            0: RUN /bin/sh -c a # buildkit
            2: COPY x y # buildkit
        "#]],
    );
    check(
        "FROM none AS a\nONBUILD ENV Q=1\nONBUILD RUN hi\nFROM a AS b\nFROM b",
        &[],
        expect![[r#"
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
    check("", &[], expect![[r#"

        syntax: the Dockerfile cannot be empty"#]]);
    check("FROM $X", &[], expect![[r#"
        dir "/"
        build: base name ($X) should not be blank"#]]);
    check("FROM SCRATCH", &[], expect![[r#"
        dir "/"
        build: failed to parse stage name "SCRATCH": invalid reference format: repository name (library/SCRATCH) must be lowercase"#]]);
    check("ARG TAG\nFROM sh:$TAG", &[], expect![[r#"
        dir "/"
        build: failed to parse stage name "sh:": invalid reference format"#]]);
    check("FROM nothing:1\nENV A=1", &[], expect![[r#"
        0: ENV A=1
        env ["A=1"]
        base: the configuration of nothing:1 is not known"#]]);
    check(
        "FROM none\nCOPY --from=5 x /\nCOPY --from=$X x /\nCOPY --from=nginx:1 x /",
        &[],
        expect![[r#"
            0: COPY x / # buildkit
            0: COPY x / # buildkit

            build: invalid stage index 5
            build: variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround"#]],
    );
    check(
        "FROM none AS a\nCOPY --from=b x /\nFROM none AS b\nCOPY --from=a y /\nCOPY --from=b y /",
        &[],
        expect![[r#"
            0: COPY x / # buildkit
            1: COPY y / # buildkit
            1: COPY y / # buildkit

            build: circular dependency detected on stage: b
            build: cannot copy from stage "b", it needs to be defined before current stage "a""#]],
    );
    check(
        "FROM none\nENV A=${X?msg}\nEXPOSE x\nCOPY http://x/y /\nCOPY --chmod=9 x /\nNOPE\nENV",
        &[],
        expect![[r#"

            instruction: unknown instruction: NOPE (did you mean COPY?)
            instruction: ENV requires at least one argument
            build: failed to process "${X?msg}": X: msg
            build: invalid containerPort: x
            build: source can't be a URL for COPY
            build: invalid chmod parameter: '9'. it should be octal string and between 0 and 07777"#]],
    );
}

fn cell(it: &Cell) -> String {
    let Some(value) = &it.value else {
        assert_eq!((it.state, it.form), (State::Unset, Form::None));
        return "·".to_owned();
    };
    let value = show(Some(value));
    let state = match it.state {
        State::Wins => "wins",
        State::Lost => "LOST",
        State::Unset => unreachable!("a cell with a value has a state"),
    };
    let form = match it.form {
        Form::None => "",
        Form::Shell => " shell",
        Form::Exec => " exec",
    };
    let reason = it.reason.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
    format!("{value}{form} {state}{reason}")
}

#[track_caller]
fn check_why(source: &str, run: RunWords, expected: Expect) {
    let none = BTreeMap::new();
    let options = Options { target: None, build_args: &none, labels: &none, bases: &Images };
    let why = why(source, &options, &run);
    let mut text = String::new();
    for row in &why.rows {
        let name = match &row.source {
            Source::Base(name) => name.clone(),
            Source::Dockerfile => format!("{:?}", row.lines.unwrap()),
            Source::Run => "run".to_owned(),
        };
        writeln!(text, "{name}: {} | {}", cell(&row.entrypoint), cell(&row.cmd)).unwrap();
    }
    writeln!(text, "argv {:?} {:?} {:?}", why.argv, why.error, why.notes).unwrap();
    expected.assert_eq(&text);
}

#[test]
fn every_place_says_why_it_counts() {
    let run = |entrypoint: Option<&str>, args: &[&str]| RunWords {
        entrypoint: entrypoint.map(str::to_owned),
        args: args.iter().map(ToString::to_string).collect(),
    };
    let ping = "FROM both\nLABEL a=b\nENTRYPOINT [\"/bin/ping\"]\nCMD [\"www.docker.com\"]\n";
    check_why(ping, run(None, &[]), expect![[r#"
        both: ["be"] LOST (replaced by line 3) | ["bc"] LOST (cleared: this stage sets ENTRYPOINT)
        (3, 3): ["/bin/ping"] exec wins | ·
        (4, 4): · | ["www.docker.com"] exec wins
        run: · | ·
        argv ["/bin/ping", "www.docker.com"] None []
    "#]]);
    check_why(ping, run(None, &["google.com"]), expect![[r#"
        both: ["be"] LOST (replaced by line 3) | ["bc"] LOST (cleared: this stage sets ENTRYPOINT)
        (3, 3): ["/bin/ping"] exec wins | ·
        (4, 4): · | ["www.docker.com"] exec LOST (replaced by docker run)
        run: · | ["google.com"] wins
        argv ["/bin/ping", "google.com"] None []
    "#]]);
    check_why(ping, run(Some("/usr/bin/curl"), &["google.com"]), expect![[r#"
        both: ["be"] LOST (replaced by line 3) | ["bc"] LOST (cleared: this stage sets ENTRYPOINT)
        (3, 3): ["/bin/ping"] exec LOST (replaced by docker run) | ·
        (4, 4): · | ["www.docker.com"] exec LOST (not used: --entrypoint was given)
        run: ["/usr/bin/curl"] wins | ["google.com"] wins
        argv ["/usr/bin/curl", "google.com"] None []
    "#]]);
    check_why(ping, run(Some(""), &[]), expect![[r#"
        both: ["be"] LOST (replaced by line 3) | ["bc"] LOST (cleared: this stage sets ENTRYPOINT)
        (3, 3): ["/bin/ping"] exec LOST (replaced by docker run) | ·
        (4, 4): · | ["www.docker.com"] exec LOST (not used: --entrypoint was given)
        run: [] wins | ·
        argv [] Some("no command specified") []
    "#]]);
    check_why("FROM both", run(None, &[]), expect![[r#"
        both: ["be"] wins (from the base image) | ["bc"] wins (from the base image)
        run: · | ·
        argv ["be", "bc"] None []
    "#]]);
    check_why(
        "FROM none\nENTRYPOINT e\nCMD c1 \\\n  c2\nCMD [\"c3\"]",
        run(None, &[]),
        expect![[r#"
            none: · | ·
            (2, 2): [SH, "e"] shell wins | ·
            (3, 4): · | [SH, "c1   c2"] shell LOST (replaced by line 5)
            (5, 5): · | ["c3"] exec wins (given to the shell, which does not pass it on)
            run: · | ·
            argv ["/bin/sh", "-c", "e", "c3"] None ["ENTRYPOINT is in shell form: the program does not see CMD or the words of docker run"]
        "#]],
    );
    check_why("FROM none\nENTRYPOINT e", run(None, &["r"]), expect![[r#"
        none: · | ·
        (2, 2): [SH, "e"] shell wins | ·
        run: · | ["r"] wins (given to the shell, which does not pass it on)
        argv ["/bin/sh", "-c", "e", "r"] None ["ENTRYPOINT is in shell form: the program does not see CMD or the words of docker run"]
    "#]]);
    check_why(
        "FROM none AS a\nCMD a\nFROM none\nCMD x\nFROM a\nENTRYPOINT [\"e\"]\nENTRYPOINT [\"f\"]",
        run(None, &[]),
        expect![[r#"
            none: · | ·
            (2, 2): · | [SH, "a"] shell LOST (cleared: this stage sets ENTRYPOINT)
            (6, 6): ["e"] exec LOST (replaced by line 7) | ·
            (7, 7): ["f"] exec wins | ·
            run: · | ·
            argv ["f"] None []
        "#]],
    );
    check_why("FROM unknown\nCMD [\"x\"]", run(None, &[]), expect![[r#"
        unknown: · | ·
        (2, 2): · | ["x"] exec wins
        run: · | ·
        argv ["x"] None ["the configuration of unknown:latest is not known, so its ENTRYPOINT and CMD are missing here"]
    "#]]);
    check_why("FROM none\nCMDD x\nCMD [\"x\"]", run(None, &[]), expect![[r#"
        none: · | ·
        (3, 3): · | ["x"] exec wins
        run: · | ·
        argv [] Some("dockerfile parse error on line 2: unknown instruction: CMDD (did you mean CMD?)") []
    "#]]);
    check_why("FROM none", run(None, &[]), expect![[r#"
        none: · | ·
        run: · | ·
        argv [] Some("no command specified") []
    "#]]);
    check_why(
        "FROM none AS a\nONBUILD CMD [\"t\"]\nFROM a\nENTRYPOINT [\"e\"]",
        run(None, &[]),
        expect![[r#"
            none: · | ·
            (3, 3): · | ["t"] exec wins
            (4, 4): ["e"] exec wins | ·
            run: · | ·
            argv ["e", "t"] None []
        "#]],
    );
}
