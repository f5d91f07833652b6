use crate::lint::{
    checker::{Checker, Finding},
    declare::rule,
};

rule! {
    /// A build makes the last stage, and what that one needs. A stage without a name that nothing needs is never built, and so
    /// nobody notices when it no longer works.
    ///
    /// ```dockerfile bad
    /// FROM golang:1.25 AS build
    /// FROM node:22
    /// #^^^ nothing needs this stage, and it is not the last one
    /// RUN npm test
    /// FROM debian:13
    /// COPY --from=build /out /out
    /// ```
    ///
    /// A stage with a name can be asked for with `--target`. When the settings list all that are, as `targets`, stages with a
    /// name are reported too.
    ///
    /// ```dockerfile good
    /// FROM golang:1.25
    /// FROM node:22 AS test
    /// FROM busybox:1.37
    /// FROM debian:13
    /// COPY --from=0 /out /out
    /// RUN --mount=from=2,target=/b cp /b/bin/sh /
    /// ```
    DW109 "unused-stage" Info On "tally:no-unreachable-stages"
    check
}

fn check(checker: &Checker<'_>) {
    let stages = checker.stages();
    if stages.len() < 2 {
        return;
    }
    let has_targets = !checker.options().targets.is_empty();
    let is_wanted = |at: &usize| {
        let is_named = stages.get(*at).is_some_and(|it| it.name.is_some());
        checker.is_final(*at) || is_named && !has_targets
    };
    let needed = checker.needed((0..stages.len()).filter(is_wanted));
    for (stage, is_needed) in stages.iter().zip(needed) {
        if let Some(head) = stage.head.filter(|_| !is_needed && stage.from.is_some()) {
            checker.report(Finding::new(
                head.keyword(),
                "nothing needs this stage, and it is not the last one",
                "Remove it, or give it a name and ask for it with --target.",
            ));
        }
    }
}
