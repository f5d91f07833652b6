//! The command line: what it prints, and how it exits.

use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};

use expect_test::{Expect, expect};

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
    let Output { status, stdout, stderr } = dockwright(args, source);
    let (stdout, stderr) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    let code = status.code().unwrap();
    expected.assert_eq(&format!("{stdout}--- {code}\n{stderr}"));
}

#[test]
fn build_shows_the_image() {
    check(
        &["build", "-"],
        PING,
        &expect![[r#"
        Image for linux/amd64
          Entrypoint  ["/bin/ping"]
          Cmd         ["www.docker.com"]
          Env         PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

        Stages
          0  -  debian:latest  line 1  the image

        Steps (line, stage)
          1  0    FROM debian:latest
          3  0    ENTRYPOINT ["/bin/ping"]
          4  0    CMD ["www.docker.com"]
        --- 0
        note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
    "#]],
    );
    check(
        &["build", "-", "--build-arg", "VERSION=2"],
        STAGES,
        &expect![[r#"
            Image for linux/amd64
              Entrypoint  ["/bin/sh", "-c", "/app"]
              Cmd         -
              User        app
              Env         PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
              Env         MODE=2
              Env         LEVEL=1
              Port        443/tcp
              Port        80/tcp
              StopSignal  SIGINT
              Label       version=2

            Stages
              0  build  golang:1.22  line 1  needed
              1  base   debian       line 4  needed
              2  -      base         line 9  the image

            Steps (line, stage)
              1   0         FROM golang:1.22 AS build
              2   0  layer  RUN go build
              4   1         FROM debian AS base
              5   1         ENV MODE=a LEVEL=1
              6   1         USER app
              7   1         STOPSIGNAL SIGINT
              9   2         FROM base
              10  2         ARG VERSION=dev
              11  2         ENV MODE=$VERSION
              12  2  layer  COPY --from=build /app /app
              13  2         EXPOSE 80 443
              14  2         ENTRYPOINT /app
              15  2         LABEL version=$VERSION
            --- 0
            warning[JSONArgsRecommended]: JSON arguments recommended for ENTRYPOINT to prevent unintended behavior related to OS signals
              --> -:14:1
               |
            14 | ENTRYPOINT /app
               | ^^^^^^^^^^^^^^^

            note: the configuration of golang:1.22 is not known: what it says is missing here. Save what `docker image inspect` prints, and give it with --base IMAGE=FILE
            note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
        "#]],
    );
    check(
        &["build", "--target", "base", "--history", "-"],
        STAGES,
        &expect![[r#"
          ENV MODE=a LEVEL=1
          USER app
          STOPSIGNAL SIGINT
        --- 0
        note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
    "#]],
    );
    check(
        &["build", "-", "--label", "a=b", "--platform", "linux/arm64"],
        "FROM scratch\n",
        &expect![[r#"
            Image for linux/arm64
              Entrypoint  -
              Cmd         -
              WorkingDir  /
              Env         PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
              Label       a=b

            Stages
              0  -  scratch  line 1  the image

            Steps (line, stage)
              1  0    FROM scratch
            --- 0
        "#]],
    );
}

#[test]
fn errors_show_their_place_and_what_to_do() {
    check(
        &["build", "-"],
        WRONG,
        &expect![[r#"
        --- 1
        error: dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)
         --> -:2:2
          |
        2 |     RUNN x
          |     ^^^^
          = help: Write RUN, if that is what you meant.

        error: dockerfile parse error on line 3: COPY requires at least two arguments, but only one was provided. Destination could not be determined
         --> -:3:6
          |
        3 | COPY a
          |      ^
          = help: Write COPY source destination.

        note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
    "#]],
    );
    check(
        &["build", "--target", "nope", "-"],
        STAGES,
        &expect![[r#"
        --- 1
        error: target stage "nope" could not be found
         --> -:1:1
          |
        1 | FROM golang:1.22 AS build
          | ^
          = help: Name a stage with FROM image AS name.

        note: the configuration of golang:1.22 is not known: what it says is missing here. Save what `docker image inspect` prints, and give it with --base IMAGE=FILE
        note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
    "#]],
    );
    check(
        &["build", "-"],
        "",
        &expect![[r#"
        --- 1
        error: the Dockerfile cannot be empty
         --> -:1:1
          |
        1 | 
          | ^
          = help: Start with FROM and the name of an image.

    "#]],
    );
}

#[test]
fn why_says_where_everything_comes_from() {
    check(
        &["why", "-"],
        PING,
        &expect![[r#"
        Process 1
          ["/bin/ping", "www.docker.com"]

        ENTRYPOINT and CMD
                         ENTRYPOINT       CMD
          debian:latest  -                x ["bash"]            cleared: this stage sets ENTRYPOINT
          line 3         + ["/bin/ping"]  -
          line 4         -                + ["www.docker.com"]
          docker run     -                -

        Values
          user          root                                                          Docker
          workdir       /                                                             Docker
          env PATH      /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin  debian:latest
          stop signal   SIGTERM                                                       Docker
          stop timeout  10                                                            Docker

        docker stop
          docker stop sends SIGTERM to process 1, and SIGKILL 10 s later
          process 1 is the program itself: it gets SIGTERM
          Linux has no default actions for process 1: a program without a handler for SIGTERM is killed after 10 s: exit code 137
        --- 0
        note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
    "#]],
    );
    check(
        &["why", "-", "--", "docker", "run", "--rm", "ping", "google.com"],
        PING,
        &expect![[r#"
        Process 1
          ["/bin/ping", "google.com"]

        ENTRYPOINT and CMD
                         ENTRYPOINT       CMD
          debian:latest  -                x ["bash"]            cleared: this stage sets ENTRYPOINT
          line 3         + ["/bin/ping"]  -
          line 4         -                x ["www.docker.com"]  replaced by docker run
          docker run     -                + ["google.com"]

        Values
          user          root                                                          Docker
          workdir       /                                                             Docker
          env PATH      /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin  debian:latest
          stop signal   SIGTERM                                                       Docker
          stop timeout  10                                                            Docker

        docker stop
          docker stop sends SIGTERM to process 1, and SIGKILL 10 s later
          process 1 is the program itself: it gets SIGTERM
          Linux has no default actions for process 1: a program without a handler for SIGTERM is killed after 10 s: exit code 137
        --- 0
        note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
    "#]],
    );
    check(
        &[
            "why",
            "-",
            "--",
            "-e",
            "LEVEL",
            "-e",
            "FROM_OUTSIDE",
            "-p",
            "8080:80",
            "-w",
            "/data",
            "--init",
            "app",
            "x",
        ],
        STAGES,
        &expect![[r#"
            Process 1
              ["/bin/sh", "-c", "/app", "x"]

            Stages
              base     FROM debian  line 4
              stage 2  FROM base    line 9

            ENTRYPOINT and CMD
                          ENTRYPOINT                   CMD
              debian      -                            x ["bash"]  cleared: this stage sets ENTRYPOINT
              line 14     + ["/bin/sh", "-c", "/app"]  -
              docker run  -                            + ["x"]     given to the shell, which does not pass it on

            Values
              user              app                                                           line 6
                                  instead of root                                             Docker
              workdir           /data                                                         docker run --workdir
                                  instead of /                                                Docker
              env PATH          /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin  debian
              env MODE          dev                                                           line 11
                                  instead of a                                                line 5
              env LEVEL         (taken away)                                                  docker run --env
                                  instead of 1                                                line 5
              env FROM_OUTSIDE  outside                                                       docker run --env
              stop signal       SIGINT                                                        line 7
                                  instead of SIGTERM                                          Docker
              stop timeout      10                                                            Docker
              init              yes                                                           docker run --init
              port 443/tcp                                                                    line 13
              port 80/tcp                                                                     line 13
              label version     dev                                                           line 15

            docker stop
              docker stop sends SIGINT to the init, which hands it on, and SIGKILL 10 s later
              the child of the init is the shell: dash does not hand SIGINT on to the program
              a shell does not react to SIGINT while a program runs in it: it is killed after 10 s: exit code 137

            note: ENTRYPOINT is in shell form: the program does not see CMD or the words of docker run
            --- 0
            note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
        "#]],
    );
    check(
        &["why", "-", "--", "docker", "run", "--entrypoint", "", "i"],
        PING,
        &expect![[r#"
        Process 1
          none

        ENTRYPOINT and CMD
                         ENTRYPOINT       CMD
          debian:latest  -                x ["bash"]            cleared: this stage sets ENTRYPOINT
          line 3         x ["/bin/ping"]  -                     replaced by docker run
          line 4         -                x ["www.docker.com"]  not used: --entrypoint was given
          docker run     + []             -

        Values
          user          root                                                          Docker
          workdir       /                                                             Docker
          env PATH      /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin  debian:latest
          stop signal   SIGTERM                                                       Docker
          stop timeout  10                                                            Docker
        --- 1
        error: no command specified
        note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
    "#]],
    );
    check(
        &["why", "-"],
        WRONG,
        &expect![[r#"
        Process 1
          ["e"]

        ENTRYPOINT and CMD
                      ENTRYPOINT  CMD
          debian      -           x ["bash"]  cleared: this stage sets ENTRYPOINT
          line 4      + ["e"]     -
          docker run  -           -

        Values
          user          root                                                          Docker
          workdir       /                                                             Docker
          env PATH      /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin  debian
          stop signal   SIGTERM                                                       Docker
          stop timeout  10                                                            Docker

        docker stop
          docker stop sends SIGTERM to process 1, and SIGKILL 10 s later
          process 1 is the program itself: it gets SIGTERM
          Linux has no default actions for process 1: a program without a handler for SIGTERM is killed after 10 s: exit code 137
        --- 1
        error: dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)
         --> -:2:2
          |
        2 |     RUNN x
          |     ^^^^
          = help: Write RUN, if that is what you meant.

        error: dockerfile parse error on line 3: COPY requires at least two arguments, but only one was provided. Destination could not be determined
         --> -:3:6
          |
        3 | COPY a
          |      ^
          = help: Write COPY source destination.

        note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
    "#]],
    );
}

#[test]
fn wrong_words_exit_2() {
    check(
        &["build", "/nonexistent/Dockerfile"],
        "",
        &expect![[r#"
        --- 2
        error: /nonexistent/Dockerfile cannot be read: No such file or directory (os error 2)
    "#]],
    );
    check(
        &["build", "-", "--base", "a"],
        PING,
        &expect![[r#"
        --- 2
        error: `--base a` has no file: say `--base IMAGE=FILE`
    "#]],
    );
    check(
        &["build", "-", "--platform", "a/b/c/d"],
        PING,
        &expect![[r#"
            --- 2
            error: --platform: "a/b/c/d": cannot parse platform specifier: invalid argument
        "#]],
    );
    check(
        &["why", "-", "--", "docker", "run", "--nope", "i"],
        PING,
        &expect![[r#"
        --- 2
        error: unknown flag: --nope
    "#]],
    );
    check(
        &["why", "-", "--", "-e", "=1", "i"],
        PING,
        &expect![[r#"
        --- 2
        error: invalid argument "=1" for "-e, --env" flag: invalid environment variable: =1
    "#]],
    );
    assert_eq!(dockwright(&["build"], "").status.code(), Some(2));
    assert_eq!(dockwright(&["build", "-", "--json", "--history"], "").status.code(), Some(2));
}

#[test]
fn layers_show_the_files_of_a_folder() {
    let folder = std::env::temp_dir().join(format!("dockwright-cli-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("src")).unwrap();
    for (path, text) in
        [("src/a", "aaa"), ("src/b", "bb"), ("secret", "s"), (".dockerignore", "secret\n")]
    {
        std::fs::write(folder.join(path), text).unwrap();
    }
    let context = folder.to_str().unwrap();
    let source = "FROM scratch\nCOPY src /app/\nCOPY src/b /app/a\nWORKDIR /w\n";
    check(
        &["build", "--layers", "--context", context, "-"],
        source,
        &expect![[r#"
        line 2  COPY src /app/
          5B
          +  /app
          +  /app/a  3B
          +  /app/b  2B
        line 3  COPY src/b /app/a
          2B, hides 3B of layers below
          ~  /app/a  2B
        line 4  WORKDIR /w
          0B
          +  /w
        note: /app/a stays in the image with 3B, although it is hidden by line 3
        --- 0
    "#]],
    );
    check(
        &["build", "--layers", "-"],
        source,
        &expect![[r#"
        line 2  COPY src /app/
          size not known
          +  /app
          +  /app/src
        line 3  COPY src/b /app/a
          size not known
          +  /app/a
        line 4  WORKDIR /w
          0B
          +  /w
        --- 0
    "#]],
    );
    check(
        &["build", "--context", context, "-"],
        "FROM scratch\nCOPY secret gone /\n",
        &expect![[r#"
            --- 1
            error: failed to compute cache key: failed to calculate checksum of ref: "/secret": not found
             --> -:2:1
              |
            2 | COPY secret gone /
              | ^^^^^^^^^^^^^^^^^^
              = help: The file is there, but .dockerignore takes it away.

            warning[CopyIgnoredFile]: Attempting to Copy file "secret" that is excluded by .dockerignore
             --> -:2:1
              |
            2 | COPY secret gone /
              | ^^^^^^^^^^^^^^^^^^

        "#]],
    );
    std::fs::remove_dir_all(&folder).unwrap();
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
