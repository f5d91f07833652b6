//! `ReservedStageName`: no stage is called `scratch` or `context`, which mean something already.

use super::{Checks, Rule};
use crate::{scope::Stage, simulate::history::quoted};

pub(super) const RULE: Rule = Rule::new(
    "ReservedStageName",
    "Reserved words should not be used as stage names",
    "Give the stage another name: this one has a meaning of its own.",
);

/// Looks at a stage.
pub(super) fn check(checks: &mut Checks, stage: &Stage<'_, '_>) {
    if let Some(name @ ("context" | "scratch")) = stage.name.as_deref() {
        let message =
            format!("Stage name should not use the same name as reserved stage {}", quoted(name));
        checks.warn(&RULE, stage.head.span, message);
    }
}
