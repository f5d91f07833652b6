use crate::lint::{checker::Checker, declare::rule, labels, settings::LabelKind};

rule! {
    /// A commit is found by its hash. A name of a branch says something else tomorrow. This looks at the labels that the
    /// settings call hashes, here `org.opencontainers.image.revision`.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// LABEL org.opencontainers.image.revision=main
    /// #                                       ^^^^ the label `org.opencontainers.image.revision` is no hash of a commit
    /// LABEL org.opencontainers.image.revision=43c572f1272b8b3171dd1db9e41b7027128ce08g
    /// #                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the label `org.opencontainers.image.revision` is no hash of a commit
    /// LABEL org.opencontainers.image.revision=43c572
    /// #                                       ^^^^^^ the label `org.opencontainers.image.revision` is no hash of a commit
    /// ```
    ///
    /// It may be short, and one of SHA-256.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// LABEL org.opencontainers.image.revision=43c572f
    /// LABEL org.opencontainers.image.revision=43c572f1272b8b3171dd1db9e41b7027128ce080
    /// LABEL org.opencontainers.image.revision=$REVISION
    /// ```
    DW808 "label-not-git-hash" Warning Configured
    "DL3055"
    check
}

fn check(checker: &Checker<'_>) {
    labels::check(
        checker,
        LabelKind::Hash,
        is_right,
        "no hash of a commit",
        "Write 7 to 40 hexadecimal digits, or 64.",
    );
}

/// Whether a text is a hash of git, whole or short.
fn is_right(value: &str) -> bool {
    matches!(value.len(), 7..=40 | 64)
        && value.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'a'..=b'f'))
}
