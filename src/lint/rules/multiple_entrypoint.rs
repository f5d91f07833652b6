use crate::{
    lint::{checker::Checker, declare::rule, replaced},
    syntax::InstructionKind,
};

rule! {
    /// Only the last `ENTRYPOINT` of a stage counts: an image starts one program. The others look as if they did something.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// ENTRYPOINT ["one"]
    /// #^^^^^^^^^^^^^^^^^ this `ENTRYPOINT` is replaced by a later one
    /// CMD ["--help"]
    /// ENTRYPOINT ["two"]
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// CMD ["--help"]
    /// ENTRYPOINT ["two"]
    /// ```
    ///
    /// Each stage has its own, also one that starts from another.
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS one
    /// ENTRYPOINT ["one"]
    /// FROM one
    /// ENTRYPOINT ["two"]
    /// ```
    DW708 "multiple-entrypoint" Error On
    "DL4004 MultipleInstructionsDisallowed DS-0007 KICS semgrep:multiple-entrypoint-instructions"
    check
}

fn check(checker: &Checker<'_>) {
    replaced::check(checker, "ENTRYPOINT", |it| matches!(it, InstructionKind::Entrypoint(_)));
}
