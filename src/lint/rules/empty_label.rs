use crate::lint::{
    checker::{Checker, Finding},
    declare::rule,
    labels::labels,
};

rule! {
    /// A label that has to be there has to say something. This looks at the labels that the settings name, here
    /// `org.opencontainers.image.source`.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// LABEL org.opencontainers.image.source=""
    /// #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the label `org.opencontainers.image.source` is empty
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ARG SOURCE
    /// LABEL org.opencontainers.image.source=$SOURCE other=""
    /// ```
    DW804 "empty-label" Warning Configured
    "DL3051"
    check
}

fn check(checker: &Checker<'_>) {
    let wanted = &checker.options().labels;
    if wanted.is_empty() {
        return;
    }
    for label in labels(checker) {
        let Some(key) = &label.key else { continue };
        let is_wanted = wanted.iter().any(|it| it.0 == *key);
        if is_wanted && label.value(checker).is_some_and(|it| it.is_empty()) {
            let message = format!("the label `{key}` is empty");
            checker.report(Finding::new(label.value_span(), message, "Give it a value."));
        }
    }
}
