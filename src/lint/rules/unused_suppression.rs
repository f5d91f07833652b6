use crate::lint::declare::rule;

rule! {
    /// A comment that silences nothing is left over: the line was mended, or the comment is about another line. It hides the
    /// next mistake of that kind.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// # hadolint ignore=DL4000,DL3007
    /// #                 ^^^^^^ `DL4000` has nothing to silence here
    /// #                        ^^^^^^ `DL3007` has nothing to silence here
    /// CMD ["id"]
    /// ```
    ///
    /// ```dockerfile bad
    /// # dockwright: ignore[untagged-image, DW102] the newest one is wanted
    /// #                    ^^^^^^^^^^^^^^ `untagged-image` has nothing to silence here
    /// FROM debian:latest
    /// ```
    ///
    /// ```dockerfile fixed
    /// # dockwright: ignore[DW102] the newest one is wanted
    /// FROM debian:latest
    /// ```
    ///
    /// Comments for a rule that does not run are left alone, and so are numbers of `ShellCheck` that are not known here.
    ///
    /// ```dockerfile good
    /// # hadolint ignore=DL3006
    /// FROM debian
    /// # hadolint ignore=SC1091
    /// RUN . /etc/os-release && echo "$ID"
    /// ```
    DW902 "unused-suppression" Warning On ""
}
