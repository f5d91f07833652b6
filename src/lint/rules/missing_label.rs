use crate::lint::{
    checker::{Checker, Finding},
    declare::rule,
    labels::labels,
};

rule! {
    /// Whoever finds an image wants to know whose it is and what it was built from. The settings say which labels all images
    /// have. Here that is `org.opencontainers.image.source`.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// #    ^^^^^^^^^ this image has no label `org.opencontainers.image.source`
    /// LABEL org.opencontainers.image.title=app
    /// ```
    ///
    /// A stage below may have it. A stage that only builds is no image.
    ///
    /// ```dockerfile good
    /// FROM golang:1.25 AS build
    /// FROM debian:13 AS base
    /// LABEL "org.opencontainers.image.source"=https://example.org/app.git
    /// FROM base
    /// CMD ["app"]
    /// ```
    DW802 "missing-label" Info Configured
    "DL3049"
    check
}

fn check(checker: &Checker<'_>) {
    let wanted = &checker.options().labels;
    if wanted.is_empty() {
        return;
    }
    let labels = labels(checker);
    for (at, stage) in checker.stages().iter().enumerate().filter(|it| checker.is_final(it.0)) {
        let Some(from) = stage.from else { continue };
        let chain: Vec<_> = checker.chain(at).collect();
        let own: Vec<_> = labels
            .iter()
            .filter(|it| chain.contains(&it.stage))
            .map(|it| it.key.as_deref())
            .collect();
        // A key with a variable in it may be any.
        if own.contains(&None) {
            continue;
        }
        for (key, _) in wanted.iter().filter(|it| !own.contains(&Some(it.0.as_str()))) {
            checker.report(Finding::new(
                from.image.span,
                format!("this image has no label `{key}`"),
                format!("Add LABEL {key}=."),
            ));
        }
    }
}
