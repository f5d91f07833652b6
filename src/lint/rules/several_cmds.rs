use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::{Instruction, InstructionKind},
    text::{Span, to_u32},
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
    DL4003 "several-cmds" Warning check
}

fn check(checker: &mut Checker<'_>) {
    for at in 0..checker.stages.list.len() {
        let body = checker.stages.list.get(at).map_or(&[][..], |it| it.body);
        let mut earlier = None;
        for instruction in body.iter().filter(|it| matches!(it.kind, InstructionKind::Cmd(_))) {
            if let Some(earlier) = earlier.replace(instruction) {
                checker.report(Finding {
                    span: Instruction::head(earlier),
                    message: "this `CMD` is replaced by a later one".into(),
                    help: "Remove it.".into(),
                    fix: Some(remove(checker.source, earlier)),
                });
            }
        }
    }
}

/// Removes the instruction's lines.
fn remove(source: &str, instruction: &Instruction<'_>) -> Fix {
    let Span { start, end } = instruction.span;
    let before = source.get(..start as usize).unwrap_or_default();
    let after = source.get(end as usize..).unwrap_or_default();
    let start = before.rfind('\n').map_or(start, |it| to_u32(it + 1));
    let end = end + after.find('\n').map_or(to_u32(after.len()), |it| to_u32(it + 1));
    let edit = Edit { span: Span::new(start, end), text: String::new() };
    Fix { title: "Remove this CMD".into(), safe: true, edits: vec![edit] }
}
