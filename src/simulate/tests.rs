//! Builds and runs, as tables.

mod errors;
mod instructions;
mod merge;
mod why;

use std::fmt::Write as _;

use expect_test::expect;

use super::{
    BaseImage, Bases, Build, Options,
    argv::{NoCommand, RunWords, resolve},
    build,
};
use crate::image::{Config, Platform, Reference};

const PATH: &str = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// The base images of these tests: `none` has nothing, the others what they are called.
struct Images;

impl Bases for Images {
    fn find(&self, image: &Reference, _: &Platform) -> Option<BaseImage> {
        let words = |it: &str| Some(vec![it.to_owned()]);
        let (entrypoint, cmd) = match image.familiar_name().as_str() {
            "none" => (None, None),
            "cmd" => (None, words("bc")),
            "entry" => (words("be"), None),
            "both" => (words("be"), words("bc")),
            _ => return None,
        };
        let env = vec![PATH.to_owned()];
        Some(Config { env, entrypoint, cmd, ..Config::default() }.into())
    }
}

fn built(source: &str, args: &[(&str, &str)], target: Option<&str>) -> Build {
    let args = args.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let options = Options { target, build_args: &args, ..Options::new(&Images) };
    build(source, &options)
}

/// `["a","b"]`, or `-` for nothing; the default shell is `SH`.
fn show(words: Option<&Vec<String>>) -> String {
    let Some(words) = words else { return "-".to_owned() };
    format!("{words:?}").replace(r#""/bin/sh", "-c""#, "SH")
}

#[track_caller]
fn check_run(source: &str, run: &str) -> String {
    let words: Vec<_> = run.split(' ').filter(|it| !it.is_empty()).collect();
    let (entrypoint, args) = match words.as_slice() {
        [first, args @ ..] if first.starts_with('=') => (Some(first.replace('=', "")), args),
        args => (None, args),
    };
    let run = RunWords { entrypoint, args: args.iter().map(ToString::to_string).collect() };
    let build = built(source, &[], None);
    assert_eq!(build.errors, [], "{source}");
    match resolve(&build.config, &run) {
        Ok(argv) => show(Some(&argv)),
        Err(NoCommand) => "no command".to_owned(),
    }
}

/// For each `ENTRYPOINT` and `CMD`: what runs for no words, for `r1 r2`, and for those with
/// `--entrypoint x1` and with `--entrypoint ""`. It is what Docker engines 20.10, 26.1 and 28.5 run.
#[test]
fn process_one_is_entrypoint_and_cmd() {
    let entrypoints = [
        ("none", ""),
        ("exec", "ENTRYPOINT [\"e1\",\"e2\"]"),
        ("shell", "ENTRYPOINT e1 e2"),
        ("empty", "ENTRYPOINT []"),
    ];
    let cmds = [
        ("none", ""),
        ("exec", "CMD [\"c1\",\"c2\"]"),
        ("shell", "CMD c1 c2"),
        ("empty", "CMD []"),
    ];
    let runs = ["", "r1 r2", "=x1", "=x1 r1 r2", "=", "= r1 r2"];
    let mut table = String::new();
    for (entrypoint_form, entrypoint) in entrypoints {
        for (cmd_form, cmd) in cmds {
            write!(table, "{entrypoint_form:5} {cmd_form:5}").unwrap();
            // Which of the two stands first does not matter.
            let source = format!("FROM none\n{entrypoint}\n{cmd}\n");
            let turned = format!("FROM none\n{cmd}\n{entrypoint}\n");
            for run in runs {
                let found = check_run(&source, run);
                assert_eq!(found, check_run(&turned, run), "{source} {run}");
                write!(table, " | {found}").unwrap();
            }
            table.push('\n');
        }
    }
    expect![[r#"
        none  none  | no command | ["r1", "r2"] | ["x1"] | ["x1", "r1", "r2"] | no command | ["r1", "r2"]
        none  exec  | ["c1", "c2"] | ["r1", "r2"] | ["x1"] | ["x1", "r1", "r2"] | no command | ["r1", "r2"]
        none  shell | [SH, "c1 c2"] | ["r1", "r2"] | ["x1"] | ["x1", "r1", "r2"] | no command | ["r1", "r2"]
        none  empty | no command | ["r1", "r2"] | ["x1"] | ["x1", "r1", "r2"] | no command | ["r1", "r2"]
        exec  none  | ["e1", "e2"] | ["e1", "e2", "r1", "r2"] | ["x1"] | ["x1", "r1", "r2"] | no command | ["r1", "r2"]
        exec  exec  | ["e1", "e2", "c1", "c2"] | ["e1", "e2", "r1", "r2"] | ["x1"] | ["x1", "r1", "r2"] | no command | ["r1", "r2"]
        exec  shell | ["e1", "e2", SH, "c1 c2"] | ["e1", "e2", "r1", "r2"] | ["x1"] | ["x1", "r1", "r2"] | no command | ["r1", "r2"]
        exec  empty | ["e1", "e2"] | ["e1", "e2", "r1", "r2"] | ["x1"] | ["x1", "r1", "r2"] | no command | ["r1", "r2"]
        shell none  | [SH, "e1 e2"] | [SH, "e1 e2", "r1", "r2"] | ["x1"] | ["x1", "r1", "r2"] | no command | ["r1", "r2"]
        shell exec  | [SH, "e1 e2", "c1", "c2"] | [SH, "e1 e2", "r1", "r2"] | ["x1"] | ["x1", "r1", "r2"] | no command | ["r1", "r2"]
        shell shell | [SH, "e1 e2", SH, "c1 c2"] | [SH, "e1 e2", "r1", "r2"] | ["x1"] | ["x1", "r1", "r2"] | no command | ["r1", "r2"]
        shell empty | [SH, "e1 e2"] | [SH, "e1 e2", "r1", "r2"] | ["x1"] | ["x1", "r1", "r2"] | no command | ["r1", "r2"]
        empty none  | no command | ["r1", "r2"] | ["x1"] | ["x1", "r1", "r2"] | no command | ["r1", "r2"]
        empty exec  | ["c1", "c2"] | ["r1", "r2"] | ["x1"] | ["x1", "r1", "r2"] | no command | ["r1", "r2"]
        empty shell | [SH, "c1 c2"] | ["r1", "r2"] | ["x1"] | ["x1", "r1", "r2"] | no command | ["r1", "r2"]
        empty empty | no command | ["r1", "r2"] | ["x1"] | ["x1", "r1", "r2"] | no command | ["r1", "r2"]
    "#]].assert_eq(&table);
}

/// What an image inherits: a new `ENTRYPOINT` drops the `CMD` from below its stage.
#[test]
fn a_stage_inherits_until_it_sets_an_entrypoint() {
    let rows = [
        ("FROM cmd", "-", r#"["bc"]"#),
        ("FROM cmd\nENTRYPOINT [\"ce\"]", r#"["ce"]"#, "-"),
        ("FROM cmd\nENTRYPOINT ce", r#"[SH, "ce"]"#, "-"),
        ("FROM cmd\nENTRYPOINT []", "[]", "-"),
        ("FROM cmd\nRUN true\nENTRYPOINT [\"ce\"]", r#"["ce"]"#, "-"),
        ("FROM cmd\nENTRYPOINT [\"ce\"]\nCMD [\"cc\"]", r#"["ce"]"#, r#"["cc"]"#),
        ("FROM cmd\nCMD [\"cc\"]\nENTRYPOINT [\"ce\"]", r#"["ce"]"#, r#"["cc"]"#),
        ("FROM cmd\nCMD [\"cc\"]\nENTRYPOINT []", "[]", r#"["cc"]"#),
        ("FROM both", r#"["be"]"#, r#"["bc"]"#),
        ("FROM both\nCMD [\"cc\"]", r#"["be"]"#, r#"["cc"]"#),
        ("FROM both\nENTRYPOINT [\"ce\"]", r#"["ce"]"#, "-"),
        ("FROM both\nCMD []", r#"["be"]"#, "[]"),
        ("FROM none\nCMD a\nCMD b", "-", r#"[SH, "b"]"#),
        ("FROM none\nCMD", "-", r#"[SH, ""]"#),
        ("FROM none AS a\nCMD [\"ac\"]\nFROM a\nENTRYPOINT [\"ce\"]", r#"["ce"]"#, "-"),
        (
            "FROM none AS a\nENTRYPOINT [\"ae\"]\nCMD [\"ac\"]\nFROM a\nENTRYPOINT x",
            r#"[SH, "x"]"#,
            "-",
        ),
        ("FROM none\nSHELL [\"/bin/bash\", \"-c\"]\nCMD x", "-", r#"["/bin/bash", "-c", "x"]"#),
        ("FROM none\nCMD x\nSHELL [\"/bin/bash\", \"-c\"]", "-", r#"[SH, "x"]"#),
        ("FROM none\nCMD ['a']", "-", r#"[SH, "['a']"]"#),
        ("FROM none\nCMD [\"a\"] x", "-", r#"[SH, "[\"a\"] x"]"#),
    ];
    for (source, entrypoint, cmd) in rows {
        let build = built(source, &[], None);
        assert_eq!(build.errors, [], "{source}");
        let found = (show(build.config.entrypoint.as_ref()), show(build.config.cmd.as_ref()));
        assert_eq!(found, (entrypoint.to_owned(), cmd.to_owned()), "{source}");
    }
}
