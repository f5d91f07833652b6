//! The list of rules: one `mod` line and one `RULE` line each, by code.

use crate::lint::Rule;

pub(super) mod bad_suppression;
mod final_user_root;
pub(super) mod inline_ignore;
mod latest_tag;
mod maintainer;
mod multiple_cmd;
mod no_user;
mod privileged_run;
mod relative_workdir;
mod shell_form_command;
mod sudo;
pub(super) mod suppression_without_reason;
mod untagged_image;
pub(super) mod unused_suppression;

/// All rules about Dockerfiles, by code.
pub const RULES: &[Rule] = &[
    untagged_image::RULE,
    latest_tag::RULE,
    sudo::RULE,
    privileged_run::RULE,
    final_user_root::RULE,
    no_user::RULE,
    relative_workdir::RULE,
    shell_form_command::RULE,
    multiple_cmd::RULE,
    maintainer::RULE,
    inline_ignore::RULE,
    unused_suppression::RULE,
    bad_suppression::RULE,
    suppression_without_reason::RULE,
];
