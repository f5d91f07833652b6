//! The list of rules: one `mod` line and one `RULE` line each, by code.

use crate::lint::Rule;

mod add_instead_of_copy;
mod add_remote_no_checksum;
mod apk_cache;
mod apk_unpinned;
mod apt_cli;
mod apt_lists_kept;
mod apt_missing_yes;
mod apt_recommends;
mod apt_unpinned;
mod arg_needs_redeclaring;
mod arg_shadowed_by_env;
mod argument_count;
pub(super) mod bad_suppression;
mod before_first_from;
mod broken_json_form;
mod cache_busting_copy;
mod cargo_install_unlocked;
mod cd_instead_of_workdir;
mod comment_eats_continuation;
mod consecutive_run;
mod constant_platform;
mod copy_destination_slash;
mod copy_from_empty_scratch;
mod copy_from_root;
mod copy_from_self;
mod copy_from_unknown;
mod copy_relative_no_workdir;
mod copy_then_chmod;
mod copy_whole_context;
mod credential_command;
mod credential_in_url;
mod curl_and_wget;
mod curl_no_fail;
mod definition_description;
mod distro_upgrade;
mod dnf_clean;
mod dnf_missing_yes;
mod dnf_unpinned;
mod docker_socket;
mod duplicate_flag;
mod duplicate_label;
mod duplicate_stage_name;
mod empty_continuation;
mod empty_label;
mod entrypoint_ignores_cmd;
mod env_build_only;
mod env_self_reference;
mod eol_base_image;
mod expose_host_mapping;
mod expose_proto_casing;
mod extract_copied_archive;
mod final_user_root;
mod from_as_casing;
mod from_default_empty;
mod gem_unpinned;
mod go_unpinned;
mod heredoc_no_errexit;
mod ineffective_sudo_user;
pub(super) mod inline_ignore;
mod install_without_update;
mod instruction_casing;
mod instruction_inside_run;
mod invalid_flag_value;
mod invalid_image_reference;
mod invalid_label_key;
mod invalid_onbuild;
mod invalid_port;
mod invalid_signal;
mod invalid_stage_name;
mod invisible_character;
mod js_cache;
mod label_not_email;
mod label_not_git_hash;
mod label_not_rfc3339;
mod label_not_semver;
mod label_not_spdx;
mod label_not_url;
mod latest_tag;
mod legacy_key_value;
mod lost_environment;
mod maintainer;
mod missing_label;
mod missing_pipefail;
mod multiple_cmd;
mod multiple_entrypoint;
mod multiple_healthcheck;
mod named_user_without_passwd;
mod no_command;
mod no_digest;
mod no_healthcheck;
mod no_stage;
mod no_syntax_directive;
mod no_user;
mod non_numeric_user;
mod npm_install_not_ci;
mod npm_unpinned;
mod old_label_schema;
mod parser_directive;
mod password_in_build;
mod pip_cache;
mod pip_unpinned;
mod pipe_to_shell;
mod plain_http_download;
mod pointless_command;
mod prefer_add_git;
mod prefer_cache_mount;
mod privileged_run;
mod redundant_target_platform;
mod relative_workdir;
mod relink_sh;
mod require_secret_mount;
mod reserved_stage_name;
mod root_owned_after_user;
mod secret_name;
mod secret_value;
mod sensitive_file_copied;
mod shell_form_command;
mod shell_not_json;
mod shell_run_in_scratch;
mod sort_packages;
mod ssh_port;
mod stage_cycle;
mod stage_name_casing;
mod stop_signal;
mod sudo;
pub(super) mod suppression_without_reason;
mod syntax_error;
mod syntax_too_old;
mod system_directory;
mod tls_verify_off;
mod undefined_arg_in_from;
mod undefined_variable;
mod unexpected_label;
mod unknown_flag;
mod unsigned_packages;
mod unsupported_modifier;
mod untagged_image;
mod unterminated_heredoc;
mod unterminated_quote;
mod untrusted_registry;
mod unused_arg;
mod unused_stage;
pub(super) mod unused_suppression;
mod unverified_download;
mod update_alone;
mod user_created_unused;
mod useradd_high_uid;
mod wget_progress;
mod world_writable;
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
    syntax_error::RULE,
    no_stage::RULE,
    before_first_from::RULE,
    argument_count::RULE,
    unknown_flag::RULE,
    invalid_flag_value::RULE,
    duplicate_flag::RULE,
    broken_json_form::RULE,
    invalid_image_reference::RULE,
    parser_directive::RULE,
    unterminated_heredoc::RULE,
    unterminated_quote::RULE,
    unsupported_modifier::RULE,
    invalid_onbuild::RULE,
    invalid_port::RULE,
    invalid_signal::RULE,
    shell_not_json::RULE,
    stage_cycle::RULE,
    instruction_inside_run::RULE,
    comment_eats_continuation::RULE,
    empty_continuation::RULE,
    invisible_character::RULE,
    syntax_too_old::RULE,
    untagged_image::RULE,
    latest_tag::RULE,
    no_digest::RULE,
    untrusted_registry::RULE,
    duplicate_stage_name::RULE,
    reserved_stage_name::RULE,
    stage_name_casing::RULE,
    invalid_stage_name::RULE,
    unused_stage::RULE,
    constant_platform::RULE,
    redundant_target_platform::RULE,
    undefined_arg_in_from::RULE,
    from_default_empty::RULE,
    copy_from_unknown::RULE,
    copy_from_self::RULE,
    copy_from_root::RULE,
    copy_from_empty_scratch::RULE,
    shell_run_in_scratch::RULE,
    eol_base_image::RULE,
    undefined_variable::RULE,
    arg_needs_redeclaring::RULE,
    env_self_reference::RULE,
    legacy_key_value::RULE,
    unused_arg::RULE,
    env_build_only::RULE,
    lost_environment::RULE,
    arg_shadowed_by_env::RULE,
    add_instead_of_copy::RULE,
    add_remote_no_checksum::RULE,
    copy_destination_slash::RULE,
    copy_relative_no_workdir::RULE,
    copy_whole_context::RULE,
    sensitive_file_copied::RULE,
    extract_copied_archive::RULE,
    copy_then_chmod::RULE,
    root_owned_after_user::RULE,
    cache_busting_copy::RULE,
    prefer_add_git::RULE,
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
    cargo_install_unlocked::RULE,
    prefer_cache_mount::RULE,
    sort_packages::RULE,
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
    ineffective_sudo_user::RULE,
    sudo::RULE,
    secret_name::RULE,
    secret_value::RULE,
    pipe_to_shell::RULE,
    tls_verify_off::RULE,
    unsigned_packages::RULE,
    world_writable::RULE,
    unverified_download::RULE,
    password_in_build::RULE,
    ssh_port::RULE,
    credential_command::RULE,
    docker_socket::RULE,
    system_directory::RULE,
    privileged_run::RULE,
    plain_http_download::RULE,
    credential_in_url::RULE,
    require_secret_mount::RULE,
    final_user_root::RULE,
    no_user::RULE,
    non_numeric_user::RULE,
    user_created_unused::RULE,
    relative_workdir::RULE,
    shell_form_command::RULE,
    multiple_cmd::RULE,
    multiple_entrypoint::RULE,
    multiple_healthcheck::RULE,
    no_healthcheck::RULE,
    expose_host_mapping::RULE,
    expose_proto_casing::RULE,
    stop_signal::RULE,
    entrypoint_ignores_cmd::RULE,
    no_command::RULE,
    maintainer::RULE,
    named_user_without_passwd::RULE,
    invalid_label_key::RULE,
    missing_label::RULE,
    unexpected_label::RULE,
    empty_label::RULE,
    label_not_url::RULE,
    label_not_rfc3339::RULE,
    label_not_spdx::RULE,
    label_not_git_hash::RULE,
    label_not_semver::RULE,
    label_not_email::RULE,
    duplicate_label::RULE,
    old_label_schema::RULE,
    inline_ignore::RULE,
    unused_suppression::RULE,
    bad_suppression::RULE,
    suppression_without_reason::RULE,
    instruction_casing::RULE,
    from_as_casing::RULE,
    definition_description::RULE,
    no_syntax_directive::RULE,
];
