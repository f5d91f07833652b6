//! The list of rules: one `mod` line and one `RULE` line each, by code.

use crate::lint::Rule;

mod apk_cache;
mod apk_unpinned;
mod apt_cli;
mod apt_lists_kept;
mod apt_missing_yes;
mod apt_recommends;
mod apt_unpinned;
pub(super) mod bad_suppression;
mod cd_instead_of_workdir;
mod consecutive_run;
mod curl_and_wget;
mod curl_no_fail;
mod distro_upgrade;
mod dnf_clean;
mod dnf_missing_yes;
mod dnf_unpinned;
mod final_user_root;
mod gem_unpinned;
mod go_unpinned;
mod heredoc_no_errexit;
pub(super) mod inline_ignore;
mod install_without_update;
mod js_cache;
mod latest_tag;
mod maintainer;
mod missing_pipefail;
mod multiple_cmd;
mod no_user;
mod npm_install_not_ci;
mod npm_unpinned;
mod pip_cache;
mod pip_unpinned;
mod pointless_command;
mod privileged_run;
mod relative_workdir;
mod relink_sh;
mod shell_form_command;
mod sudo;
pub(super) mod suppression_without_reason;
mod untagged_image;
pub(super) mod unused_suppression;
mod update_alone;
mod useradd_high_uid;
mod wget_progress;
mod xtrace_secret;
mod yum_clean;
mod yum_missing_yes;
mod yum_unpinned;
mod zypper_clean;
mod zypper_dist_upgrade;
mod zypper_missing_yes;
mod zypper_unpinned;

/// All rules about Dockerfiles, by code.
pub const RULES: &[Rule] = &[
    untagged_image::RULE,
    latest_tag::RULE,
    apt_unpinned::RULE,
    apt_missing_yes::RULE,
    apt_recommends::RULE,
    apt_lists_kept::RULE,
    apt_cli::RULE,
    update_alone::RULE,
    install_without_update::RULE,
    distro_upgrade::RULE,
    apk_unpinned::RULE,
    apk_cache::RULE,
    yum_missing_yes::RULE,
    dnf_missing_yes::RULE,
    zypper_missing_yes::RULE,
    yum_clean::RULE,
    dnf_clean::RULE,
    zypper_clean::RULE,
    yum_unpinned::RULE,
    dnf_unpinned::RULE,
    zypper_unpinned::RULE,
    zypper_dist_upgrade::RULE,
    pip_unpinned::RULE,
    pip_cache::RULE,
    npm_unpinned::RULE,
    npm_install_not_ci::RULE,
    js_cache::RULE,
    gem_unpinned::RULE,
    go_unpinned::RULE,
    missing_pipefail::RULE,
    cd_instead_of_workdir::RULE,
    pointless_command::RULE,
    consecutive_run::RULE,
    curl_and_wget::RULE,
    wget_progress::RULE,
    useradd_high_uid::RULE,
    relink_sh::RULE,
    heredoc_no_errexit::RULE,
    xtrace_secret::RULE,
    curl_no_fail::RULE,
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
