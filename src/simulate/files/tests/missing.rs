//! What is not there, and what stands in the way.

use expect_test::{Expect, expect};

use super::{check, check_in, context};
use crate::simulate::context::Context;

#[test]
fn what_is_missing_is_said_in_buildkits_words() {
    check(
        "COPY missing /x",
        &expect![[r#"
        error: failed to compute cache key: failed to calculate checksum of ref: "/missing": not found
          help: Paths are seen from the folder that is built.
    "#]],
    );
    check(
        "COPY a.tx /x",
        &expect![[r#"
        error: failed to compute cache key: failed to calculate checksum of ref: "/a.tx": not found
          help: Did you mean a.txt?
    "#]],
    );
    check(
        "COPY z /x",
        &expect![[r#"
        error: failed to compute cache key: failed to calculate checksum of ref: "/z": not found
          help: Did you mean d/y/z?
    "#]],
    );
    check(
        "COPY missing* /x/",
        &expect![[r#"
        = 0, waste 0
    "#]],
    );
    check(
        "COPY nope/*.txt /x/",
        &expect![[r#"
        error: lstat /nope: no such file or directory
          help: Paths are seen from the folder that is built.
    "#]],
    );
    check(
        "COPY [z /x/",
        &expect![[r#"
            error: failed to compute cache key: failed to calculate checksum of ref: syntax error in pattern
              help: Close the bracket, or write \[ for one.
        "#]],
    );
    check(
        "COPY --exclude=*.md missing /x/",
        &expect![[r#"
        error: lstat /missing: no such file or directory
          help: Paths are seen from the folder that is built.
    "#]],
    );
    check(
        "COPY --exclude=[ d /x/",
        &expect![[r#"
            error: failed to compute cache key: failed to calculate checksum of ref: invalid excludepatterns: [[]: syntax error in pattern
              help: Close the bracket, or write \[ for one.
        "#]],
    );
    check(
        "COPY d /bin/sh",
        &expect![[r#"
            error: cannot copy to non-directory: /bin/sh
              help: A file has this name already. Copy to another path.
        "#]],
    );
    check(
        "COPY a.txt /bin/sh/",
        &expect![[r#"
            error: mkdir /bin/sh: not a directory
              help: A file has this name already. Copy to another path.
        "#]],
    );
    check(
        "COPY a.txt /bin/sh/x",
        &expect![[r#"
            error: mkdir /bin/sh: not a directory
              help: A file has this name already. Copy to another path.
        "#]],
    );
    check(
        "WORKDIR /bin/sh",
        &expect![[r#"
            error: mkdir /bin/sh: not a directory
              help: A file has this name already. Copy to another path.
        "#]],
    );
    check(
        "COPY d2/w /t/a.txt/\nCOPY . /t/",
        &expect![[r#"
            error: cannot replace to directory /t/a.txt with file
              help: A directory has this name already. End the path with /.
        "#]],
    );
    check(
        "FROM scratch\nCOPY --chown=app a.txt /x/",
        &expect![[r#"
            error: invalid user index: -1
              help: Write the number of the user: this image has no list of names.
        "#]],
    );
    check(
        &format!("COPY a.txt /{}", "a/".repeat(3000)),
        &expect![[r#"
            error: lstat /a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a…: file name too long
              help: Shorten the path.
        "#]],
    );
}

#[test]
fn dockerignore_takes_files_away() {
    let context = |ignore: &str| {
        let mut tree = context().tree().clone();
        tree.insert(".dockerignore", super::super::tree::Entry::text(ignore));
        Context::new(tree).ignoring("Dockerfile")
    };
    let found = |ignore: &str, file: &str, expected: &Expect| {
        check_in(&context(ignore).unwrap(), file, expected);
    };
    found(
        "*.txt\nd/y",
        "COPY . /dst",
        &expect![[r#"
        /dst 755 0:0 directory
        /dst/.dockerignore 644 0:0 9 bytes
        /dst/d 755 0:0 directory
        /dst/d/x 644 0:0 1 bytes
        /dst/d2 755 0:0 directory
        /dst/d2/w 644 0:0 1 bytes
        /dst/logs 755 0:0 directory
        /dst/logs/today.log 644 0:0 10 bytes
        = 21, waste 0
    "#]],
    );
    found(
        "*\n!d/y/z",
        "COPY . /dst",
        &expect![[r#"
        /dst 755 0:0 directory
        /dst/d 755 0:0 directory
        /dst/d/y 755 0:0 directory
        /dst/d/y/z 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    found(
        "*.txt",
        "COPY a.txt /dst",
        &expect![[r#"
        error: failed to compute cache key: failed to calculate checksum of ref: "/a.txt": not found
          help: The file is there, but .dockerignore takes it away.
    "#]],
    );
    let error = context("a\n[").unwrap_err();
    assert_eq!(error.to_string(), "syntax error in pattern");
    let own =
        Context::of_texts([("b.dockerignore", "x"), (".dockerignore", "y"), ("x", ""), ("y", "")]);
    let own = own.ignoring("b").unwrap();
    assert!(own.is_ignored("x") && !own.is_ignored("y"));
    assert_eq!(own.size(), Some(2));
}

#[test]
fn nobody_is_looked_up_where_there_are_no_names() {
    // Root is known without a list of names, and so are numbers.
    check(
        "FROM scratch\nUSER root\nWORKDIR /w",
        &expect![[r#"
        /w 755 0:0 directory
        = 0, waste 0
    "#]],
    );
    check(
        "FROM scratch\nUSER 7:root\nWORKDIR /w",
        &expect![[r#"
        /w 755 7:0 directory
        = 0, waste 0
    "#]],
    );
    check(
        "FROM scratch\nCOPY --chown=root:root a.txt /x",
        &expect![[r#"
        /x 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "FROM scratch\nCOPY --chown=7 a.txt /x",
        &expect![[r#"
        /x 644 7:7 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "FROM scratch\nUSER app\nWORKDIR /w",
        &expect![[r#"
        error: invalid user index: -1
          help: Write the number of the user: this image has no list of names.
    "#]],
    );
    check(
        "FROM scratch\nUSER 7:app\nWORKDIR /w",
        &expect![[r#"
        error: invalid user index: -1
          help: Write the number of the user: this image has no list of names.
    "#]],
    );
    // `/` is there already: nobody is to own it.
    check(
        "FROM scratch\nUSER app\nWORKDIR /",
        &expect![[r#"
        = 0, waste 0
    "#]],
    );
    check(
        "FROM scratch\nUSER app\nWORKDIR /a/..",
        &expect![[r#"
        error: invalid user index: -1
          help: Write the number of the user: this image has no list of names.
    "#]],
    );
    // Who is not in the list is root.
    check(
        "USER app\nWORKDIR /w",
        &expect![[r#"
        /w 755 101:102 directory
        = 0, waste 0
    "#]],
    );
    check(
        "USER nobody:staff\nWORKDIR /w",
        &expect![[r#"
        /w 755 0:50 directory
        = 0, waste 0
    "#]],
    );
}
