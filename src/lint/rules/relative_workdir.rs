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
    DL3000 "relative-workdir" Warning check
}

fn check(checker: &mut Checker<'_>) {
    let workdirs = checker.inherited(|it| matches!(it, InstructionKind::Workdir(_)));
    for at in 0..checker.stages.list.len() {
        if checker.below(at, &workdirs) {
            continue;
        }
        let body = checker.stages.list.get(at).map_or(&[][..], |it| it.body);
        let first = body.iter().find_map(|it| match &it.kind {
            InstructionKind::Workdir(it) => Some(it),
            _ => None,
        });
        if let Some(Workdir { path }) = first.filter(|it| is_relative(&it.path)) {
            checker.report(Finding {
                span: path.span,
                message: format!(
                    "`{}` is relative to the working directory of the base image",
                    path.trim_matches(['"', '\''])
                )
                .into(),
                help: "Start the path with a slash.".into(),
                fix: None,
            });
        }
    }
}

/// Whether the path is relative whatever its variables are.
fn is_relative(path: &str) -> bool {
    let path = path.trim_start_matches(['"', '\'']);
    let drive = path.split_once(':').is_some_and(|it| it.0.len() == 1);
    !drive && !path.starts_with(['/', '\\', '$'])
}
