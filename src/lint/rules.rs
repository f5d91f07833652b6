//! The list of rules: one `mod` line and one `RULE` line each, by code.

use crate::lint::Rule;

mod deprecated_maintainer;
mod latest_base;
mod relative_workdir;
mod several_cmds;
mod shell_form;
mod untagged_base;

/// All rules, by code.
pub const RULES: &[Rule] = &[
    relative_workdir::RULE,
    untagged_base::RULE,
    latest_base::RULE,
    shell_form::RULE,
    deprecated_maintainer::RULE,
    several_cmds::RULE,
];
