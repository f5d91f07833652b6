use crate::{
    diagnostic::Fix,
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        edit::remove,
    },
    syntax::{Instruction, InstructionKind},
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
    for stage in checker.stages() {
        let mut earlier = None;
        for instruction in stage.body.iter().filter(|it| matches!(it.kind, InstructionKind::Cmd(_)))
        {
            if let Some(earlier) = earlier.replace(instruction) {
                let edit = remove(checker.source(), earlier);
                checker.report(
                    Finding::new(
                        Instruction::head(earlier),
                        "this `CMD` is replaced by a later one",
                        "Remove it.",
                    )
                    .related(instruction.head(), "the later one")
                    .fix(Fix::safe("Remove this CMD", vec![edit])),
                );
            }
        }
    }
}
