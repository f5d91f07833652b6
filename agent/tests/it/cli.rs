//! The command line: what it prints, and how it exits.

mod build;
mod lint;
mod why;
mod wrong;

use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};

use expect_test::Expect;

const PING: &str = "FROM debian:latest\n\nENTRYPOINT [\"/bin/ping\"]\nCMD [\"www.docker.com\"]\n";

const STAGES: &str = r#"FROM golang:1.22 AS build
RUN go build

FROM debian AS base
ENV MODE=a LEVEL=1
USER app
STOPSIGNAL SIGINT

FROM base
ARG VERSION=dev
ENV MODE=$VERSION
COPY --from=build /app /app
EXPOSE 80 443
ENTRYPOINT /app
LABEL version=$VERSION
"#;

const WRONG: &str = "FROM debian\n\tRUNN x\nCOPY a\nENTRYPOINT [\"e\"]\n";

fn dockwright(args: &[&str], source: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dockwright"))
        .args(args)
        .env("FROM_OUTSIDE", "outside")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // A program that does not like its words ends before it reads.
    let _unread = input.write_all(source.as_bytes());
    drop(input);
    child.wait_with_output().unwrap()
}

#[track_caller]
fn check(args: &[&str], source: &str, expected: &Expect) {
    expected.assert_eq(&said(dockwright(args, source)));
}

/// What a program said and how it ended: its output, its exit code, its errors.
fn said(output: Output) -> String {
    let text = |it| String::from_utf8(it).unwrap();
    let code = output.status.code().unwrap();
    format!("{}--- {code}\n{}", text(output.stdout), text(output.stderr))
}

#[test]
fn json_is_for_programs() {
    let json = |args: &[&str], source: &str| -> serde_json::Value {
        serde_json::from_slice(&dockwright(args, source).stdout).unwrap()
    };
    let build = json(&["build", "--json", "-"], STAGES);
    assert_eq!(build["config"]["Env"][1], "MODE=dev");
    assert_eq!(build["stages"][0]["base"], "golang:1.22");
    assert_eq!(build["errors"][0]["code"], "base");
    let why = json(&["why", "--json", "-", "--", "i", "x"], STAGES);
    assert_eq!(why["argv"], serde_json::json!(["/bin/sh", "-c", "/app", "x"]));
    assert_eq!(why["stop"]["number"], 2);
    let mode = why["values"].as_array().unwrap().iter().find(|it| it["key"] == "MODE").unwrap();
    assert_eq!(mode["origin"]["lines"], serde_json::json!([11, 11]));
    assert_eq!(mode["replaced"][0]["value"], "a");
    let wrong = json(&["build", "--json", "-"], WRONG);
    assert_eq!(
        (&wrong["errors"][0]["line"], &wrong["errors"][0]["column"]),
        (&2.into(), &2.into())
    );
}
