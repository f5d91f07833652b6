use crate::lint::declare::rule;

rule! {
    /// `SHELL` takes a JSON array of words: a program, and the flag behind which it reads a command.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// SHELL /bin/bash -c
    /// #     ^^^^^^^^^^^^ SHELL requires the arguments to be in JSON form
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// SHELL ["/bin/bash", "-o", "pipefail", "-c"]
    /// ```
    DW017 "shell-not-json" Error On "util:SHELL_JSON_FORM util:SHELL_REQUIRES_ONE"
}
