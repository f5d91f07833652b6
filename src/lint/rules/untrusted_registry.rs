use crate::{
    image::Reference,
    lint::{
        checker::{Base, Checker, Finding, Named},
        declare::rule,
    },
    text::Span,
};

rule! {
    /// What stands in the settings as `trusted-registries` is where images may come from. A name without a registry comes from
    /// `docker.io`. Without that setting the rule says nothing.
    ///
    /// With `trusted-registries = ["docker.io", "*.example.org"]`:
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// FROM quay.io/team/app:1
    /// #    ^^^^^^^^^^^^^^^^^^ `quay.io` is no trusted registry
    /// FROM images.example.org/app:1
    /// COPY --from=ghcr.io/team/tool:1 /tool /bin/
    /// #           ^^^^^^^^^^^^^^^^^^^ `ghcr.io` is no trusted registry
    /// ```
    DW104 "untrusted-registry" Error Configured "DL3026"
    check
}

fn check(checker: &Checker<'_>) {
    if checker.options().trusted_registries.is_empty() {
        return;
    }
    for (at, stage) in checker.stages().iter().enumerate() {
        if let (Base::Image(name), Some(from)) = (checker.base(at), stage.from) {
            one(checker, name, from.image.span);
        }
    }
    for it in checker.sources().iter().filter(|it| it.named == Named::Other) {
        let is_context = checker.options().contexts.iter().any(|name| *name == **it.name);
        if !is_context && !matches!(it.name.as_str(), "scratch" | "context") {
            one(checker, it.name, it.name.span);
        }
    }
}

fn one(checker: &Checker<'_>, name: &str, span: Span) {
    let Ok(image) = name.parse::<Reference>() else { return };
    let registry = image.registry.as_str();
    if !checker.options().trusted_registries.iter().any(|it| is_match(it, registry)) {
        checker.report(Finding::new(
            span,
            format!("`{registry}` is no trusted registry"),
            "Take the image from one of the registries in the settings.",
        ));
    }
}

/// `*`, `*.example.org`, `registry*`, or the name itself.
fn is_match(pattern: &str, registry: &str) -> bool {
    let pattern = if pattern == "hub.docker.com" { "docker.io" } else { pattern };
    if let Some(end) = pattern.strip_prefix('*') {
        return registry.ends_with(end);
    }
    match pattern.strip_suffix('*') {
        Some(start) => registry.starts_with(start),
        None => registry == pattern,
    }
}
