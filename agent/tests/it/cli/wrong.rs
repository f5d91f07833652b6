//! What is wrong on the command line or in the files that it names.

use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};

use expect_test::expect;

use super::{PING, check, dockwright};

#[test]
fn wrong_words_exit_2() {
    check(
        &["build", "/nonexistent/Dockerfile"],
        "",
        &expect![[r#"
            --- 2
            error: /nonexistent/Dockerfile cannot be read: No such file or directory
              = help: name a Dockerfile, or - for the standard input
        "#]],
    );
    check(
        &["build", "-", "--base", "a"],
        PING,
        &expect![[r#"
            --- 2
            error: `--base a` has no file
              = help: say --base IMAGE=FILE
        "#]],
    );
    check(
        &["build", "-", "--platform", "a/b/c/d"],
        PING,
        &expect![[r#"
            --- 2
            error: --platform: "a/b/c/d": cannot parse platform specifier: invalid argument
              = help: say it as in linux/amd64 or linux/arm64/v8
        "#]],
    );
    check(
        &["why", "-", "--", "docker run --nope 'i"],
        PING,
        &expect![[r#"
        --- 2
        error: unexpected EOF while looking for matching `''
    "#]],
    );
    check(
        &["why", "-", "--", "docker", "run", "--nope", "i"],
        PING,
        &expect![[r#"
            --- 2
            error: unknown flag: --nope
              = help: behind -- stands what docker run is told: flags, the image, its words
        "#]],
    );
    check(
        &["why", "-", "--", "-e", "=1", "i"],
        PING,
        &expect![[r#"
            --- 2
            error: invalid argument "=1" for "-e, --env" flag: invalid environment variable: =1
              = help: behind -- stands what docker run is told: flags, the image, its words
        "#]],
    );
    assert_eq!(dockwright(&["build"], "").status.code(), Some(2));
    assert_eq!(dockwright(&["build", "-", "--json", "--history"], "").status.code(), Some(2));
}

#[test]
fn what_cannot_be_read_is_named_with_what_to_do() {
    let folder = std::env::temp_dir().join(format!("dockwright-wrong-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("empty")).unwrap();
    std::fs::write(folder.join("Dockerfile"), PING).unwrap();
    std::fs::write(folder.join("binary"), b"FROM a\n\x7fELF\xff\x00\n").unwrap();
    std::fs::write(folder.join("inspect.json"), "{").unwrap();
    let place = folder.to_str().unwrap();
    let run = |args: &[&str]| {
        let args: Vec<_> = args.iter().map(|it| it.replace("DIR", place)).collect();
        let args: Vec<_> = args.iter().map(String::as_str).collect();
        let output = dockwright(&args, "");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{args:?}");
        String::from_utf8(output.stderr).unwrap().replace(place, "DIR")
    };
    let said = [
        run(&["build", "DIR"]),
        run(&["build", "DIR/empty"]),
        run(&["build", "DIR/none"]),
        run(&["why", "DIR/binary"]),
        run(&["build", "/dev/zero"]),
        run(&["build", "DIR/Dockerfile", "--context", "DIR/none"]),
        run(&["build", "DIR/Dockerfile", "--context", "DIR/Dockerfile"]),
        run(&["build", "DIR/Dockerfile", "--base", "debian=DIR/none"]),
        run(&["build", "DIR/Dockerfile", "--base", "debian=DIR/inspect.json"]),
        run(&["build", "DIR/Dockerfile", "--base", "Debian=DIR/inspect.json"]),
    ];
    expect![[r#"
        error: DIR cannot be read: Is a directory
          = help: name the file in it: DIR/Dockerfile
        error: DIR/empty cannot be read: Is a directory
          = help: it has no Dockerfile: name the file
        error: DIR/none cannot be read: No such file or directory
          = help: name a Dockerfile, or - for the standard input
        error: DIR/binary is not UTF-8 text: byte 0xff in line 2
          = help: save it as UTF-8; a program or an archive is no Dockerfile
        error: /dev/zero has more than 64 MB
          = help: a Dockerfile is smaller
        error: DIR/none cannot be read: No such file or directory
          = help: --context names the folder that is built
        error: DIR/Dockerfile cannot be read: Not a directory
          = help: --context names the folder that is built
        error: DIR/none cannot be read: No such file or directory
          = help: save there what `docker image inspect debian` prints
        error: DIR/inspect.json holds no image
          = help: save there what `docker image inspect debian` prints
        error: `--base Debian=DIR/inspect.json`: `Debian`: invalid reference format: repository name (library/Debian) must be lowercase
    "#]].assert_eq(&said.join(""));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn wrong_flags_are_named_with_what_to_do() {
    let run = |args: &[&str]| {
        let output = dockwright(args, PING);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{args:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let said = [
        run(&["build", "-", "--build-arg"]),
        run(&["build", "-", "--build-arg", "=1"]),
        run(&["build", "-", "--targte", "a"]),
        run(&["build", "-", "--json", "--layers"]),
        run(&["why", "-", "docker", "run", "a"]),
        run(&["biuld", "-"]),
    ];
    expect![[r#"
        error: a value is required for '--build-arg <NAME=VALUE>' but none was supplied

        For more information, try '--help'.
        error: `--build-arg =1` has no name
          = help: say --build-arg NAME=VALUE
        error: unexpected argument '--targte' found

          tip: a similar argument exists: '--target'

        Usage: dockwright build --target <STAGE> <FILE>

        For more information, try '--help'.
        error: the argument '--json' cannot be used with '--layers'

        Usage: dockwright build --json <FILE>

        For more information, try '--help'.
        error: unexpected argument 'docker' found

        Usage: dockwright why [OPTIONS] <FILE> [-- <docker run ...>...]

        For more information, try '--help'.
        error: unrecognized subcommand 'biuld'

          tip: a similar subcommand exists: 'build'

        Usage: dockwright <COMMAND>

        For more information, try '--help'.
    "#]]
    .assert_eq(&said.join(""));
}

#[test]
fn a_reader_that_has_gone_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dockwright"))
        .args(["build", "-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut input = child.stdin.take().unwrap();
    input.write_all(format!("{PING}{}", "RUN a\n".repeat(20_000)).as_bytes()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));
}

#[test]
fn a_huge_file_is_answered_and_a_long_line_is_cut() {
    let long = format!("FROM a\nRUN {}\n", "x ".repeat(500_000));
    let Output { status, stderr, .. } = dockwright(&["build", "-"], &format!("{long}NOPE {long}"));
    assert_eq!(status.code(), Some(1));
    assert!(stderr.len() < 5_000, "{}", stderr.len());
    let wrong = format!("FROM a\n{}", "NOPE x\n".repeat(50_000));
    let Output { status, stderr, .. } = dockwright(&["build", "-"], &wrong);
    let said = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(1));
    assert!(said.contains("more errors and warnings are not shown"), "{said}");
}
