use crate::{
    lint::{checker::Checker, declare::rule, replaced},
    syntax::InstructionKind,
};

rule! {
    /// Only the last `CMD` of a stage counts. The others look as if they did something.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// CMD ["one"]
    /// #^^^^^^^^^^ this `CMD` is replaced by a later one
    ///   CMD ["two"]
    /// # ^^^^^^^^^^^ this `CMD` is replaced by a later one
    /// CMD ["three"]
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// CMD ["three"]
    /// ```
    ///
    /// To start two programs, start one that starts both, or run two containers. Each stage has
    /// its own `CMD`.
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS one
    /// CMD ["one"]
    /// FROM one
    /// CMD ["two"]
    /// ```
    DW707 "multiple-cmd" Warning On
    "DL4003 MultipleInstructionsDisallowed DS-0016 KICS util:MULTIPLE_INSTRUCTIONS semgrep:multiple-cmd-instructions"
    check
}

fn check(checker: &Checker<'_>) {
    replaced::check(checker, "CMD", |it| matches!(it, InstructionKind::Cmd(_)));
}
