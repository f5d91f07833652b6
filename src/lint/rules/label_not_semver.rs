use crate::lint::{checker::Checker, declare::rule, labels, settings::LabelKind};

rule! {
    /// Tools that update images compare their versions, and semantic versions say how. This looks at the labels that the
    /// settings call versions, here `org.opencontainers.image.version`.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// LABEL org.opencontainers.image.version=1.2
    /// #                                      ^^^ the label `org.opencontainers.image.version` is no semantic version
    /// LABEL org.opencontainers.image.version=v1.2.3
    /// #                                      ^^^^^^ the label `org.opencontainers.image.version` is no semantic version
    /// LABEL org.opencontainers.image.version="1.02.3"
    /// #                                       ^^^^^^ the label `org.opencontainers.image.version` is no semantic version
    /// ```
    ///
    /// What comes behind a dash or a plus is part of it.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// LABEL org.opencontainers.image.version=1.2.3
    /// LABEL org.opencontainers.image.version=1.0.0-rc.1+build.5
    /// LABEL org.opencontainers.image.version=$VERSION
    /// ```
    DW809 "label-not-semver" Warning Configured
    "DL3056"
    check
}

fn check(checker: &Checker<'_>) {
    labels::check(
        checker,
        LabelKind::Version,
        is_right,
        "no semantic version",
        "Write three numbers, such as 1.4.0 or 1.4.0-rc.1.",
    );
}

/// Whether a text is a version of Semantic Versioning 2.0.0.
fn is_right(value: &str) -> bool {
    let (rest, build) = value.split_once('+').map_or((value, None), |(a, b)| (a, Some(b)));
    let (core, before) = rest.split_once('-').map_or((rest, None), |(a, b)| (a, Some(b)));
    let is_core = core.split('.').count() == 3 && core.split('.').all(is_number);
    let is_before = before
        .is_none_or(|it| it.split('.').all(|it| is_word(it) && (is_number(it) || !is_digits(it))));
    is_core && is_before && build.is_none_or(|it| it.split('.').all(is_word))
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit())
}

/// Digits without a zero in front.
fn is_number(text: &str) -> bool {
    !text.is_empty() && is_digits(text) && (text == "0" || !text.starts_with('0'))
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
}
