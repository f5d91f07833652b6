use crate::{
    image::{Reference, reference::DEFAULT_TAG},
    lint::{
        checker::{Base, Checker, Finding},
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
    DL3007 "latest-base" Suggestion check
}

fn check(checker: &mut Checker<'_>) {
    for at in 0..checker.stages.list.len() {
        let (Base::Image(name), Some(from)) =
            (checker.base(at), checker.stages.list.get(at).and_then(|it| it.from))
        else {
            continue;
        };
        let Ok(image) = name.parse::<Reference>() else { continue };
        if image.tag.as_deref() != Some(DEFAULT_TAG) || image.digest.is_some() {
            continue;
        }
        checker.report(Finding {
            span: from.image.span,
            message: format!("`{name}` moves over time").into(),
            help: "Write the version that you mean, or a digest.".into(),
            fix: None,
        });
    }
}
