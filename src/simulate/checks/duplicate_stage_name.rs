//! `DuplicateStageName`: each stage has a name of its own.

use super::{Checks, Rule};
use crate::{scope::Stages, simulate::history::quoted};

pub(super) const RULE: Rule = Rule::new(
    "DuplicateStageName",
    "Stage names should be unique",
    "Give each stage a name of its own.",
);

/// Looks at a stage.
pub(super) fn check(checks: &mut Checks, stages: &Stages<'_, '_>, at: usize) {
    let Some(stage) = stages.list.get(at) else { return };
    let Some(name) = stage.name.as_deref().filter(|it| stages.before(at, it).is_some()) else {
        return;
    };
    let message = format!("Duplicate stage name {}, stage names should be unique", quoted(name));
    checks.warn(&RULE, stage.head.span, message);
}
