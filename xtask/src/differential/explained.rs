//! What differs between an engine and the virtual build, and is right to differ: the virtual build is today's BuildKit.
//!
//! Each rule changes what is expected into what this engine or builder gives. A rule does one thing, so that it cannot
//! hide another difference.

mod arguments;
mod classic;
mod container;
mod copies;
mod errors;
mod files;
mod rows;
mod table;
mod texts;

use super::{
    bases::Known,
    case::{Answer, Builder, Case},
    model,
};
use crate::engine::Generation::{self, V20, V26};
use dockwright::simulate::Build;

/// All rules, in the order in which they are applied.
pub(super) fn rules() -> impl Iterator<Item = &'static Rule> {
    let parts = [classic::FIRST, table::RULES, files::RULES, classic::RULES];
    parts.into_iter().flatten()
}

/// A known difference.
pub(super) struct Rule {
    pub(super) name: &'static str,
    engines: &'static [Generation],
    builders: &'static [Builder],
    /// What is different, and where that is seen or said.
    pub(super) why: &'static str,
    how: How,
}

/// How what is expected is changed.
enum How {
    /// The engine reads another Dockerfile than it says to us: gives that one in our language.
    Reads(fn(&Case) -> Option<String>),
    /// It is asked otherwise than it seems.
    Gets(fn(&Case) -> Option<Case>),
    /// It answers otherwise.
    Answers(fn(&Seen<'_>, &mut Answer)),
}

/// What a rule may look at.
struct Seen<'s> {
    case: &'s Case,
    known: &'s Known,
    /// The virtual build; none of a commit or import.
    build: Option<&'s Build>,
    real: &'s Answer,
}

/// A file with global arguments and no stage ends the engines 20.10 and 26.1: `dispatchStates.lastTarget` of their BuildKit
/// takes the element before the first (`dockerfile2llb/convert.go:607`, `:904`). They are not asked.
pub(super) const DEADLY: &str = "no-stage-ends-the-engine";

/// Whether the engine would end when it is asked.
pub(super) fn is_deadly(case: &Case, expected: &Answer) -> bool {
    matches!(case.engine, V20 | V26)
        && case.builder == Builder::BuildKit
        && expected
            .error()
            .is_some_and(|it| it.contains("no stages to build") || it.contains("no build stage"))
}

/// Changes what is expected by the rules for a case; gives the names of those that changed something.
pub(super) fn explain(
    case: &Case,
    known: &Known,
    (mut expected, mut build): (Answer, Option<Build>),
    real: &Answer,
) -> (Answer, Vec<&'static str>) {
    let mut used = Vec::new();
    let mut case = case.clone();
    for rule in rules() {
        if expected == *real {
            break;
        }
        if !rule.engines.contains(&case.engine) || !rule.builders.contains(&case.builder) {
            continue;
        }
        let before = expected.clone();
        match rule.how {
            How::Reads(read) => {
                if let Some(text) = read(&case) {
                    case.text = text;
                    (expected, build) = model::built(&case, known);
                }
            }
            How::Gets(change) => {
                if let Some(changed) = change(&case) {
                    case = changed;
                    (expected, build) = model::built(&case, known);
                }
            }
            How::Answers(change) => {
                let seen = Seen { case: &case, known, build: build.as_ref(), real };
                change(&seen, &mut expected);
            }
        }
        if before != expected {
            used.push(rule.name);
        }
    }
    arguments::with_own_names(&mut expected);
    (expected, used)
}
