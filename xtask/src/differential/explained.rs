//! What differs between an engine and the virtual build, and is right to differ: the virtual build is today's BuildKit.
//!
//! Each rule changes what is expected into what this engine or builder gives. A rule does one thing, so that it cannot
//! hide another difference.

use super::case::{Answer, Builder, Case};
use crate::engine::Generation::{self, V20, V26, V28};

/// A known difference.
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) engines: &'static [Generation],
    pub(super) builders: &'static [Builder],
    /// What is different, and where that is seen or said.
    pub(super) why: &'static str,
    /// Changes what is expected; the engine's answer is there to be looked at.
    pub(super) apply: fn(&Case, &mut Answer, &Answer),
}

const ALL: &[Generation] = &[V20, V26, V28];

/// All, in the order in which they are applied.
pub(super) const RULES: &[Rule] = &[];

/// A file with global arguments and no stage ends the engine of 20.10: `dispatchStates.lastTarget` of its BuildKit takes the
/// element before the first (`dockerfile2llb/convert.go:607`). It is not asked.
pub(super) const DEADLY: &str = "no-stage-ends-the-engine";

/// Whether the engine would end when it is asked.
pub(super) fn is_deadly(case: &Case, expected: &Answer) -> bool {
    (case.engine, case.builder) == (V20, Builder::BuildKit)
        && expected.error().is_some_and(|it| it.contains("no stages to build") || it.contains("no build stage"))
}

/// Applies the rules for a case; gives the names of those that changed something.
pub(super) fn explain(case: &Case, expected: &mut Answer, real: &Answer) -> Vec<&'static str> {
    let mut used = Vec::new();
    for rule in RULES {
        if *expected == *real {
            break;
        }
        if rule.engines.contains(&case.engine) && rule.builders.contains(&case.builder) {
            let before = expected.clone();
            (rule.apply)(case, expected, real);
            if before != *expected {
                used.push(rule.name);
            }
        }
    }
    used
}
