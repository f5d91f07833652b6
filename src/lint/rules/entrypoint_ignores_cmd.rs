use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        image::Family,
    },
    syntax::{Form, InstructionKind},
};

rule! {
    /// What `CMD` says is added to the words of `ENTRYPOINT`. An `ENTRYPOINT` in shell form is `/bin/sh -c "text"`, and what
    /// follows the text is the shell's own: the program never sees it, and neither does it see what `docker run` is given.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// ENTRYPOINT server --quiet
    /// CMD ["--port", "80"]
    /// #^^^^^^^^^^^^^^^^^^^ the `ENTRYPOINT` never sees this `CMD`
    /// ```
    ///
    /// The stage below may have the `ENTRYPOINT`.
    ///
    /// ```dockerfile bad
    /// FROM debian:13 AS base
    /// ENTRYPOINT server
    /// FROM base
    /// CMD 80
    /// #^^^^^ the `ENTRYPOINT` never sees this `CMD`
    /// ```
    ///
    /// In exec form it gets the words. A text may ask for them as well.
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS one
    /// ENTRYPOINT ["server"]
    /// CMD ["--port", "80"]
    /// FROM debian:13 AS two
    /// ENTRYPOINT exec server "$0" "$@"
    /// CMD ["--port", "80"]
    /// FROM debian:13 AS three
    /// ENTRYPOINT server
    /// ENTRYPOINT ["server"]
    /// CMD ["--port", "80"]
    /// ```
    DW714 "entrypoint-ignores-cmd" Warning On ""
    check
}

fn check(checker: &Checker<'_>) {
    for (at, stage) in checker.stages().iter().enumerate() {
        let mut above = stage.body.iter().rev();
        let Some(cmd) = above.find(|it| matches!(it.kind, InstructionKind::Cmd(_))) else {
            continue;
        };
        let stages = checker.chain(at).filter_map(|it| checker.stages().get(it));
        let mut above = stages.flat_map(|it| it.body.iter().rev());
        let entrypoint = above.find_map(|it| match &it.kind {
            InstructionKind::Entrypoint(entrypoint) => Some((it, &entrypoint.command)),
            _ => None,
        });
        let Some((entrypoint, Form::Shell(text))) = entrypoint else { continue };
        let asks = ["$@", "$*", "$0", "$1", "${"].iter().any(|it| text.contains(it));
        if !asks && checker.family(at) != Family::Windows && checker.parse().escape == '\\' {
            checker.report(
                Finding::new(
                    cmd.head(),
                    "the `ENTRYPOINT` never sees this `CMD`",
                    "Write the ENTRYPOINT in exec form: [\"program\", \"word\"].",
                )
                .related(entrypoint.head(), "the ENTRYPOINT in shell form"),
            );
        }
    }
}
