//! `docker build` of the virtual engine: the context, what is ignored, copies, and what comes from the cache.

use dockwright::order::Map;

use dockwright::{
    command::Profile,
    lesson::WorldSpec,
    terminal::{ChunkKind, Terminal, Turn},
};
use expect_test::{Expect, expect};

use crate::lessons::course;

fn machine(profile: Profile, files: &[(&str, &str)]) -> Terminal {
    let files = files.iter().map(|it| (it.0.to_owned(), it.1.to_owned()));
    let spec = WorldSpec { files: files.collect::<Map<_>>(), ..WorldSpec::default() };
    let mut terminal = Terminal::new(spec.world(&course().fixtures).unwrap());
    terminal.set_profile(profile);
    terminal
}

fn text(turn: &Turn) -> String {
    let lines = turn.output.iter().filter(|it| it.kind != ChunkKind::Note);
    lines.map(|it| it.text.as_str()).collect()
}

/// Builds, and gives the lines of the output that contain one of the words.
fn build(terminal: &mut Terminal, words: &[&str]) -> String {
    let turn = terminal.run("docker build -t app .");
    let text = text(&turn);
    let lines = text.lines().filter(|line| words.iter().any(|it| line.contains(it)));
    lines.map(|it| format!("{}\n", it.trim())).collect()
}

#[track_caller]
fn check(terminal: &mut Terminal, words: &[&str], expected: &Expect) {
    expected.assert_eq(&build(terminal, words));
}

const APP: &[(&str, &str)] = &[
    ("Dockerfile", "FROM busybox\nWORKDIR /app\nCOPY . .\nRUN ls /app /app/src\nCMD [\"one\"]\n"),
    (".dockerignore", "*.log\nDockerfile\n.dockerignore\n!keep.log\n"),
    ("a.log", "1"),
    ("keep.log", "22"),
    ("src/main.rs", "fn main() {}\n"),
];

#[test]
fn what_is_ignored_is_not_there() {
    let words = ["context", "main", "log", "Dockerfile", "CACHED"];
    check(
        &mut machine(Profile::V20_10, APP),
        &words,
        &expect![[r#"
        Sending build context to Docker daemon  5.632kB
        keep.log
        main.rs
    "#]],
    );
    let mut terminal = machine(Profile::V28, APP);
    check(
        &mut terminal,
        &["context", "ERROR"],
        &expect![[r#"
             => => transferring context: 41B                                                    0.0s
             => [internal] load build context                                                   0.0s
             => => transferring context: 15B                                                    0.0s
        "#]],
    );
    let turn = terminal.run("docker run --rm app ls /app /app/src");
    expect![[r#"
        /app:
        keep.log
        src
        /app/src:
        main.rs
    "#]]
    .assert_eq(&text(&turn));
}

#[test]
fn buildkit_looks_for_the_ignore_file_of_the_dockerfile_first() {
    let files = [
        ("web.Dockerfile", "FROM busybox\nCOPY . /app/\n"),
        ("web.Dockerfile.dockerignore", "*\n!x\n"),
        (".dockerignore", "x\n"),
        ("x", "x"),
        ("y", "y"),
    ];
    for profile in [Profile::V20_10, Profile::V28] {
        let mut terminal = machine(profile, &files);
        terminal.run("docker build -t app -f web.Dockerfile .");
        let names = text(&terminal.run("docker run --rm app ls /app"));
        assert_eq!(names.contains('x'), profile == Profile::V28, "{names}");
        assert_eq!(names.contains('y'), profile != Profile::V28, "{names}");
    }
}

#[test]
fn malformed_ignore_files_are_refused() {
    for (profile, expected) in [
        (Profile::V20_10, "error checking context: 'syntax error in pattern'.\n"),
        (Profile::V28, "ERROR: failed to build: failed to solve: syntax error in pattern\n"),
    ] {
        let files = [("Dockerfile", "FROM busybox\n"), (".dockerignore", "a[\n")];
        let mut terminal = machine(profile, &files);
        assert_eq!(text(&terminal.run("docker build .")), expected);
    }
}

#[test]
fn copies_fail_in_the_words_of_each_builder() {
    for (line, classic, buildkit) in [
        (
            "COPY x.log /",
            "COPY failed: file not found in build context or excluded by .dockerignore: stat x.log: file does not exist",
            "ERROR: failed to build: failed to solve: failed to compute cache key: failed to calculate checksum of ref: \"/x.log\": not found",
        ),
        (
            "COPY --from=busybox /nope /",
            "COPY failed: stat nope: file does not exist",
            "ERROR: failed to build: failed to solve: failed to compute cache key: failed to calculate checksum of ref: \"/nope\": not found",
        ),
        ("COPY nope* /x/", "COPY failed: no source files were specified", ""),
        (
            "COPY a b /x",
            "When using COPY with more than one source file, the destination must be a directory and end with a /",
            "",
        ),
        ("COPY ../a /", "COPY failed: forbidden path outside the build context: ../a ()", ""),
        (
            "COPY d /a\nCOPY a /a\nCOPY d /bin/busybox",
            "failed to copy files: failed to copy directory: mkdir /bin/busybox: not a directory",
            "ERROR: failed to build: failed to solve: cannot copy to non-directory: /bin/busybox",
        ),
    ] {
        for (profile, expected) in [(Profile::V20_10, classic), (Profile::V28, buildkit)] {
            let file = format!("FROM busybox\n{line}\n");
            let files = [
                ("Dockerfile", file.as_str()),
                (".dockerignore", "*.log"),
                ("x.log", "x"),
                ("a", "a"),
                ("b", "b"),
                ("d/c", "c"),
            ];
            let mut terminal = machine(profile, &files);
            let turn = terminal.run("docker build .");
            assert_eq!(turn.exit.unwrap_or_default() == 0, expected.is_empty(), "{}", text(&turn));
            assert!(text(&turn).contains(expected), "{line}: {}", text(&turn));
        }
    }
}

#[test]
fn the_cache_has_the_rules_of_each_builder() {
    let before = "FROM busybox\nLABEL a=1\nCOPY x /\nRUN echo hello\nCMD [\"one\"]\n";
    let words = ["RUN", "COPY", "Using cache", "LABEL"];
    for (profile, expected) in [
        (
            Profile::V20_10,
            expect![[r#"
                Dockerfile
                Step 2/5 : LABEL a=1
                Step 3/5 : COPY x /
                Step 4/5 : RUN echo hello
                y
                Step 2/5 : LABEL a=1
                ---> Using cache
                Step 3/5 : COPY x /
                ---> Using cache
                Step 4/5 : RUN echo hello
                ---> Using cache
                ---> Using cache
                Dockerfile
                Step 2/5 : LABEL a=2
                Step 3/5 : COPY x /
                Step 4/5 : RUN echo hello
                Dockerfile
                Step 2/5 : LABEL a=2
                ---> Using cache
                Step 3/5 : COPY x /
                ---> Using cache
                Step 4/5 : RUN echo hello
                ---> Using cache
                x
                Step 2/5 : LABEL a=2
                ---> Using cache
                Step 3/5 : COPY x /
                Step 4/5 : RUN echo hello
            "#]],
        ),
        (
            Profile::V28,
            expect![[r#"
                Dockerfile
                => [2/3] COPY x /                                                                  0.0s
                => [3/3] RUN echo hello                                                            5.2s
                y
                => CACHED [2/3] COPY x /                                                           0.0s
                => CACHED [3/3] RUN echo hello                                                     0.0s
                Dockerfile
                => CACHED [2/3] COPY x /                                                           0.0s
                => CACHED [3/3] RUN echo hello                                                     0.0s
                Dockerfile
                => CACHED [2/3] COPY x /                                                           0.0s
                => CACHED [3/3] RUN echo hello                                                     0.0s
                x
                => [2/3] COPY x /                                                                  0.0s
                => [3/3] RUN echo hello                                                            5.2s
            "#]],
        ),
    ] {
        let mut terminal = machine(profile, &[("Dockerfile", before), ("x", "x"), ("y", "y")]);
        let mut all = String::new();
        for (path, content) in [
            ("Dockerfile", before),
            ("y", "changed, and never copied"),
            ("Dockerfile", &before.replace("a=1", "a=2")),
            ("Dockerfile", &before.replace("a=1", "a=2").replace("one", "two")),
            ("x", "changed"),
        ] {
            terminal.write_file(path, content);
            all.push_str(&format!("{path}\n{}", build(&mut terminal, &words)));
        }
        expected.assert_eq(&all);
    }
}

#[test]
fn a_stage_built_again_with_the_same_files_keeps_what_copies_from_it() {
    let file =
        "FROM busybox AS one\nRUN echo a > /o\nFROM busybox\nCOPY --from=one /o /o\nRUN cat /o\n";
    let mut terminal = machine(Profile::V28, &[("Dockerfile", file)]);
    build(&mut terminal, &[]);
    terminal.write_file("Dockerfile", &file.replace("echo a", "echo  a"));
    check(
        &mut terminal,
        &["RUN", "COPY"],
        &expect![[r#"
             => [2/5] RUN echo  a > /o                                                          5.2s
             => CACHED [4/5] COPY --from=one /o /o                                              0.0s
             => CACHED [5/5] RUN cat /o                                                         0.0s
        "#]],
    );
    terminal.write_file("Dockerfile", &file.replace("echo a", "echo b"));
    check(
        &mut terminal,
        &["RUN", "COPY"],
        &expect![[r#"
             => [2/5] RUN echo b > /o                                                           5.2s
             => [4/5] COPY --from=one /o /o                                                     0.0s
             => [5/5] RUN cat /o                                                                5.2s
        "#]],
    );
}

#[test]
fn a_program_is_copied_as_a_program() {
    let file = "FROM busybox AS one\nFROM scratch\nCOPY --from=one /bin/busybox /bin/sh\n";
    let mut terminal = machine(Profile::V28, &[("Dockerfile", file)]);
    check(&mut terminal, &["ERROR"], &expect![[""]]);
}
