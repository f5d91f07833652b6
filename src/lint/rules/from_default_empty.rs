use crate::{
    image::Reference,
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    scope::expand::expand_noting,
};

rule! {
    /// Whoever builds without `--build-arg` gets an error about a name that stands nowhere in the file: with what the `ARG`s say,
    /// the base image has no name.
    ///
    /// ```dockerfile bad
    /// ARG BASE
    /// ARG TAG
    /// FROM $BASE
    /// #    ^^^^^ without `--build-arg` this is empty
    /// FROM debian:${TAG}
    /// #    ^^^^^^^^^^^^^ without `--build-arg` this is `debian:`, which names no image
    /// ```
    ///
    /// Give the `ARG` a default, or say one where it is used. A file that is built with an argument always can say so in the
    /// settings: `allowed-empty-args`.
    ///
    /// ```dockerfile good
    /// ARG BASE=debian:13
    /// ARG TAG
    /// FROM $BASE
    /// FROM debian:${TAG:-13}
    /// FROM debian${TAG:+:$TAG}
    /// ```
    DW113 "from-default-empty" Warning On "InvalidDefaultArgInFrom"
    check
}

fn check(checker: &Checker<'_>) {
    let escape = checker.parse().escape;
    let allowed = &checker.options().allowed_empty_args;
    for stage in checker.stages() {
        let Some(from) = stage.from.filter(|it| it.image.contains('$')) else { continue };
        let mut uses = Vec::new();
        let value = |name: &str| checker.global(name);
        let Ok(name) = expand_noting(&from.image, escape, &value, &mut uses) else { continue };
        if name.parse::<Reference>().is_ok() {
            continue;
        }
        // What is not declared at all is somebody else's finding.
        let mut unset =
            uses.iter().filter(|it| !it.is_set).filter_map(|it| from.image.get(it.name.clone()));
        let is_other = |name: &str| {
            allowed.iter().any(|it| it == name)
                || !checker.global_args().any(|it| *it.name == *name)
        };
        if unset.any(is_other) {
            continue;
        }
        let message = if name.is_empty() {
            "without `--build-arg` this is empty".to_owned()
        } else {
            format!("without `--build-arg` this is `{name}`, which names no image")
        };
        checker.report(Finding::new(
            from.image.span,
            message,
            "Give the ARG above a default, such as the one you build with today.",
        ));
    }
}
