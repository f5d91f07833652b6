//! The list of checks: one `mod` line and one `CHECK` line each, by number.

use super::Check;

mod and_or;
mod backquotes;
mod both_redirected;
mod brace_expansion;
mod cd_back;
mod dash_pattern;
mod double_brackets;
mod double_equals;
mod echo_escape;
mod echo_flag;
mod egrep;
mod else_if;
mod find_without_path;
mod find_xargs;
mod masked_status;
mod negated_command;
mod printf_format;
mod set_option;
mod single_quoted_expansion;
mod status_test;
mod system_directory;
mod test_and;
mod unchecked_cd;
mod unquoted_find_pattern;
mod unquoted_substitution;
mod unquoted_variable;
mod useless_cat;
mod useless_echo;
mod variable_root;
mod word_between_quotes;

/// All checks, by number.
pub static CHECKS: &[Check] = &[
    else_if::CHECK,
    useless_cat::CHECK,
    useless_echo::CHECK,
    backquotes::CHECK,
    and_or::CHECK,
    single_quoted_expansion::CHECK,
    word_between_quotes::CHECK,
    echo_escape::CHECK,
    dash_pattern::CHECK,
    find_xargs::CHECK,
    unquoted_substitution::CHECK,
    printf_format::CHECK,
    unquoted_find_pattern::CHECK,
    unquoted_variable::CHECK,
    cd_back::CHECK,
    system_directory::CHECK,
    variable_root::CHECK,
    masked_status::CHECK,
    unchecked_cd::CHECK,
    test_and::CHECK,
    status_test::CHECK,
    find_without_path::CHECK,
    egrep::CHECK,
    negated_command::CHECK,
    brace_expansion::CHECK,
    double_brackets::CHECK,
    double_equals::CHECK,
    both_redirected::CHECK,
    echo_flag::CHECK,
    set_option::CHECK,
];
