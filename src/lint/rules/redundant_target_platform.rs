use super::constant_platform::{platform, without};
use crate::{
    diagnostic::Fix,
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
};

rule! {
    /// Without the flag, a stage is built for `$TARGETPLATFORM` anyway.
    ///
    /// ```dockerfile bad
    /// FROM --platform=$TARGETPLATFORM debian:13
    /// #               ^^^^^^^^^^^^^^^ this is what `FROM` does anyway
    /// FROM --platform=${TARGETPLATFORM} debian:13
    /// #               ^^^^^^^^^^^^^^^^^ this is what `FROM` does anyway
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// FROM debian:13
    /// ```
    ///
    /// ```dockerfile good
    /// FROM --platform=$BUILDPLATFORM debian:13
    /// FROM --platform=$TARGETOS/arm64 debian:13
    /// ```
    DW111 "redundant-target-platform" Style On "DL3065 RedundantTargetPlatform"
    check
}

fn check(checker: &Checker<'_>) {
    for stage in checker.stages() {
        let Some((head, flag, value)) = stage.head.and_then(platform) else { continue };
        if matches!(value.as_str(), "$TARGETPLATFORM" | "${TARGETPLATFORM}") {
            let edit = without(checker.source(), head, &flag);
            checker.report(
                Finding::new(value.span, "this is what `FROM` does anyway", "Leave the flag out.")
                    .fix(Fix::safe("Leave the flag out", vec![edit])),
            );
        }
    }
}
