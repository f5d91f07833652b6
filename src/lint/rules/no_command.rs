use crate::{
    lint::{
        checker::{Base, Checker, Finding},
        declare::rule,
    },
    syntax::InstructionKind,
};

rule! {
    /// An image that says nothing about what to start does what its base does: often a shell that ends at once. This rule is
    /// off: some images are bases themselves, and some bases start the right thing.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// #    ^^^^^^^^^ nothing says what containers of this image start
    /// COPY app /app
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS build
    /// FROM debian:13 AS base
    /// ENTRYPOINT ["/app"]
    /// FROM base
    /// USER 1000
    /// ```
    DW715 "no-command" Info Off
    "droast:DF036"
    check
}

fn check(checker: &Checker<'_>) {
    let has = checker
        .inherited(|it| matches!(it, InstructionKind::Cmd(_) | InstructionKind::Entrypoint(_)));
    for (at, stage) in checker.stages().iter().enumerate().filter(|it| checker.is_final(it.0)) {
        let is_known = matches!(checker.root(at), Base::Image(_) | Base::Scratch);
        if let Some(from) = stage.from.filter(|_| is_known && has.get(at) == Some(&false)) {
            checker.report(Finding::new(
                from.image.span,
                "nothing says what containers of this image start",
                "Add a CMD or an ENTRYPOINT.",
            ));
        }
    }
}
