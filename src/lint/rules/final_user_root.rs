use crate::lint::{
    checker::{Checker, Finding},
    declare::rule,
};

rule! {
    /// The last `USER` is the one that containers run as. Root in a container is root on the machine as soon as a volume, a
    /// socket or a hole in the kernel lets it out.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// USER www-data
    /// USER root
    /// #    ^^^^ containers of this image run as root
    /// ```
    ///
    /// The number 0 is root too, and so is what a stage takes over from the one that it starts from.
    ///
    /// ```dockerfile bad
    /// FROM debian:13 AS base
    /// USER "0:0"
    /// #    ^^^^^ containers of this image run as root
    /// FROM base
    /// CMD ["app"]
    /// ```
    ///
    /// A stage that only builds may be root, and one that installs may be so for a while.
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS build
    /// USER root
    /// FROM debian:13
    /// USER root
    /// COPY --from=build /app /app
    /// USER 1000
    /// ```
    DW701 "final-user-root" Warning On
    "DL3002 DS-0002 CKV_DOCKER_8 KICS semgrep:last-user-is-root"
    check
}

fn check(checker: &Checker<'_>) {
    for at in (0..checker.stages().len()).filter(|it| checker.is_final(*it)) {
        if let Some((_, span)) = checker.last_user(at).filter(|it| it.0 == "root") {
            checker.report(Finding::new(
                span,
                "containers of this image run as root",
                "Switch to another user behind what root has to do.",
            ));
        }
    }
}
