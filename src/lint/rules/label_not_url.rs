use crate::lint::{checker::Checker, declare::rule, labels, settings::LabelKind};

rule! {
    /// Tools make links of labels that hold addresses. This looks at the labels that the settings call addresses, here
    /// `org.opencontainers.image.source`.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// LABEL org.opencontainers.image.source=example.org/app
    /// #                                     ^^^^^^^^^^^^^^^ the label `org.opencontainers.image.source` is no address
    /// LABEL org.opencontainers.image.source="https:// example.org"
    /// #                                      ^^^^^^^^^^^^^^^^^^^^ the label `org.opencontainers.image.source` is no address
    /// ```
    ///
    /// Any scheme will do, and what a variable says is known when it is built.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// LABEL org.opencontainers.image.source="https://example.org/app.git?a=b#c"
    /// LABEL org.opencontainers.image.source=git+ssh://git@example.org/app.git
    /// LABEL org.opencontainers.image.source=$SOURCE title=app
    /// ```
    DW805 "label-not-url" Warning Configured
    "DL3052"
    check
}

fn check(checker: &Checker<'_>) {
    labels::check(
        checker,
        LabelKind::Url,
        is_right,
        "no address",
        "Write it with its scheme, such as https://example.org/.",
    );
}

/// Whether a text is a URI as RFC 3986 has it, with a scheme.
fn is_right(value: &str) -> bool {
    let Some((scheme, rest)) = value.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme.chars().all(|it| it.is_ascii_alphanumeric() || "+-.".contains(it));
    let is_plain = |it: char| {
        it.is_ascii_graphic() && !matches!(it, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
    };
    let is_web = ["http", "https"].iter().any(|it| scheme.eq_ignore_ascii_case(it));
    let has_host = rest.strip_prefix("//").is_some_and(|it| !it.is_empty() && !it.starts_with('/'));
    is_scheme && !rest.is_empty() && rest.chars().all(is_plain) && (!is_web || has_host)
}
