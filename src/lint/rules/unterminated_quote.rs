use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    scope::{expand::ExpandError, globals::cannot_expand},
};

rule! {
    /// A quote without an end takes the rest of the line. In `ENV` and `LABEL`, each word is a name, an equals sign and a value: a
    /// value with blanks needs quotes.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// LABEL description=a tool
    /// #                   ^^^^ Syntax error - can't find = in "tool". Must be of the form: name=value
    /// ENV A="one
    /// #     ^^^^ failed to process "\"one": unexpected end of statement while looking for matching double-quote
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// LABEL description="a tool"
    /// ENV A="one" B=it\'s
    /// RUN echo "
    /// ```
    DW012 "unterminated-quote" Error On
    "util:SYNTAX_MISSING_EQUALS util:SYNTAX_MISSING_NAMES util:SYNTAX_MISSING_SINGLE_QUOTE util:SYNTAX_MISSING_DOUBLE_QUOTE"
    check
}

fn check(checker: &Checker<'_>) {
    failing(checker, |it| matches!(it, ExpandError::OpenQuote(_)));
}

/// Reports the words of instructions that cannot be expanded for such a reason, in the words of the build.
pub(super) fn failing(checker: &Checker<'_>, is_wanted: impl Fn(&ExpandError) -> bool) {
    for (word, error) in checker.failures().iter().filter(|it| is_wanted(&it.1)) {
        let error = *cannot_expand(word, error);
        let help = error.help.unwrap_or_default();
        checker.report(Finding::new(error.span, error.message, help));
    }
}
