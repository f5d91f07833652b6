use crate::{
    lint::{
        checker::{Base, Checker, Finding, Named},
        declare::rule,
        image::Family,
    },
    syntax::InstructionKind,
};

rule! {
    /// All files of another stage on top of this one: two systems in one, with the package lists of the second and the libraries
    /// of both.
    ///
    /// ```dockerfile bad
    /// FROM debian:13 AS build
    /// FROM alpine:3.22
    /// COPY --from=build / /
    /// #                 ^ this copies the whole system of another stage over this one
    /// ```
    ///
    /// On an empty image it is the way to one layer. An image of tools may be made to be copied so.
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS build
    /// FROM scratch
    /// COPY --from=build / /
    /// FROM alpine:3.22
    /// COPY --from=build /usr/local /usr/local
    /// COPY --from=build / /system
    /// COPY --from=tonistiigi/xx:1 / /
    /// ```
    DW116 "copy-from-root" Warning On "DL3067"
    check
}

fn check(checker: &Checker<'_>) {
    for it in checker.sources().iter().filter(|it| !it.is_mount) {
        let InstructionKind::Copy(copy) = &it.instruction.kind else { continue };
        let is_root = |path: &str| matches!(path, "/" | "/." | "/./");
        let Some(source) = copy.sources.iter().find(|it| is_root(it)) else { continue };
        let family = match it.named {
            Named::Stage(at) | Named::NotYet(at) => checker.family(at),
            Named::Other => Family::of_name(it.name),
            Named::NoNumber | Named::Unknown => Family::Unknown,
        };
        let is_system = !matches!(family, Family::Scratch | Family::Unknown);
        let is_on_top = *checker.root(it.stage) != Base::Scratch;
        if is_root(&copy.destination) && is_system && is_on_top {
            checker.report(Finding::new(
                source.span,
                "this copies the whole system of another stage over this one",
                "Name what is needed, or start FROM that stage.",
            ));
        }
    }
}
