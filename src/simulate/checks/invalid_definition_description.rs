//! `InvalidDefinitionDescription`: a comment above a stage or an `ARG` describes it, and starts with its name.

use super::{Checks, Rule};
use crate::syntax::{Instruction, InstructionKind};

pub(super) const RULE: Rule = Rule {
    is_experimental: true,
    ..Rule::new(
        "InvalidDefinitionDescription",
        "Comment for build stage or argument should follow the format: `# <arg/stage name> <description>`. If this \
         is not intended to be a description comment, add an empty line or comment between the instruction and the \
         comment.",
        "Begin the comment with the name that it is about, or leave an empty line below it.",
    )
};

/// Looks at an instruction and the comments above it.
pub(super) fn check(checks: &mut Checks, instruction: &Instruction<'_>, comments: &[&str]) {
    let Some(comment) = comments.last() else { return };
    let names: Vec<String> = match &instruction.kind {
        InstructionKind::From(from) => from.name.iter().map(|it| it.to_ascii_lowercase()).collect(),
        InstructionKind::Arg(arg) => arg.variables.iter().map(|it| it.name.to_string()).collect(),
        _ => return,
    };
    let first = comment.split(' ').next().unwrap_or_default();
    let example = match names.as_slice() {
        [] => return,
        [name] => name,
        [..] => "<arg_key>",
    };
    if !names.iter().any(|it| it == first) {
        let keyword =
            if matches!(instruction.kind, InstructionKind::Arg(_)) { "ARG" } else { "FROM" };
        let message =
            format!("Comment for {keyword} should follow the format: `# {example} <description>`");
        checks.warn(&RULE, instruction.span, message);
    }
}
