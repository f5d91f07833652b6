use crate::{
    lint::{
        checker::{Base, Checker, Finding, Named},
        declare::rule,
    },
    syntax::InstructionKind,
};

rule! {
    /// A stage that starts from `scratch` and gets no file has none to give.
    ///
    /// ```dockerfile bad
    /// FROM scratch AS files
    /// ENV A=1
    /// FROM debian:13
    /// COPY --from=files /etc/app /etc/app
    /// #           ^^^^^ the stage `files` has no files
    /// ```
    ///
    /// ```dockerfile good
    /// FROM scratch AS files
    /// COPY app /etc/app
    /// FROM files AS more
    /// FROM debian:13
    /// COPY --from=more /etc/app /etc/app
    /// ```
    DW117 "copy-from-empty-scratch" Error On "tally:copy-from-empty-scratch-stage"
    check
}

fn check(checker: &Checker<'_>) {
    let filled = checker.inherited(|it| {
        !matches!(
            it,
            InstructionKind::Arg(_)
                | InstructionKind::Cmd(_)
                | InstructionKind::Entrypoint(_)
                | InstructionKind::Env(_)
                | InstructionKind::Expose(_)
                | InstructionKind::Healthcheck(_)
                | InstructionKind::Label(_)
                | InstructionKind::Maintainer(_)
                | InstructionKind::Shell(_)
                | InstructionKind::Stopsignal(_)
                | InstructionKind::User(_)
        )
    });
    for it in checker.sources().iter().filter(|it| !it.is_mount) {
        let Named::Stage(at) = it.named else { continue };
        if *checker.root(at) == Base::Scratch && filled.get(at) == Some(&false) {
            checker.report(Finding::new(
                it.name.span,
                format!("the stage `{}` has no files", it.name.as_str()),
                "Put the files into that stage, or copy from another one.",
            ));
        }
    }
}
