use crate::{
    image::Reference,
    lint::{
        checker::{Base, Checker, Finding, Named},
        declare::rule,
    },
    text::Span,
};

rule! {
    /// A tag can be moved, by its owner or by whoever has the owner's password. A digest cannot: it is the hash of the image.
    ///
    /// ```dockerfile bad
    /// FROM debian:13 AS build
    /// #    ^^^^^^^^^ `debian:13` has no digest
    /// COPY --from=busybox:1.37 /bin/sh /bin/
    /// #           ^^^^^^^^^^^^ `busybox:1.37` has no digest
    /// ```
    ///
    /// Who pins digests needs a tool that renews them. So the rule is for those who ask for it.
    ///
    /// ```dockerfile good
    /// ARG BASE
    /// FROM debian:13@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS build
    /// FROM build
    /// FROM scratch
    /// FROM $BASE
    /// COPY --from=build /a /a
    /// ```
    DW103 "no-digest" Info Off
    "scout:not_pinned_digest semgrep:dockerfile-source-not-pinned"
    check
}

fn check(checker: &Checker<'_>) {
    for (at, stage) in checker.stages().iter().enumerate() {
        if let (Base::Image(name), Some(from)) = (checker.base(at), stage.from) {
            one(checker, name, from.image.span);
        }
    }
    for it in checker.sources() {
        let is_image = it.named == Named::Other && it.name.contains([':', '/']);
        if is_image {
            one(checker, it.name, it.name.span);
        }
    }
}

fn one(checker: &Checker<'_>, name: &str, span: Span) {
    if name.parse::<Reference>().is_ok_and(|it| it.digest.is_none()) {
        checker.report(Finding::new(
            span,
            format!("`{name}` has no digest"),
            "Write @sha256: and the digest behind the tag; `docker buildx imagetools inspect` shows it.",
        ));
    }
}
