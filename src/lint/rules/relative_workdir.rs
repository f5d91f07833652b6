use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::{InstructionKind, instruction::workdir::Workdir},
};

rule! {
    /// A relative `WORKDIR` continues the working directory of the base image. When the image moves
    /// that directory, your files move too.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// WORKDIR app
    /// #       ^^^ `app` is relative to the working directory of the base image
    /// ```
    ///
    /// Say the whole path. After an absolute `WORKDIR`, in this stage or in one that it starts from,
    /// a relative one is clear.
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS base
    /// WORKDIR /srv
    /// WORKDIR app
    /// FROM base
    /// WORKDIR "test"
    /// FROM debian:13
    /// WORKDIR $HOME
    /// FROM windows:1
    /// WORKDIR C:/app
    /// ```
    DW705 "relative-workdir" Warning On
    "DL3000 WorkdirRelativePath DS-0009 CKV_DOCKER_10 KICS util:WORKDIR_IS_NOT_ABSOLUTE semgrep:use-absolute-workdir"
    check
}

fn check(checker: &Checker<'_>) {
    let workdirs = checker.inherited(|it| matches!(it, InstructionKind::Workdir(_)));
    let all = checker.options().absolute_workdirs;
    for (at, stage) in checker.stages().iter().enumerate() {
        let found = stage.body.iter().filter_map(|it| match &it.kind {
            InstructionKind::Workdir(it) => Some(it),
            _ => None,
        });
        let count = match (all, checker.below(at, &workdirs)) {
            (true, _) => usize::MAX,
            (false, false) => 1,
            (false, true) => 0,
        };
        for Workdir { path } in found.take(count).filter(|it| is_relative(&it.path)) {
            let plain = path.trim_matches(['"', '\'']);
            checker.report(Finding::new(
                path.span,
                format!("`{plain}` is relative to the working directory of the base image"),
                "Start the path with a slash.",
            ));
        }
    }
}

/// Whether the path is relative whatever its variables are.
fn is_relative(path: &str) -> bool {
    let path = path.trim_start_matches(['"', '\'']);
    let drive = path.split_once(':').is_some_and(|it| it.0.len() == 1);
    !drive && !path.starts_with(['/', '\\', '$'])
}
