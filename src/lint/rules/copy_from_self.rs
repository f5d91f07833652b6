use crate::lint::{
    checker::{Checker, Finding, Named},
    declare::rule,
};

rule! {
    /// A stage can take files of the stages above it. What it names here is not built yet, and no builder builds it.
    ///
    /// ```dockerfile bad
    /// FROM debian:13 AS build
    /// COPY --from=build /a /b
    /// #           ^^^^^ a stage cannot copy from itself
    /// FROM debian:13
    /// COPY --from=pages /out /out
    /// #           ^^^^^ the stage `pages` stands further down
    /// FROM node:22 AS pages
    /// ```
    ///
    /// ```dockerfile good
    /// FROM node:22 AS pages
    /// FROM debian:13 AS build
    /// COPY --from=pages /out /out
    /// RUN cp -r /a /b
    /// ```
    DW115 "copy-from-self" Error On
    "DL3023 DS-0006 KICS semgrep:copy-from-own-alias"
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
            // That is a circle, and said there.
            continue;
        }
        let verb = if it.is_mount { "mount" } else { "copy from" };
        let name = it.name.as_str();
        let (message, help) = if at == it.stage {
            (format!("a stage cannot {verb} itself"), "Name a stage above, or use RUN cp.")
        } else {
            (format!("the stage `{name}` stands further down"), "Move that stage up.")
        };
        let mut finding = Finding::new(it.name.span, message, help);
        if let Some(head) = checker.stages().get(at).and_then(|it| it.head) {
            finding = finding.related(head.head(), "the stage");
        }
        checker.report(finding);
    }
}
