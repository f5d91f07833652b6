use crate::lint::{
    checker::{Checker, Finding, Named},
    declare::rule,
};

rule! {
    /// Stages that need each other cannot be built: none of them can be the first.
    ///
    /// ```dockerfile bad
    /// FROM debian:13 AS one
    /// COPY --from=two /a /a
    /// #           ^^^ the stage `two` needs this one
    /// FROM debian:13 AS two
    /// COPY --from=one /b /b
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS one
    /// RUN make
    /// FROM debian:13 AS two
    /// COPY --from=one /b /b
    /// ```
    DW018 "stage-cycle" Error On "tally:circular-stage-deps"
    check
}

fn check(checker: &Checker<'_>) {
    if !checker.sources().iter().any(|it| matches!(it.named, Named::NotYet(_))) {
        return;
    }
    let circles = checker.circles();
    for it in checker.sources() {
        let Named::NotYet(at) = it.named else { continue };
        if at != it.stage && circles.get(at) == circles.get(it.stage) {
            checker.report(Finding::new(
                it.name.span,
                format!("the stage `{}` needs this one", it.name.as_str()),
                "Move what both need into a stage above them.",
            ));
        }
    }
}
