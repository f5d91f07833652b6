use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        labels::labels,
    },
    order,
};

rule! {
    /// The labels of `org.label-schema` were given up in 2019 for those of the Open Containers Initiative, which registries
    /// and scanners read today.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// LABEL org.label-schema.name=app org.label-schema.vcs-url="https://example.org/app.git"
    /// #     ^^^^^^^^^^^^^^^^^^^^^ `org.label-schema.name` is of a schema that was given up
    /// #                               ^^^^^^^^^^^^^^^^^^^^^^^^ `org.label-schema.vcs-url` is of a schema that was given up
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// LABEL org.opencontainers.image.title=app org.opencontainers.image.source="https://example.org/app.git"
    /// ```
    ///
    /// An image with both is read by all.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// LABEL org.label-schema.name=app org.opencontainers.image.title=app org.label-schema.schema-version=1.0
    /// ```
    DW812 "old-label-schema" Info On
    ""
    check
}

const OLD: &str = "org.label-schema.";
/// From the annex of the OCI image specification on annotations.
const NAMES: [(&str, &str); 9] = [
    ("build-date", "created"),
    ("description", "description"),
    ("name", "title"),
    ("url", "url"),
    ("usage", "documentation"),
    ("vcs-ref", "revision"),
    ("vcs-url", "source"),
    ("vendor", "vendor"),
    ("version", "version"),
];

fn check(checker: &Checker<'_>) {
    let labels = labels(checker);
    let mut keys: Vec<_> =
        labels.iter().filter_map(|it| Some((it.stage, it.key.as_deref()?))).collect();
    order::sort_by_key(&mut keys, |it| *it);
    for label in &labels {
        let key = label.key.as_deref().unwrap_or_default();
        let Some(name) = key.strip_prefix(OLD) else { continue };
        // The others have no successor, and do no harm.
        let Some((_, new)) = NAMES.iter().find(|it| it.0 == name) else { continue };
        let new = format!("org.opencontainers.image.{new}");
        if keys.binary_search(&(label.stage, new.as_str())).is_ok() {
            continue;
        }
        let span = label.key_span();
        let edit = Edit::replace(span, new.as_str());
        checker.report(
            Finding::new(
                span,
                format!("`{key}` is of a schema that was given up"),
                format!("Use {new}."),
            )
            .fix(Fix::safe(format!("Rename to {new}"), vec![edit])),
        );
    }
}
