use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    order::Map,
    text::Span,
};

rule! {
    /// Two stages of one name: `--target` and `COPY --from` take the last one, `FROM` the one right above. Builders do not tell
    /// small and capital letters apart here.
    ///
    /// ```dockerfile bad
    /// FROM golang:1.25 AS build
    /// FROM node:22 AS Build
    /// #               ^^^^^ there is a stage `build` above
    /// FROM debian:13
    /// COPY --from=build /out /out
    /// ```
    ///
    /// ```dockerfile good
    /// FROM golang:1.25 AS build
    /// FROM node:22 AS build-pages
    /// FROM build
    /// ```
    DW105 "duplicate-stage-name" Error On
    "DL3024 DuplicateStageName DS-0012 CKV_DOCKER_11 KICS util:DUPLICATE_BUILD_STAGE_NAME semgrep:alias-must-be-unique"
    check
}

fn check(checker: &Checker<'_>) {
    let mut seen: Map<Span> = Map::new();
    for stage in checker.stages() {
        let Some(name) = stage.from.and_then(|it| it.name.as_ref()) else { continue };
        let lower = name.to_ascii_lowercase();
        if let Some(first) = seen.get(&lower) {
            checker.report(
                Finding::new(
                    name.span,
                    format!("there is a stage `{lower}` above"),
                    "Give each stage a name of its own.",
                )
                .related(*first, "the other one"),
            );
        } else {
            seen.insert(lower, name.span);
        }
    }
}
