//! `dockwright lint` and `dockwright rule`.

mod forms;
mod known;
mod sarif;

use std::{fs, path::Path, process::Command};

use expect_test::{Expect, expect};

use super::{dockwright, said};

const FILE: &str = "FROM debian\nMAINTAINER me\nRUN sudo id\nCMD a \"b\"\nCMD c\n";

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// What `dockwright lint` prints in a folder: output, exit code, errors.
fn lint(folder: &Path, args: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_dockwright"))
        .arg("lint")
        .args(args.split_whitespace())
        .current_dir(folder)
        .output()
        .unwrap();
    let place = folder.canonicalize().unwrap().display().to_string();
    said(output).replace(&place, "HERE")
}

#[track_caller]
fn check(files: &[(&str, &str)], args: &str, expected: &Expect) {
    expected.assert_eq(&lint(folder(files).path(), args));
}

#[test]
fn folders_are_walked_and_ignored_files_left_out() {
    let files = [
        ("Dockerfile", "FROM debian\n"),
        ("web/dev.Dockerfile", "FROM debian:latest\n"),
        ("web/README", "FROM debian\n"),
        ("node_modules/x/Dockerfile", "FROM debian\n"),
        (".gitignore", "node_modules\n"),
    ];
    check(
        &files,
        "",
        &expect![[r#"
        Dockerfile:1:6: warning[DW101] `debian` has no tag, so it means `debian:latest`
        web/dev.Dockerfile:1:6: warning[DW102] `debian:latest` moves over time
        --- 1
    "#]],
    );
    check(
        &files,
        "web",
        &expect![[r#"
        web/dev.Dockerfile:1:6: warning[DW102] `debian:latest` moves over time
        --- 1
    "#]],
    );
    check(
        &files,
        "--show-files",
        &expect![[r#"
        Dockerfile
        web/dev.Dockerfile
        --- 0
    "#]],
    );
    check(
        &files,
        "web/README node_modules/x/Dockerfile",
        &expect![[r#"
        web/README:1:6: warning[DW101] `debian` has no tag, so it means `debian:latest`
        node_modules/x/Dockerfile:1:6: warning[DW101] `debian` has no tag, so it means `debian:latest`
        --- 1
    "#]],
    );
    check(
        &[("a", "")],
        "",
        &expect![[r#"
        --- 2
        error: there is no Dockerfile here
          = help: name a file, or call it Dockerfile, Containerfile or NAME.Dockerfile
    "#]],
    );
    check(
        &[("a", "")],
        "b",
        &expect![[r#"
        --- 2
        error: b cannot be read: No such file or directory
    "#]],
    );
}

#[test]
fn rules_are_chosen_on_the_command_line_and_in_configurations() {
    let file = ("Dockerfile", FILE);
    check(
        &[file],
        "--select DL3006,DW706,DW707,DW716 --ignore multiple-cmd",
        &expect![[r#"
            Dockerfile:1:6: warning[DW101] `debian` has no tag, so it means `debian:latest`
            Dockerfile:2:1: warning[DW716] `MAINTAINER` is deprecated
            Dockerfile:4:5: warning[DW706] this `CMD` runs in a shell, which does not pass signals on
            Dockerfile:5:5: warning[DW706] this `CMD` runs in a shell, which does not pass signals on
            --- 1
        "#]],
    );
    check(
        &[file],
        "--select DW1O1",
        &expect![[r#"
        --- 2
        error: --select: there is no rule "DW1O1"; did you mean DW101?
    "#]],
    );
    check(
        &[file],
        "--preset hadolint -t error --format hadolint-json",
        &expect![[r#"
        [{"code":"DL3006","column":6,"file":"Dockerfile","level":"warning","line":1,"message":"`debian` has no tag, so it means `debian:latest`"},{"code":"DL4000","column":1,"file":"Dockerfile","level":"error","line":2,"message":"`MAINTAINER` is deprecated"},{"code":"DL3004","column":5,"file":"Dockerfile","level":"error","line":3,"message":"`sudo` in a build"},{"code":"DL4003","column":1,"file":"Dockerfile","level":"warning","line":4,"message":"this `CMD` is replaced by a later one"},{"code":"DL3025","column":5,"file":"Dockerfile","level":"warning","line":4,"message":"this `CMD` runs in a shell, which does not pass signals on"},{"code":"DL3025","column":5,"file":"Dockerfile","level":"warning","line":5,"message":"this `CMD` runs in a shell, which does not pass signals on"}]
        --- 1
    "#]],
    );
    check(
        &[file],
        "--ignore DW --exit-zero",
        &expect![[r#"
        --- 0
    "#]],
    );
    let ours = "select = [\"DL3006\", \"sudo\"]\nfail-level = \"error\"\n[severity]\nsudo = \"info\"\n[per-file-ignores]\n\"test/**\" = [\"DL3004\"]\n";
    check(
        &[file, ("test/Dockerfile", FILE), ("dockwright.toml", ours)],
        "",
        &expect![[r#"
        Dockerfile:1:6: warning[DW101] `debian` has no tag, so it means `debian:latest`
        Dockerfile:3:5: info[DW601] `sudo` in a build
        test/Dockerfile:1:6: warning[DW101] `debian` has no tag, so it means `debian:latest`
        --- 0
    "#]],
    );
    check(
        &[file, ("dockwright.toml", "selct = []\n")],
        "",
        &expect![[r#"
        --- 2
        error: HERE/dockwright.toml: TOML parse error at line 1, column 1
          |
        1 | selct = []
          | ^^^^^
        unknown field `selct`, expected one of `extends`, `preset`, `ruleset`, `select`, `extend-select`, `ignore`, `preview`, `fail-level`, `severity`, `per-file-ignores`, `suppressions`, `targets`, `contexts`, `trusted-registries`, `allowed-latest`, `allowed-secrets`, `allowed-empty-args`, `labels`, `strict-labels`, `secret-commands`, `absolute-workdirs`, `exec-healthchecks`
    "#]],
    );
    check(
        &[file, ("dockwright.toml", "ruleset = \"2031.1\"\n")],
        "",
        &expect![[r#"
        --- 2
        error: HERE/dockwright.toml: there is no ruleset "2031.1": this version has 2026.1
    "#]],
    );
    check(
        &[
            file,
            ("a.toml", "extends = \"b.toml\"\nignore = [\"DW707\"]\n"),
            ("b.toml", "select = [\"DW716\", \"DW707\"]\n"),
        ],
        "--config a.toml",
        &expect![[r#"
            Dockerfile:2:1: warning[DW716] `MAINTAINER` is deprecated
            --- 1
        "#]],
    );
    check(
        &[file, ("a.toml", "extends = \"a.toml\"\n")],
        "-c a.toml",
        &expect![[r#"
        --- 2
        error: more than 10 configurations extend each other
          = help: look for one that extends itself
    "#]],
    );
    let hadolint = "ignored: [DL3004, SC9999]\noverride:\n  error: [DL4000]\n  info: [DL3006]\nfailure-threshold: error\n";
    check(
        &[file, (".hadolint.yaml", hadolint)],
        "",
        &expect![[r#"
        Dockerfile:1:6: info[DW101] `debian` has no tag, so it means `debian:latest`
        Dockerfile:2:1: error[DW716] `MAINTAINER` is deprecated
        Dockerfile:4:1: warning[DW707] this `CMD` is replaced by a later one
        Dockerfile:4:5: warning[DW706] this `CMD` runs in a shell, which does not pass signals on
        Dockerfile:5:5: warning[DW706] this `CMD` runs in a shell, which does not pass signals on
        --- 1
    "#]],
    );
    check(
        &[file, (".hadolint.yaml", hadolint)],
        "--isolated --select DL3004",
        &expect![[r#"
        Dockerfile:3:5: error[DW601] `sudo` in a build
        --- 1
    "#]],
    );
}

#[test]
fn comments_silence_and_are_checked() {
    let file = "FROM debian:13\n# hadolint ignore=DL3004,DL3O06 # for ssh\nRUN sudo id\n# dockwright: ignore[DW716]\nCMD [\"a\"]\n";
    check(
        &[("Dockerfile", file)],
        "",
        &expect![[r#"
        Dockerfile:2:26: warning[DW903] there is no rule `DL3O06`; did you mean `DL3006`?
        Dockerfile:4:22: warning[DW902] `DW716` has nothing to silence here
        --- 1
    "#]],
    );
    check(
        &[("Dockerfile", file)],
        "--no-suppressions",
        &expect![[r#"
        Dockerfile:3:5: error[DW601] `sudo` in a build
        --- 1
    "#]],
    );
}

#[test]
fn repairs_are_shown_or_made() {
    let files = [("Dockerfile", FILE)];
    check(
        &files,
        "--diff",
        &expect![[r#"
        --- a/Dockerfile
        +++ b/Dockerfile
        @@ -1,5 +1,4 @@
         FROM debian
        -MAINTAINER me
        +LABEL org.opencontainers.image.authors="me"
         RUN sudo id
        -CMD a "b"
         CMD c
        --- 1
    "#]],
    );
    check(
        &files,
        "--unsafe-fixes",
        &expect![[r#"
        --- 2
        error: --unsafe-fixes alone changes nothing
          = help: say --fix --unsafe-fixes, or look first with --diff --unsafe-fixes
    "#]],
    );
    let folder = folder(&files);
    expect![[r#"
        Dockerfile:1:6: warning[DW101] `debian` has no tag, so it means `debian:latest`
        Dockerfile:3:5: error[DW601] `sudo` in a build
        --- 1
    "#]]
    .assert_eq(&lint(folder.path(), "--fix --unsafe-fixes"));
    expect![[r#"
        FROM debian
        LABEL org.opencontainers.image.authors="me"
        RUN sudo id
        CMD ["c"]
    "#]]
    .assert_eq(&fs::read_to_string(folder.path().join("Dockerfile")).unwrap());
    let output = dockwright(&["lint", "--fix", "--select=DW716", "-"], FILE);
    expect![[r#"
        FROM debian
        LABEL org.opencontainers.image.authors="me"
        RUN sudo id
        CMD a "b"
        CMD c
    "#]]
    .assert_eq(&String::from_utf8(output.stdout).unwrap());
}

#[test]
fn rules_explain_themselves() {
    let rule = |args: &[&str]| said(dockwright(args, ""));
    expect![[r##"
        # DW716 maintainer

        warning, on; elsewhere: DL4000, MaintainerDeprecated, DS-0022, CKV_DOCKER_6, KICS, util:DEPRECATED_MAINTAINER, semgrep:maintainer-is-deprecated

        `MAINTAINER` is deprecated since 2017: it can hold one text, and few tools show it.

        ```dockerfile bad
        FROM debian:13
        MAINTAINER Jo "J" <jo@example.org>
        #^^^^^^^^^ `MAINTAINER` is deprecated
        ```

        A label is read by every tool, and can be searched for.

        ```dockerfile fixed
        FROM debian:13
        LABEL org.opencontainers.image.authors="Jo \"J\" <jo@example.org>"
        ```
        --- 0
    "##]].assert_eq(&rule(&["rule", "dl4000"]));
    expect![[r#"
        --- 2
        error: there is no rule "DL3O06"; did you mean DL3006?
          = help: dockwright rule without a code lists them all
    "#]]
    .assert_eq(&rule(&["rule", "DL3O06"]));
    assert!(
        rule(&["rule"])
            .contains("DW101  warning  on         untagged-image                 DL3006\n")
    );
}
