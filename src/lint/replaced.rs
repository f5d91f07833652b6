//! Instructions of which only the last one of a stage counts.

use crate::{
    diagnostic::Fix,
    lint::{
        checker::{Checker, Finding},
        edit::remove,
    },
    syntax::{Instruction, InstructionKind},
};

/// Reports those of one kind that a later one in the same stage replaces; `word` is their keyword.
pub(super) fn check(checker: &Checker<'_>, word: &str, is: fn(&InstructionKind<'_>) -> bool) {
    for stage in checker.stages() {
        let mut earlier = None;
        for instruction in stage.body.iter().filter(|it| is(&it.kind)) {
            if let Some(earlier) = earlier.replace(instruction) {
                let edit = remove(checker.source(), earlier);
                let message = format!("this `{word}` is replaced by a later one");
                checker.report(
                    Finding::new(Instruction::head(earlier), message, "Remove it.")
                        .related(instruction.head(), "the later one")
                        .fix(Fix::safe(format!("Remove this {word}"), vec![edit])),
                );
            }
        }
    }
}
