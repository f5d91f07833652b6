use crate::lint::declare::rule;

rule! {
    /// A line that no builder can read stops the build before it starts. The rest of the file is looked at all the same.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUNN make
    /// #^^^ unknown instruction: RUNN (did you mean RUN?)
    /// ```
    ///
    /// An instruction starts a line, and a line goes on only behind a backslash.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN make \
    ///     install
    /// ```
    DW001 "syntax-error" Error On
    "DL1000 util:UNKNOWN_INSTRUCTION tally:unknown-instruction"
}
