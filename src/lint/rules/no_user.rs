use crate::lint::{
    checker::{Base, Checker, Finding},
    declare::rule,
    image::Family,
};

rule! {
    /// An image without a `USER` runs as whoever its base says, and most bases say root. This rule is off: many images drop
    /// root in their entrypoint, and many clusters do it from outside.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// #    ^^^^^^^^^ nothing says which user containers of this image run as
    /// CMD ["app"]
    /// ```
    ///
    /// A base that is made for another user, a `USER` in a stage below, and an image without anything in it are fine.
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS build
    /// FROM gcr.io/distroless/static:nonroot
    /// COPY --from=build /app /app
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS base
    /// USER app
    /// FROM base
    /// ```
    DW702 "no-user" Info Off
    "DS-0002 CKV_DOCKER_3 KICS semgrep:missing-user droast:DF020"
    check
}

fn check(checker: &Checker<'_>) {
    for (at, stage) in checker.stages().iter().enumerate().filter(|it| checker.is_final(it.0)) {
        let is_known = matches!(checker.root(at), Base::Image(_));
        let is_unprivileged = checker.root_image(at).is_some_and(|it| {
            let tag = it.tag.as_deref().unwrap_or_default();
            tag.contains("nonroot")
                || it.path.contains("unprivileged")
                || it.path.contains("nonroot")
        });
        let is_other = is_unprivileged || checker.family(at) == Family::Windows;
        if let Some(from) = stage.from.filter(|_| is_known && !is_other && !checker.has_user(at)) {
            checker.report(Finding::new(
                from.image.span,
                "nothing says which user containers of this image run as",
                "Create a user in the image and switch to it with USER.",
            ));
        }
    }
}
