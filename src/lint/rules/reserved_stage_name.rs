use crate::lint::{
    checker::{Checker, Finding},
    declare::rule,
};

rule! {
    /// `scratch` is an empty image, and `context` the files that the build is given. A stage of that name means the one to some
    /// readers and the other to the builder.
    ///
    /// ```dockerfile bad
    /// FROM debian:13 AS scratch
    /// #                 ^^^^^^^ `scratch` has a meaning of its own
    /// FROM debian:13 AS Context
    /// #                 ^^^^^^^ `context` has a meaning of its own
    /// ```
    ///
    /// ```dockerfile good
    /// FROM scratch AS files
    /// FROM debian:13 AS build-context
    /// ```
    DW106 "reserved-stage-name" Warning On "DL3063 ReservedStageName"
    check
}

fn check(checker: &Checker<'_>) {
    for stage in checker.stages() {
        let Some(name) = stage.from.and_then(|it| it.name.as_ref()) else { continue };
        if let Some(word @ ("scratch" | "context")) = stage.name.as_deref() {
            checker.report(Finding::new(
                name.span,
                format!("`{word}` has a meaning of its own"),
                "Give the stage another name.",
            ));
        }
    }
}
