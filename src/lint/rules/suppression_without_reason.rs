use crate::lint::declare::rule;

rule! {
    /// A comment that silences a rule says what, and not why. Whoever reads it next year cannot tell whether it is still needed.
    ///
    /// ```dockerfile bad
    /// # hadolint ignore=DL3006
    /// #^^^^^^^^^^^^^^^^^^^^^^^ this comment does not say why
    /// FROM debian
    /// ```
    ///
    /// ```dockerfile good
    /// # hadolint ignore=DL3006 # built and tagged by us every night
    /// FROM debian
    /// ```
    DW904 "suppression-without-reason" Style Off "tally:require-reason"
}
