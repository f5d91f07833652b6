//! Why a container runs what it runs.

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::{Images, show};
use crate::{
    command::Run,
    simulate::{
        Options,
        signal::Stop,
        why::{Cell, Form, Origin, Source, State, Why, why},
    },
};

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
fn check_why(source: &str, run: &Run, expected: &Expect) {
    let why = why(source, &Options::new(&Images), run);
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
    let run = |entrypoint: Option<&str>, args: &[&str]| Run {
        entrypoint: entrypoint.map(str::to_owned),
        args: args.iter().map(ToString::to_string).collect(),
        ..Run::default()
    };
    let ping = "FROM both\nLABEL a=b\nENTRYPOINT [\"/bin/ping\"]\nCMD [\"www.docker.com\"]\n";
    check_why(
        ping,
        &run(None, &[]),
        &expect![[r#"
        both: ["be"] LOST (replaced by line 3) | ["bc"] LOST (cleared: this stage sets ENTRYPOINT)
        (3, 3): ["/bin/ping"] exec wins | ·
        (4, 4): · | ["www.docker.com"] exec wins
        run: · | ·
        argv ["/bin/ping", "www.docker.com"] None []
    "#]],
    );
    check_why(
        ping,
        &run(None, &["google.com"]),
        &expect![[r#"
        both: ["be"] LOST (replaced by line 3) | ["bc"] LOST (cleared: this stage sets ENTRYPOINT)
        (3, 3): ["/bin/ping"] exec wins | ·
        (4, 4): · | ["www.docker.com"] exec LOST (replaced by docker run)
        run: · | ["google.com"] wins
        argv ["/bin/ping", "google.com"] None []
    "#]],
    );
    check_why(
        ping,
        &run(Some("/usr/bin/curl"), &["google.com"]),
        &expect![[r#"
        both: ["be"] LOST (replaced by line 3) | ["bc"] LOST (cleared: this stage sets ENTRYPOINT)
        (3, 3): ["/bin/ping"] exec LOST (replaced by docker run) | ·
        (4, 4): · | ["www.docker.com"] exec LOST (not used: --entrypoint was given)
        run: ["/usr/bin/curl"] wins | ["google.com"] wins
        argv ["/usr/bin/curl", "google.com"] None []
    "#]],
    );
    check_why(
        ping,
        &run(Some(""), &[]),
        &expect![[r#"
        both: ["be"] LOST (replaced by line 3) | ["bc"] LOST (cleared: this stage sets ENTRYPOINT)
        (3, 3): ["/bin/ping"] exec LOST (replaced by docker run) | ·
        (4, 4): · | ["www.docker.com"] exec LOST (not used: --entrypoint was given)
        run: [] wins | ·
        argv [] Some("no command specified") []
    "#]],
    );
    check_why(
        "FROM both",
        &run(None, &[]),
        &expect![[r#"
        both: ["be"] wins (from the base image) | ["bc"] wins (from the base image)
        run: · | ·
        argv ["be", "bc"] None []
    "#]],
    );
    check_why(
        "FROM none\nENTRYPOINT e\nCMD c1 \\\n  c2\nCMD [\"c3\"]",
        &run(None, &[]),
        &expect![[r#"
            none: · | ·
            (2, 2): [SH, "e"] shell wins | ·
            (3, 4): · | [SH, "c1   c2"] shell LOST (replaced by line 5)
            (5, 5): · | ["c3"] exec wins (given to the shell, which does not pass it on)
            run: · | ·
            argv ["/bin/sh", "-c", "e", "c3"] None ["ENTRYPOINT is in shell form: the program does not see CMD or the words of docker run"]
        "#]],
    );
    check_why(
        "FROM none\nENTRYPOINT e",
        &run(None, &["r"]),
        &expect![[r#"
        none: · | ·
        (2, 2): [SH, "e"] shell wins | ·
        run: · | ["r"] wins (given to the shell, which does not pass it on)
        argv ["/bin/sh", "-c", "e", "r"] None ["ENTRYPOINT is in shell form: the program does not see CMD or the words of docker run"]
    "#]],
    );
    check_why(
        "FROM none AS a\nCMD a\nFROM none\nCMD x\nFROM a\nENTRYPOINT [\"e\"]\nENTRYPOINT [\"f\"]",
        &run(None, &[]),
        &expect![[r#"
            none: · | ·
            (2, 2): · | [SH, "a"] shell LOST (cleared: this stage sets ENTRYPOINT)
            (6, 6): ["e"] exec LOST (replaced by line 7) | ·
            (7, 7): ["f"] exec wins | ·
            run: · | ·
            argv ["f"] None []
        "#]],
    );
    check_why(
        "FROM unknown\nCMD [\"x\"]",
        &run(None, &[]),
        &expect![[r#"
        unknown: · | ·
        (2, 2): · | ["x"] exec wins
        run: · | ·
        argv ["x"] None ["the configuration of unknown:latest is not known, so what it says is missing here"]
    "#]],
    );
    check_why(
        "FROM none\nCMDD x\nCMD [\"x\"]",
        &run(None, &[]),
        &expect![[r#"
        none: · | ·
        (3, 3): · | ["x"] exec wins
        run: · | ·
        argv ["x"] Some("dockerfile parse error on line 2: unknown instruction: CMDD (did you mean CMD?)") []
    "#]],
    );
    check_why(
        "FROM none",
        &run(None, &[]),
        &expect![[r#"
        none: · | ·
        run: · | ·
        argv [] Some("no command specified") []
    "#]],
    );
    check_why(
        "FROM none AS a\nONBUILD CMD [\"t\"]\nFROM a\nENTRYPOINT [\"e\"]",
        &run(None, &[]),
        &expect![[r#"
            none: · | ·
            (3, 3): · | ["t"] exec wins
            (4, 4): ["e"] exec wins | ·
            run: · | ·
            argv ["e", "t"] None []
        "#]],
    );
}

/// The values, the stages and the stop of `docker run …` of an image that `source` builds.
fn told(source: &str, run: &str) -> String {
    let words: Vec<_> = run.split(' ').filter(|it| !it.is_empty()).map(str::to_owned).collect();
    let run = Run::parse(&words).unwrap().resolve(&|_| Err(String::new()), &|_| None).unwrap();
    let why = why(source, &Options::new(&Images), &run);
    let mut text = String::new();
    for it in &why.stages {
        let name = it.name.clone().unwrap_or_else(|| format!("stage {}", it.stage));
        writeln!(text, "{name}: FROM {} {:?}", it.base, it.lines).unwrap();
    }
    for it in &why.values {
        let value = it.value.as_deref().unwrap_or("-");
        write!(text, "{} = {value} | {}", it.name(), origin(&it.origin)).unwrap();
        for old in &it.replaced {
            write!(text, " < {} | {}", old.value, origin(&old.origin)).unwrap();
        }
        text.push('\n');
    }
    told_end(&why, &mut text);
    text
}

fn told_end(why: &Why, text: &mut String) {
    if let Some(error) = &why.error {
        writeln!(text, "error: {error}").unwrap();
    }
    for it in why.stop.iter().flat_map(Stop::words) {
        writeln!(text, "{it}").unwrap();
    }
}

fn origin(it: &Origin) -> String {
    match it {
        Origin::Docker => "Docker".to_owned(),
        Origin::Base(image) => image.clone(),
        Origin::Dockerfile { lines, stage, trigger, .. } => {
            format!("line {} of {stage}{}", lines.0, if *trigger { " ONBUILD" } else { "" })
        }
        Origin::Build(flag) | Origin::Run(flag) => (*flag).to_owned(),
    }
}

#[test]
fn every_value_says_where_it_comes_from() {
    expect![[r#"
        a: FROM none (1, 1)
        stage 1: FROM a (6, 6)
        user = w | --user < root | Docker < u | line 3 of 0 < t | line 6 of 1 ONBUILD
        workdir = /x | line 8 of 1 < / | Docker
        env PATH = /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin | none
        env A = - | --env < 1 | line 2 of 0 < 3 | line 7 of 1
        env B = 2 | line 2 of 0
        env C = 4 | --env
        shell = ["/bin/bash", "-c"] | line 14 of 1
        stop signal = INT | line 9 of 1 < SIGTERM | Docker
        stop timeout = 10 | Docker
        init = yes | --init
        health interval = 1m0s | line 10 of 1
        health test = ["CMD-SHELL", "c"] | line 10 of 1
        health timeout = 2s | --health-*
        port 80/tcp = 80/tcp | line 5 of 0
        port 81/udp = 81/udp | line 11 of 1
        port 82/tcp = 82/tcp | --publish or --expose
        volume /v = /v | line 12 of 1
        volume /w = /w | --volume
        label k = 5 | --label < 1 | line 13 of 1
        label l = 2 | line 13 of 1
        docker stop sends SIGINT to the init, which hands it on, and SIGKILL 10 s later
        bash puts the program in its own place, so the program is the child of the init and gets SIGINT
        a program without a handler for SIGINT ends: exit code 130
    "#]].assert_eq(&told(
        "FROM none AS a\nENV A=1 B=2\nUSER u\nONBUILD USER t\nEXPOSE 80\n\
         FROM a\nENV A=3\nWORKDIR x\nSTOPSIGNAL INT\nHEALTHCHECK --interval=1m CMD c\nEXPOSE 80 81/udp\n\
         VOLUME /v\nLABEL k=1 l=2\nSHELL [\"/bin/bash\", \"-c\"]\nCMD exec run",
        "-e A -e C=4 -u w --health-timeout 2s -p 8080:82 -v /w --label k=5 --init i",
    ));
    expect![[r#"
        stage 0: FROM scratch (1, 1)
        user = root | Docker
        workdir = / | Docker
        env PATH = /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin | Docker
        stop signal = SIGTERM | Docker
        stop timeout = 0 | --stop-timeout < 10 | Docker
        docker stop sends SIGTERM to process 1, and SIGKILL at once
        process 1 is the program itself: it gets SIGTERM
        Linux has no default actions for process 1: a program without a handler for SIGTERM is killed at once: exit code 137
    "#]].assert_eq(&told("FROM scratch\nCMD [\"p\"]", "--stop-timeout 0 i"));
    expect![[r#"
        stage 0: FROM none (1, 1)
        user = b | line 4 of 0 < root | Docker < a | line 2 of 0
        workdir = rel | --workdir < / | Docker
        env PATH = /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin | none
        stop signal = SIGTERM | Docker
        stop timeout = 10 | Docker
        error: dockerfile parse error on line 3: unknown instruction: NOPE (did you mean COPY?)
    "#]]
    .assert_eq(&told("FROM none\nUSER a\nNOPE\nUSER b\nENTRYPOINT e", "-w rel i"));
}
