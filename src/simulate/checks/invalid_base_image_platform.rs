//! `InvalidBaseImagePlatform`: the base image is for the machine that was asked for.

use super::{Checks, Rule};
use crate::{image::Platform, simulate::history::quoted, text::Span};

pub(super) const RULE: Rule = Rule {
    has_page: false,
    ..Rule::new(
        "InvalidBaseImagePlatform",
        "Base image platform does not match expected target platform",
        "Ask for a platform that the image has, or take another image.",
    )
};

/// Looks at a base image. `name` is as the `FROM` says it, `expected` what the stage is built for.
pub(in crate::simulate) fn check(
    checks: &mut Checks,
    name: &str,
    expected: &Platform,
    actual: &Platform,
    place: Span,
) {
    if expected.os == actual.os && expected.architecture == actual.architecture {
        return;
    }
    let [expected, actual] = [expected, actual].map(|it| quoted(&it.normalized().to_string()));
    let message = format!(
        "Base image {name} was pulled with platform {actual}, expected {expected} for current build"
    );
    checks.warn(&RULE, place, message);
}
