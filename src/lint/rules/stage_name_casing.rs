use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding, Named},
        declare::rule,
    },
    order::Map,
};

rule! {
    /// Builders keep names of stages in small letters. `FROM Build` does not find the stage `Build`: it asks for an image.
    ///
    /// ```dockerfile bad
    /// FROM golang:1.25 AS Build
    /// #                   ^^^^^ `Build` has capital letters
    /// RUN go build -o /out/app
    /// FROM debian:13
    /// COPY --from=Build /out /usr/bin
    /// RUN --mount=from=Build,target=/b cp /b/x /
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM golang:1.25 AS build
    /// RUN go build -o /out/app
    /// FROM debian:13
    /// COPY --from=build /out /usr/bin
    /// RUN --mount=from=build,target=/b cp /b/x /
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS build-1_2.x
    /// ```
    DW107 "stage-name-casing" Style On "StageNameCasing"
    check
}

fn check(checker: &Checker<'_>) {
    let mut uses: Map<Vec<Edit>> = Map::new();
    for it in checker.sources() {
        if matches!(it.named, Named::Stage(_) | Named::NotYet(_)) && has_capitals(it.name) {
            let lower = it.name.to_ascii_lowercase();
            let edit = Edit::replace(it.name.span, lower.clone());
            uses.change(lower, |all| all.push(edit));
        }
    }
    for stage in checker.stages() {
        let Some(name) = stage.from.and_then(|it| it.name.as_ref()) else { continue };
        if !has_capitals(name) {
            continue;
        }
        let lower = name.to_ascii_lowercase();
        let mut edits = uses.remove(&lower).unwrap_or_default();
        edits.push(Edit::replace(name.span, lower));
        checker.report(
            Finding::new(
                name.span,
                format!("`{}` has capital letters", name.as_str()),
                "Write the name in small letters, here and where it is used.",
            )
            .fix(Fix::safe("Write it in small letters", edits)),
        );
    }
}

fn has_capitals(name: &str) -> bool {
    name.contains(char::is_uppercase)
}
