use crate::{
    image::{Reference, reference::ReferenceError},
    lint::{
        checker::{Checker, Finding, Named},
        declare::rule,
    },
    text::Span,
};

rule! {
    /// A name of an image has small letters, perhaps a registry in front, and a tag or a digest behind. Builders refuse others.
    ///
    /// ```dockerfile bad
    /// FROM Debian:13
    /// #    ^^^^^^^^^ failed to parse stage name "Debian:13": invalid reference format: repository name (library/Debian) must be lowercase
    /// FROM debian:
    /// #    ^^^^^^^ failed to parse stage name "debian:": invalid reference format
    /// FROM ""
    /// #    ^^ base name ("") should not be blank
    /// COPY --from=ghcr.io/Team/app:1 /a /a
    /// #           ^^^^^^^^^^^^^^^^^^ failed to parse stage name "ghcr.io/Team/app:1": invalid reference format: repository name (Team/app) must be lowercase
    /// ```
    ///
    /// ```dockerfile good
    /// ARG TAG
    /// FROM debian:13 AS Build
    /// FROM debian:$TAG
    /// COPY --from=Build /a /a
    /// ```
    DW009 "invalid-image-reference" Error On
    "util:INVALID_REFERENCE_FORMAT util:BASE_NAME_EMPTY"
    check
}

fn check(checker: &Checker<'_>) {
    for (at, stage) in checker.stages().iter().enumerate() {
        let (Some((name, image)), Some(from)) = (checker.image(at), stage.from) else { continue };
        if name.is_empty() {
            checker.report(Finding::new(
                from.image.span,
                format!("base name ({}) should not be blank", from.image.as_str()),
                "Give the ARG above FROM a default value.",
            ));
        } else {
            one(checker, name, image.err(), from.image.span);
        }
    }
    for it in checker.sources().iter().filter(|it| it.named == Named::Other) {
        one(checker, it.name, it.name.parse::<Reference>().err().as_ref(), it.name.span);
    }
}

fn one(checker: &Checker<'_>, name: &str, error: Option<&ReferenceError>, span: Span) {
    if let Some(error) = error {
        // The build says it in these words too, and it is said once.
        checker.report(Finding::new(
            span,
            format!("failed to parse stage name {name:?}: {error}"),
            "An image name looks like debian:13 or ghcr.io/team/app:1.2.",
        ));
    }
}
