//! `InvalidDefaultArgInFrom`: the file builds without `--build-arg`.

use super::{Checks, Rule};
use crate::{
    image::Reference,
    scope::{Globals, Stages},
};

pub(super) const RULE: Rule = Rule::new(
    "InvalidDefaultArgInFrom",
    "Default value for global ARG results in an empty or invalid base image name",
    "Give the ARG a default that makes the name of an image.",
);

/// Looks at all `FROM` lines with the default values of the global `ARG`s.
pub(super) fn check(
    checks: &mut Checks,
    stages: &Stages<'_, '_>,
    defaults: &Globals,
    escape: char,
) {
    for stage in &stages.list {
        let Some(from) = stage.from else { continue };
        // What cannot be expanded is an error sooner or later.
        let Ok(name) = defaults.expand(&from.image, escape) else { return };
        if name.text.parse::<Reference>().is_err() {
            let message = format!(
                "Default value for ARG {} results in empty or invalid base image name",
                from.image.as_str()
            );
            checks.warn(&RULE, stage.head.span, message);
        }
    }
}
