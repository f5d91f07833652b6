//! Files of the folder change, or other files are copied.

use expect_test::expect;

use super::{case, check};

#[test]
fn a_copied_file_changes() {
    let before = case("RUN one\nCOPY a.txt /x/\nRUN true\nCOPY b.txt /y/\n");
    check(
        &before,
        &before.clone().file("a.txt", "AAA"),
        &expect![[r#"
        + RUN one
        - COPY a.txt /x/: a.txt changed
        - RUN true: line 3 above was carried out again
        - COPY b.txt /y/: line 3 above was carried out again
    "#]],
    );
    check(
        &before,
        &before.clone().mode("a.txt", 0o755),
        &expect![[r#"
        + RUN one
        - COPY a.txt /x/: the permissions of a.txt changed
        - RUN true: line 3 above was carried out again
        - COPY b.txt /y/: line 3 above was carried out again
    "#]],
    );
    check(
        &before,
        &before.clone().file("d/x", "X"),
        &expect![[r#"
        + RUN one
        + COPY a.txt /x/
        + RUN true
        + COPY b.txt /y/
    "#]],
    );
    let before = case("COPY --chmod=600 a.txt /x/\n");
    check(
        &before,
        &before.clone().mode("a.txt", 0o755),
        &expect![[r#"
        - COPY --chmod=600 a.txt /x/: the permissions of a.txt changed
    "#]],
    );
}

#[test]
fn a_copied_directory_changes() {
    let before = case("COPY d /x/\nRUN true\n");
    check(
        &before,
        &before.clone().file("d/n", "n"),
        &expect![[r#"
        - COPY d /x/: d/n is new
        - RUN true: line 2 above was carried out again
    "#]],
    );
    check(
        &before,
        &before.clone().without("d/x"),
        &expect![[r#"
        - COPY d /x/: d/x is gone
        - RUN true: line 2 above was carried out again
    "#]],
    );
    check(
        &before,
        &before.clone().without("d/x").file("d/w", "x"),
        &expect![[r#"
        - COPY d /x/: d/w is new and d/x is gone
        - RUN true: line 2 above was carried out again
    "#]],
    );
    let all = |last: &str| case(&format!("COPY . /x/\nRUN true\nCMD {last}\n"));
    check(
        &all("a"),
        &all("b"),
        &expect![[r#"
        - COPY . /x/: Dockerfile changed
        - RUN true: line 2 above was carried out again
    "#]],
    );
    let ignoring = |last: &str| all(last).file(".dockerignore", "Dockerfile\n*.txt\n");
    check(
        &ignoring("a"),
        &ignoring("b").file("a.txt", "new"),
        &expect![[r#"
        + COPY . /x/
        + RUN true
    "#]],
    );
}

#[test]
fn what_a_wildcard_fits_changes() {
    let before = case("COPY *.txt /x/\n");
    check(
        &before,
        &before.clone().file("c.txt", "c"),
        &expect![[r#"
        - COPY *.txt /x/: c.txt is new
    "#]],
    );
    check(
        &before,
        &before.clone().file("c.md", "c"),
        &expect![[r#"
        + COPY *.txt /x/
    "#]],
    );
}

#[test]
fn the_instruction_names_other_files() {
    let before = case("COPY a.txt /x/\n");
    check(
        &before,
        &case("COPY e/a.txt /x/\n").file("e/a.txt", "aa"),
        &expect![[r#"
        + COPY e/a.txt /x/
    "#]],
    );
    check(
        &before,
        &case("COPY ./a.txt /x/\n"),
        &expect![[r#"
        + COPY ./a.txt /x/
    "#]],
    );
    check(
        &before,
        &case("COPY --chown=2 a.txt /x/\n"),
        &expect![[r#"
        - COPY --chown=2 a.txt /x/: line 2 changed
    "#]],
    );
    check(
        &before,
        &case("ADD a.txt /x/\n"),
        &expect![[r#"
        - ADD a.txt /x/: line 2 changed
    "#]],
    );
    let renamed = case("COPY c.txt /x/f\n").file("c.txt", "aa");
    check(
        &case("COPY a.txt /x/f\n"),
        &renamed,
        &expect![[r#"
        - COPY c.txt /x/f: line 2 changed
    "#]],
    );
    let absolute = case("WORKDIR /x\nCOPY a.txt /x/\n");
    check(
        &case("WORKDIR /x\nCOPY a.txt ./\n"),
        &absolute,
        &expect![[r#"
        + WORKDIR /x
        + COPY a.txt /x/
    "#]],
    );
    check(
        &case("COPY a.txt b.txt /x/\n"),
        &case("COPY b.txt a.txt /x/\n"),
        &expect![[r#"
        - COPY b.txt a.txt /x/: line 2 changed
    "#]],
    );
    check(
        &case("COPY d /x/\n"),
        &case("COPY d /x\n"),
        &expect![[r#"
        - COPY d /x: line 2 changed
    "#]],
    );
}

#[test]
fn a_mounted_file_changes() {
    let before = case("RUN --mount=target=/m,source=a.txt cat /m\nCOPY b.txt /\n");
    check(
        &before,
        &before.clone().file("a.txt", "AAA"),
        &expect![[r#"
        - RUN --mount=target=/m,source=a.txt cat /m: a.txt changed
        - COPY b.txt /: line 2 above was carried out again
    "#]],
    );
    check(
        &before,
        &before.clone().file("b.txt", "BBB"),
        &expect![[r#"
        + RUN --mount=target=/m,source=a.txt cat /m
        - COPY b.txt /: b.txt changed
    "#]],
    );
    let other = case("RUN --mount=target=/n,source=a.txt cat /m\nCOPY b.txt /\n");
    check(
        &before,
        &other,
        &expect![[r#"
        - RUN --mount=target=/n,source=a.txt cat /m: line 2 changed
        - COPY b.txt /: line 2 above was carried out again
    "#]],
    );
}

/// Docker 20.10 does not know `--link`; this is what BuildKit's source says.
#[test]
fn a_linked_copy_does_not_look_at_what_is_above() {
    check(
        &case("RUN one\nCOPY --link a.txt /x/\nRUN true\n"),
        &case("RUN two\nCOPY --link a.txt /x/\nRUN true\n"),
        &expect![[r#"
            - RUN two: line 2 changed
            + COPY --link a.txt /x/
            - RUN true: line 2 above was carried out again
        "#]],
    );
}
