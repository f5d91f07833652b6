//! `--baseline` and `--add-ignore`: findings that somebody knows; `--watch`; `dockwright migrate`; what calls the program.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
};

use expect_test::expect;

use super::{FILE, check, dockwright, folder, lint, said};

#[test]
fn a_baseline_hides_what_it_knows_wherever_that_has_moved() {
    let folder = folder(&[("web/Dockerfile", FILE)]);
    let path = folder.path().join("web/Dockerfile");
    expect![[r#"
        --- 2
        error: known.json cannot be read: No such file or directory
          = help: say --update-baseline too, to write it
    "#]]
    .assert_eq(&lint(folder.path(), "--baseline known.json"));
    expect![[r#"
        --- 0
        6 findings written
    "#]]
    .assert_eq(&lint(folder.path(), "--baseline known.json --update-baseline"));
    assert_eq!(lint(folder.path(), "--baseline known.json"), "--- 0\n");
    // From another folder, with other lines, and one more of the same.
    let moved = format!("# One\n# Two\n{}RUN sudo id\n", FILE.replace("sudo id", "sudo   id"));
    fs::write(&path, moved).unwrap();
    expect![[r#"
        Dockerfile:8:5: error[DW601] `sudo` in a build
        --- 1
    "#]]
    .assert_eq(&lint(&folder.path().join("web"), "--baseline ../known.json"));
    fs::write(folder.path().join("known.json"), "{}").unwrap();
    expect![[r#"
        --- 2
        error: known.json: missing field `version` at line 1 column 2
          = help: say --update-baseline too, to write it anew
    "#]]
    .assert_eq(&lint(folder.path(), "--baseline known.json"));
}

#[test]
fn comments_are_added_for_what_is_found() {
    let folder = folder(&[("Dockerfile", FILE)]);
    assert_eq!(lint(folder.path(), "--add-ignore --select DW601,DW716"), "--- 0\n");
    let text = fs::read_to_string(folder.path().join("Dockerfile")).unwrap();
    expect![[r#"
        FROM debian
        # dockwright: ignore[DW716] TODO: say why
        MAINTAINER me
        # dockwright: ignore[DW601] TODO: say why
        RUN sudo id
        CMD a "b"
        CMD c
    "#]]
    .assert_eq(&text);
    let output = dockwright(&["lint", "--add-ignore=for now", "--select=DW101", "-"], FILE);
    let expected = format!("# dockwright: ignore[DW101] for now\n{FILE}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
    let args = "--add-ignore --fix";
    assert!(lint(folder.path(), args).contains("cannot be used with"));
}

#[test]
fn a_change_is_seen() {
    let folder = folder(&[("Dockerfile", "FROM debian:13\n")]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_dockwright"))
        .args(["lint", "--watch"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(child.stderr.take().unwrap()).lines();
    assert_eq!(told.next().unwrap().unwrap(), "watching 1 file");
    fs::write(folder.path().join("Dockerfile"), "FROM debian:13\nRUN sudo id\n").unwrap();
    let mut found = BufReader::new(child.stdout.take().unwrap()).lines();
    assert_eq!(found.next().unwrap().unwrap(), "Dockerfile:2:5: error[DW601] `sudo` in a build");
    assert_eq!(told.next().unwrap().unwrap(), "watching 1 file");
    // A configuration that was not there before.
    fs::write(folder.path().join("dockwright.toml"), "[severity]\nsudo = \"info\"\n").unwrap();
    assert_eq!(found.next().unwrap().unwrap(), "Dockerfile:2:5: info[DW601] `sudo` in a build");
    child.kill().unwrap();
    child.wait().unwrap();
    check(
        &[],
        "--watch -",
        &expect![[r#"
        --- 2
        error: the standard input cannot be watched
          = help: name files or folders
    "#]],
    );
}

#[test]
fn what_was_written_for_hadolint_becomes_ours_and_finds_the_same() {
    let file = "FROM debian\n# hadolint ignore=DL3004,SC9999 # for ssh\nRUN sudo id\n# hadolint global ignore=DL4003\nMAINTAINER me\nCMD [\"a\"]\nCMD [\"b\"]\n";
    let config = "ignored: [DL3006, SC9999]\noverride:\n  info: [DL4000]\nfailure-threshold: error\ntrustedRegistries: [docker.io]\nlabel-schema:\n  a.b: url\nstrict-labels: true\n";
    let folder = folder(&[("web/Dockerfile", file), (".hadolint.yaml", config)]);
    let migrate = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_dockwright"))
            .arg("migrate")
            .args(args)
            .current_dir(folder.path())
            .output()
            .unwrap();
        said(output)
    };
    let before = lint(folder.path(), "web");
    expect![[r#"
        --- a/web/Dockerfile
        +++ b/web/Dockerfile
        @@ -1,7 +1,7 @@
         FROM debian
        -# hadolint ignore=DL3004,SC9999 # for ssh
        +# dockwright: ignore[DW601, SC9999] for ssh
         RUN sudo id
        -# hadolint global ignore=DL4003
        +# dockwright: file-ignore[DW707]
         MAINTAINER me
         CMD ["a"]
         CMD ["b"]
        --- a/dockwright.toml
        +++ b/dockwright.toml
        @@ -0,0 +1,12 @@
        +# From .hadolint.yaml.
        +fail-level = "error"
        +ignore = ["DW101"]
        +trusted-registries = ["docker.io"]
        +strict-labels = true
        +# Not known here: SC9999.
        +
        +[severity]
        +DW716 = "info"
        +
        +[labels]
        +"a.b" = "url"
        --- 0
    "#]]
    .assert_eq(&migrate(&[]));
    assert_eq!(migrate(&["--write"]), "web/Dockerfile\ndockwright.toml\n--- 0\n");
    assert_eq!(lint(folder.path(), "web"), before);
    assert!(before.contains("info[DW716]") && !before.contains("DW707"), "{before}");
    fs::remove_file(folder.path().join(".hadolint.yaml")).unwrap();
    let nothing = "--- 0\nnothing to migrate: there is no hadolint configuration or comment\n";
    assert_eq!(migrate(&["web"]), nothing);
}

#[test]
fn what_calls_the_program_says_what_it_knows() {
    let help = dockwright(&["lint", "--help"], "");
    let help = String::from_utf8(help.stdout).unwrap();
    let knows =
        |flag: &str| help.lines().any(|it| it.split([' ', ',', '=', '[']).any(|it| it == flag));
    assert!(knows("--fix") && !knows("--fi"));
    let read = |name: &str| -> serde_json::Value {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../");
        let text = fs::read_to_string(format!("{path}{name}")).unwrap();
        serde_saphyr::from_str(&text).unwrap()
    };
    let check = |command: &str| {
        let words: Vec<_> = command.split_whitespace().collect();
        assert_eq!(words[..2], ["dockwright", "lint"], "{command}");
        for it in words.iter().filter(|it| it.starts_with("--") && **it != "--") {
            assert!(knows(it), "{command}: {it}");
        }
    };
    for hook in read(".pre-commit-hooks.yaml").as_array().unwrap() {
        for key in ["id", "name", "description", "language"] {
            assert!(hook[key].is_string(), "{hook}");
        }
        assert_eq!(hook["types"], serde_json::json!(["dockerfile"]));
        check(hook["entry"].as_str().unwrap());
    }
    let action = read("action.yml");
    assert_eq!(action["runs"]["using"], "composite");
    let steps = action["runs"]["steps"].as_array().unwrap();
    assert!(steps.iter().all(|it| it["shell"] == "bash"));
    let install = steps[0]["run"].as_str().unwrap();
    assert!(install.starts_with("cargo install --locked --path \"$GITHUB_ACTION_PATH/agent\""));
    let run = steps[1]["run"].as_str().unwrap();
    check(run.lines().last().unwrap());
    // Each input is used, and what is used is an input.
    let used: Vec<_> = steps[1]["env"].as_object().unwrap().values().collect();
    let inputs = action["inputs"].as_object().unwrap();
    assert_eq!(used.len(), inputs.len());
    for name in inputs.keys() {
        assert!(used.iter().any(|it| **it == format!("${{{{ inputs.{name} }}}}")), "{name}");
    }
}
