use crate::{
    lint::{checker::Checker, declare::rule, replaced},
    syntax::InstructionKind,
};

rule! {
    /// Only the last `HEALTHCHECK` of a stage counts. Whoever wrote two of them thinks that both are made.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// HEALTHCHECK CMD curl -f http://localhost/
    /// #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this `HEALTHCHECK` is replaced by a later one
    /// HEALTHCHECK --interval=5m CMD ["check"]
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// HEALTHCHECK --interval=5m CMD ["check"]
    /// ```
    ///
    /// To check two things, write a program that does, or join two commands with `&&`. Each stage has its own check.
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS one
    /// HEALTHCHECK CMD curl -f http://localhost/ && test -e /run/ready
    /// FROM one
    /// HEALTHCHECK NONE
    /// ```
    DW709 "multiple-healthcheck" Error On
    "DL3012 MultipleInstructionsDisallowed DS-0023"
    check
}

fn check(checker: &Checker<'_>) {
    replaced::check(checker, "HEALTHCHECK", |it| matches!(it, InstructionKind::Healthcheck(_)));
}
