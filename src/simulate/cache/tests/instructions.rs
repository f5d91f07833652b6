//! The Dockerfile is edited, or other arguments are given.

use expect_test::{Expect, expect};

use super::{case, check};

#[track_caller]
fn edited(before: &str, after: &str, expected: &Expect) {
    check(&case(before), &case(after), expected);
}

#[test]
fn nothing_changed() {
    let lines = "RUN one\nCOPY a.txt /x/\nRUN true\n";
    edited(
        lines,
        lines,
        &expect![[r#"
        + RUN one
        + COPY a.txt /x/
        + RUN true
    "#]],
    );
    edited(
        "RUN one\nCMD a\nCOPY a.txt /x/\nRUN true\n",
        "LABEL a=b\nRUN one\nEXPOSE 80\nSTOPSIGNAL 9\nHEALTHCHECK CMD x\nVOLUME /v\nONBUILD RUN x\n\
         ENTRYPOINT [\"q\"]\nCOPY a.txt /x/\nCMD b\nRUN true\n",
        &expect![[r#"
            + RUN one
            + COPY a.txt /x/
            + RUN true
        "#]],
    );
    edited(
        "RUN true && true\n",
        "# c\nRUN   true && \\\n# d\ntrue\n",
        &expect![[r#"
        + RUN   true && true
    "#]],
    );
    edited(
        "RUN true\n",
        "RUN [\"/bin/sh\",\"-c\",\"true\"]\n",
        &expect![[r#"
        + RUN ["/bin/sh","-c","true"]
    "#]],
    );
    edited(
        "RUN one\nWORKDIR /\nRUN true\n",
        "RUN one\nRUN true\n",
        &expect![[r#"
            + RUN one
            + RUN true
        "#]],
    );
}

#[test]
fn variables() {
    edited(
        "RUN one\nENV V=1\nCOPY a.txt /x/\nRUN true\nCOPY b.txt /x/\n",
        "RUN one\nENV V=2\nCOPY a.txt /x/\nRUN true\nCOPY b.txt /x/\n",
        &expect![[r#"
            + RUN one
            + COPY a.txt /x/
            - RUN true: the variable V changed, and RUN sees it
            - COPY b.txt /x/: line 5 above was carried out again
        "#]],
    );
    edited(
        "RUN one\nRUN true\n",
        "RUN one\nENV V=2\nRUN true\n",
        &expect![[r#"
        + RUN one
        - RUN true: the variable V changed, and RUN sees it
    "#]],
    );
    edited(
        "RUN one\nENV V=2\nRUN true\n",
        "RUN one\nRUN true\n",
        &expect![[r#"
        + RUN one
        - RUN true: the variable V changed, and RUN sees it
    "#]],
    );
    edited(
        "ARG V=1\nRUN true\n",
        "ARG V=2\nRUN true\n",
        &expect![[r#"
        - RUN true: the build argument V changed, and RUN sees it
    "#]],
    );
    edited(
        "RUN true\nARG V=1\nCOPY a.txt /\n",
        "RUN true\nARG V=2\nCOPY a.txt /\n",
        &expect![[r#"
            + RUN true
            + COPY a.txt /
        "#]],
    );
    edited(
        "ARG V=1\nENV V=7\nRUN true\n",
        "ARG V=2\nENV V=7\nRUN true\n",
        &expect![[r#"
        + RUN true
    "#]],
    );
    edited(
        "ENV A=1 C=2\nRUN true\n",
        "ENV A=1\nENV C=2\nRUN true\n",
        &expect![[r#"
        + RUN true
    "#]],
    );
    edited(
        "ENV A=1 C=2\nRUN true\n",
        "ENV C=2 A=1\nRUN true\n",
        &expect![[r#"
        - RUN true: the variables stand in another order
    "#]],
    );
    edited(
        "ARG P=x\nCOPY a.txt /$P/\n",
        "ARG P=y\nCOPY a.txt /$P/\n",
        &expect![[r#"
            - COPY a.txt /$P/: a variable in line 3 has another value
        "#]],
    );
    let global = "ARG G=1\nFROM sh\nARG G\nRUN true\n";
    edited(
        global,
        &global.replace('1', "2"),
        &expect![[r#"
        - RUN true: the build argument G changed, and RUN sees it
    "#]],
    );
    let below = "FROM sh AS one\nENV V=1\nFROM one\nRUN true\n";
    edited(
        below,
        &below.replace('1', "2"),
        &expect![[r#"
        - RUN true: the variable V changed, and RUN sees it
    "#]],
    );
    let below = "FROM sh AS one\nARG V=1\nFROM one\nRUN true\n";
    edited(
        below,
        &below.replace('1', "2"),
        &expect![[r#"
        - RUN true: the build argument V changed, and RUN sees it
    "#]],
    );
}

#[test]
fn build_arguments() {
    let declared = case("RUN one\nARG V\nCOPY a.txt /x/\nRUN true\n");
    check(
        &declared.clone().arg("V", "1"),
        &declared.clone().arg("V", "2"),
        &expect![[r#"
        + RUN one
        + COPY a.txt /x/
        - RUN true: the build argument V changed, and RUN sees it
    "#]],
    );
    check(
        &declared,
        &declared.clone().arg("V", "2"),
        &expect![[r#"
        + RUN one
        + COPY a.txt /x/
        - RUN true: the build argument V changed, and RUN sees it
    "#]],
    );
    let default = case("ARG V=1\nRUN true\n");
    check(
        &default,
        &default.clone().arg("V", "1"),
        &expect![[r#"
        + RUN true
    "#]],
    );
    let plain = case("RUN true\n");
    check(
        &plain.clone().arg("V", "1"),
        &plain.clone().arg("V", "2"),
        &expect![[r#"
        + RUN true
    "#]],
    );
    check(
        &plain,
        &plain.clone().arg("HTTP_PROXY", "x"),
        &expect![[r#"
        + RUN true
    "#]],
    );
}

#[test]
fn what_a_command_runs_in() {
    let user = "USER 5\nCOPY a.txt /x/\nRUN true\n";
    edited(
        user,
        &user.replace('5', "6"),
        &expect![[r#"
        + COPY a.txt /x/
        - RUN true: the user changed
    "#]],
    );
    let owner = "RUN one\nUSER 5\nWORKDIR /w\nCOPY a.txt /x/\n";
    edited(
        owner,
        &owner.replace('5', "6"),
        &expect![[r#"
        + RUN one
        - WORKDIR /w: the user changed
        - COPY a.txt /x/: line 4 above was carried out again
    "#]],
    );
    let directory = "RUN one\nWORKDIR /w\nCOPY a.txt /x/\nRUN true\n";
    edited(
        directory,
        &directory.replace("/w", "/v"),
        &expect![[r#"
        + RUN one
        - WORKDIR /v: line 3 changed
        - COPY a.txt /x/: line 3 above was carried out again
        - RUN true: line 3 above was carried out again
    "#]],
    );
    let shell = "SHELL [\"/bin/sh\",\"-c\"]\nRUN [\"true\"]\nRUN true\n";
    edited(
        shell,
        &shell.replace("-c", "-ec"),
        &expect![[r#"
            + RUN ["true"]
            - RUN true: the shell changed
        "#]],
    );
    edited(
        "RUN true && true\n",
        "RUN true  && true\n",
        &expect![[r#"
        - RUN true  && true: line 2 changed
    "#]],
    );
    edited(
        "RUN true\n",
        "RUN --mount=type=cache,target=/m true\n",
        &expect![[r#"
        - RUN --mount=type=cache,target=/m true: line 2 changed
    "#]],
    );
}

#[test]
fn lines_come_and_go() {
    edited(
        "RUN one\nRUN true\nCOPY a.txt /x/\nRUN true\n",
        "RUN one\nRUN true && true\nCOPY a.txt /x/\nRUN true\n",
        &expect![[r#"
            + RUN one
            - RUN true && true: line 3 changed
            - COPY a.txt /x/: line 3 above was carried out again
            - RUN true: line 3 above was carried out again
        "#]],
    );
    edited(
        "RUN one\nCOPY a.txt /x/\nRUN true\n",
        "RUN one\nRUN true\nCOPY a.txt /x/\nRUN true\n",
        &expect![[r#"
            + RUN one
            - RUN true: line 3 is new
            - COPY a.txt /x/: line 3 above was carried out again
            - RUN true: line 3 above was carried out again
        "#]],
    );
    edited(
        "RUN one\nRUN true\nCOPY a.txt /x/\n",
        "RUN one\nCOPY a.txt /x/\n",
        &expect![[r#"
        + RUN one
        - COPY a.txt /x/: the step above it is another one
    "#]],
    );
    edited(
        "COPY a.txt /x/\nCOPY b.txt /x/\n",
        "COPY b.txt /x/\nCOPY a.txt /x/\n",
        &expect![[r#"
        - COPY b.txt /x/: the step above it is another one
        - COPY a.txt /x/: line 2 above was carried out again
    "#]],
    );
    edited(
        "RUN one\n",
        "RUN one\nRUN two\n",
        &expect![[r#"
        + RUN one
        - RUN two: line 3 is new
    "#]],
    );
    edited(
        "FROM sh:1\nRUN one\n",
        "FROM sh:2\nRUN one\n",
        &expect![[r#"
        - RUN one: line 1 above was carried out again
    "#]],
    );
}

#[test]
fn stages() {
    let with = |command: &str| {
        format!("FROM sh AS one\nRUN {command}\nFROM sh\nCOPY --from=one /o /o\nRUN true\n")
    };
    edited(
        &with("q && echo hi > /o"),
        &with("q ; echo hi > /o"),
        &expect![[r#"
        - RUN q ; echo hi > /o: line 2 changed
        + COPY --from=one /o /o
        + RUN true
    "#]],
    );
    edited(
        &with("echo hi > /o"),
        &with("echo ho > /o"),
        &expect![[r#"
        - RUN echo ho > /o: line 2 changed
        - COPY --from=one /o /o: o changed
        - RUN true: line 4 above was carried out again
    "#]],
    );
    edited(
        &with("echo hi > /o"),
        &with("echo hi > /o").replace("one", "two"),
        &expect![[r#"
        + RUN echo hi > /o
        + COPY --from=two /o /o
        + RUN true
    "#]],
    );
    edited(
        &with("make"),
        &with("make"),
        &expect![[r#"
        + RUN make
        + COPY --from=one /o /o
        + RUN true
    "#]],
    );
    // What `make` gives is not known, so this is the careful answer.
    edited(
        &with("make"),
        &with("make all"),
        &expect![[r#"
        - RUN make all: line 2 changed
        - COPY --from=one /o /o: one was built again, and what it made is not known
        - RUN true: line 4 above was carried out again
    "#]],
    );
}

#[test]
fn no_cache() {
    let mut after = case("RUN one\nCOPY a.txt /x/\n");
    after.no_cache = true;
    check(
        &case("RUN one\nCOPY a.txt /x/\n"),
        &after,
        &expect![[r#"
        - RUN one: --no-cache
        - COPY a.txt /x/: --no-cache
    "#]],
    );
}
