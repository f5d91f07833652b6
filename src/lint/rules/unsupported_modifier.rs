use super::unterminated_quote::failing;
use crate::{
    lint::{checker::Checker, declare::rule},
    scope::expand::ExpandError,
};

rule! {
    /// Docker's own variables know fewer operators than those of a shell: alternatives, patterns and replacements, but no lengths,
    /// no parts and no change of case.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// ARG NAME=app
    /// LABEL name=${NAME^^}
    /// #          ^^^^^^^^^ failed to process "${NAME^^}": unsupported modifier (^) in substitution
    /// WORKDIR /srv/${}
    /// #       ^^^^^^^^ failed to process "/srv/${}": syntax error: bad substitution
    /// ```
    ///
    /// In `RUN`, the shell reads them.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ARG NAME=app
    /// LABEL name=${NAME:-tool} other=${NAME%.*} third=${NAME/a/b}
    /// RUN echo "${NAME^^}"
    /// ```
    DW013 "unsupported-modifier" Error On "util:UNSUPPORTED_MODIFIER"
    check
}

fn check(checker: &Checker<'_>) {
    failing(checker, |it| match it {
        ExpandError::MissingBrace
        | ExpandError::BadSubstitution
        | ExpandError::MissingSlash
        | ExpandError::Modifier(_)
        | ExpandError::Pattern(..) => true,
        ExpandError::OpenQuote(_)
        | ExpandError::Required(..)
        | ExpandError::TooDeep
        | ExpandError::TooLong => false,
    });
}
