use crate::{
    lint::{
        checker::{Base, Checker, Finding},
        declare::rule,
    },
    syntax::{Form, InstructionKind},
};

rule! {
    /// `scratch` is empty. There is no `/bin/sh` in it that could read the command of a `RUN`, until a `COPY` brings one.
    ///
    /// ```dockerfile bad
    /// FROM scratch
    /// RUN mkdir /app
    /// #^^ there is no shell in this stage yet
    /// ```
    ///
    /// ```dockerfile good
    /// FROM scratch
    /// ADD alpine-minirootfs-3.22.0-x86_64.tar.gz /
    /// RUN mkdir /app
    /// FROM scratch
    /// RUN --mount=from=busybox:1.37,target=/bin mkdir /app
    /// FROM scratch
    /// WORKDIR /app
    /// ```
    DW118 "shell-run-in-scratch" Error On "tally:shell-run-in-scratch"
    check
}

fn check(checker: &Checker<'_>) {
    let fills = |it: &InstructionKind<'_>| {
        matches!(
            it,
            InstructionKind::Add(_)
                | InstructionKind::Copy(_)
                | InstructionKind::Shell(_)
                | InstructionKind::Broken(_)
        )
    };
    let filled = checker.inherited(fills);
    for (at, stage) in checker.stages().iter().enumerate() {
        if *checker.root(at) != Base::Scratch || checker.below(at, &filled) {
            continue;
        }
        for instruction in stage.body {
            match &instruction.kind {
                InstructionKind::Run(run)
                    if matches!(run.command, Form::Shell(_)) && run.flags().mounts.is_empty() =>
                {
                    checker.report(Finding::new(
                        instruction.keyword(),
                        "there is no shell in this stage yet",
                        "Start from an image with a shell, or do it in another stage and copy the files.",
                    ));
                }
                it if fills(it) => break,
                _ => (),
            }
        }
    }
}
