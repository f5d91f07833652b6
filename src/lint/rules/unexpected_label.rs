use crate::lint::{
    checker::{Checker, Finding},
    declare::rule,
    labels::labels,
};

rule! {
    /// A label that nobody has agreed on is often one that is misspelt. Where the settings are strict, an image has the
    /// labels that they name and no others. Here that is `org.opencontainers.image.source`.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// LABEL org.opencontainers.image.sauce=https://example.org/app.git
    /// #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the settings know no label `org.opencontainers.image.sauce`
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// LABEL org.opencontainers.image.source=https://example.org/app.git $OTHER=x
    /// ```
    DW803 "unexpected-label" Info Configured
    "DL3050"
    check
}

fn check(checker: &Checker<'_>) {
    let wanted = &checker.options().labels;
    if !checker.options().strict_labels {
        return;
    }
    for label in labels(checker) {
        let Some(key) = &label.key else { continue };
        if !wanted.iter().any(|it| it.0 == *key) {
            checker.report(Finding::new(
                label.key_span(),
                format!("the settings know no label `{key}`"),
                "Leave it out, or add it to the settings.",
            ));
        }
    }
}
