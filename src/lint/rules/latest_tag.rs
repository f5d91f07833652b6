use crate::{
    image::reference::DEFAULT_TAG,
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
};

rule! {
    /// `latest` is a tag like any other. It is moved to each new version, so the same Dockerfile builds
    /// on another base next month, and no one can see on which one it was built before.
    ///
    /// ```dockerfile bad
    /// FROM debian:latest
    /// #    ^^^^^^^^^^^^^ `debian:latest` moves over time
    /// ```
    ///
    /// The default of an `ARG` counts as what is written.
    ///
    /// ```dockerfile bad
    /// ARG TAG=latest
    /// FROM debian:${TAG}
    /// #    ^^^^^^^^^^^^^ `debian:latest` moves over time
    /// ```
    ///
    /// Write the version. To get the same bytes each time, write the digest.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// FROM debian:latest@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
    /// ```
    DW102 "latest-tag" Warning On
    "DL3007 DS-0001 CKV_DOCKER_7 KICS semgrep:avoid-latest-version"
    check
}

fn check(checker: &Checker<'_>) {
    for (at, stage) in checker.stages().iter().enumerate() {
        let (Some((name, Ok(image))), Some(from)) = (checker.image(at), stage.from) else {
            continue;
        };
        if image.tag.as_deref() != Some(DEFAULT_TAG) || image.digest.is_some() {
            continue;
        }
        checker.report(Finding::new(
            from.image.span,
            format!("`{name}` moves over time"),
            "Write the version that you mean, or a digest.",
        ));
    }
}
