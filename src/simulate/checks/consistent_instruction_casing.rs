//! `ConsistentInstructionCasing`: all keywords in upper case, or all in lower case.

use super::{Checks, Rule};
use crate::{scope::Stages, syntax::Instruction};

pub(super) const RULE: Rule = Rule::new(
    "ConsistentInstructionCasing",
    "All commands within the Dockerfile should use the same casing (either upper or lower)",
    "Write all instructions in capitals, or all in small letters.",
);

/// Looks at all stages. An `ARG` above them neither counts nor is looked at, and a mixed word does not count.
pub(super) fn check(checks: &mut Checks, stages: &Stages<'_, '_>) {
    let all = || stages.list.iter().flat_map(|it| std::iter::once(it.head).chain(it.body));
    let count = |is: fn(&str) -> bool| all().filter(|it| is(it.word())).count();
    let is_lower = count(is_lower) > count(is_upper);
    for instruction in all() {
        look_at(checks, instruction, is_lower);
    }
}

fn look_at(checks: &mut Checks, instruction: &Instruction<'_>, lower: bool) {
    let word = instruction.word();
    let (is_right, majority) =
        if lower { (is_lower(word), "lowercase") } else { (is_upper(word), "uppercase") };
    if !is_right {
        let message =
            format!("Command '{word}' should match the case of the command majority ({majority})");
        checks.warn(&RULE, instruction.span, message);
    }
}

fn is_lower(word: &str) -> bool {
    !word.contains(|it: char| it.is_ascii_uppercase())
}

fn is_upper(word: &str) -> bool {
    !word.contains(|it: char| it.is_ascii_lowercase())
}
