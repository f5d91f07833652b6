//! Why a container runs what it runs.

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::{Images, show};
use crate::simulate::{
    Options,
    argv::RunWords,
    why::{Cell, Form, Source, State, why},
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
fn check_why(source: &str, run: &RunWords, expected: &Expect) {
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
    let run = |entrypoint: Option<&str>, args: &[&str]| RunWords {
        entrypoint: entrypoint.map(str::to_owned),
        args: args.iter().map(ToString::to_string).collect(),
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
        argv ["x"] None ["the configuration of unknown:latest is not known, so its ENTRYPOINT and CMD are missing here"]
    "#]],
    );
    check_why(
        "FROM none\nCMDD x\nCMD [\"x\"]",
        &run(None, &[]),
        &expect![[r#"
        none: · | ·
        (3, 3): · | ["x"] exec wins
        run: · | ·
        argv [] Some("dockerfile parse error on line 2: unknown instruction: CMDD (did you mean CMD?)") []
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
