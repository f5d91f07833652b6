use crate::lint::declare::rule;

rule! {
    /// A comment that is meant to silence a rule, and names none that exists, silences nothing. hadolint says nothing about it
    /// either: one word too many, and it does not read the comment at all.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// # hadolint ignore=DL3OO6
    /// #                 ^^^^^^ there is no rule `DL3OO6`; did you mean `DL3006`?
    /// CMD ["id"]
    /// # dockwright: ignore[] it is right so
    /// #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this comment names no rule
    /// CMD ["id"]
    /// # hadolint ignore=DL3006
    /// #^^^^^^^^^^^^^^^^^^^^^^^ this comment is about the instruction below it, and there is none
    /// ```
    ///
    /// A list has commas between its names, and the reason stands behind it.
    ///
    /// ```dockerfile good
    /// # hadolint ignore=DL3006 # the base is ours
    /// FROM debian
    /// # dockwright: ignore[DW716] for the old registry
    /// MAINTAINER me
    /// ```
    DW903 "bad-suppression" Warning On ""
}
