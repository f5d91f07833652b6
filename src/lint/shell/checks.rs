//! The list of checks: one `mod` line and one `RULE` line each, by number.

use crate::lint::Rule;

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
pub const CHECKS: &[Rule] = &[
    else_if::RULE,
    useless_cat::RULE,
    useless_echo::RULE,
    backquotes::RULE,
    and_or::RULE,
    single_quoted_expansion::RULE,
    word_between_quotes::RULE,
    echo_escape::RULE,
    dash_pattern::RULE,
    find_xargs::RULE,
    unquoted_substitution::RULE,
    printf_format::RULE,
    unquoted_find_pattern::RULE,
    unquoted_variable::RULE,
    cd_back::RULE,
    system_directory::RULE,
    variable_root::RULE,
    masked_status::RULE,
    unchecked_cd::RULE,
    test_and::RULE,
    status_test::RULE,
    find_without_path::RULE,
    egrep::RULE,
    negated_command::RULE,
    brace_expansion::RULE,
    double_brackets::RULE,
    double_equals::RULE,
    both_redirected::RULE,
    echo_flag::RULE,
    set_option::RULE,
];
