use crate::lint::declare::rule;

rule! {
    /// A comment above an instruction silences a rule where somebody was in a hurry. Where exceptions are made in the
    /// configuration, they are seen and talked about. This rule is for teams that want it so, and is off for everyone else.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// # hadolint ignore=DL3004
    /// #^^^^^^^^^^^^^^^^^^^^^^^ this comment silences rules for one instruction
    /// RUN sudo id
    /// ```
    ///
    /// A comment for the whole file is no such exception.
    ///
    /// ```dockerfile good
    /// # hadolint global ignore=DL3004
    /// FROM debian:13
    /// RUN sudo id
    /// ```
    DW901 "inline-ignore" Info Off "DL1001"
}
