use crate::lint::{
    checker::{Checker, Finding},
    declare::rule,
};

rule! {
    /// An image name without a tag means its tag `latest`: today one version, tomorrow another.
    /// The reader cannot see which one you had in mind.
    ///
    /// ```dockerfile bad
    /// FROM debian
    /// #    ^^^^^^ `debian` has no tag, so it means `debian:latest`
    /// FROM --platform=linux/arm64 localhost:5000/team/app AS app
    /// #                           ^^^^^^^^^^^^^^^^^^^^^^^ `localhost:5000/team/app` has no tag, so it means `localhost:5000/team/app:latest`
    /// ```
    ///
    /// The default of an `ARG` counts as what is written.
    ///
    /// ```dockerfile bad
    /// ARG BASE=debian
    /// FROM $BASE
    /// #    ^^^^^ `debian` has no tag, so it means `debian:latest`
    /// ```
    ///
    /// Write the version. The name of a stage, `scratch`, and a digest need no tag.
    ///
    /// ```dockerfile good
    /// ARG BASE
    /// FROM debian:13 AS build
    /// FROM build
    /// FROM scratch
    /// FROM $BASE
    /// FROM debian@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
    /// ```
    DW101 "untagged-image" Warning On
    "DL3006 DS-0001 CKV_DOCKER_7 KICS semgrep:missing-image-version"
    check
}

fn check(checker: &Checker<'_>) {
    for (at, stage) in checker.stages().iter().enumerate() {
        let (Some((name, Ok(image))), Some(from)) = (checker.image(at), stage.from) else {
            continue;
        };
        if image.tag.is_some() || image.digest.is_some() {
            continue;
        }
        let latest = image.clone().with_default_tag().familiar();
        checker.report(Finding::new(
            from.image.span,
            format!("`{name}` has no tag, so it means `{latest}`"),
            "Write the version that you mean, such as the one you build with today.",
        ));
    }
}
