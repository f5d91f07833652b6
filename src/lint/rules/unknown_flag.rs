use crate::lint::declare::rule;

rule! {
    /// A flag that the instruction does not have is an error, not a part of the command.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// COPY --form=build /out /out
    /// #    ^^^^^^ unknown flag: --form (did you mean from?)
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS build
    /// FROM debian:13
    /// COPY --from=build /out /out
    /// RUN -- --form
    /// ```
    DW005 "unknown-flag" Error On
    "util:UNKNOWN_ADD_FLAG util:UNKNOWN_COPY_FLAG util:UNKNOWN_FROM_FLAG util:UNKNOWN_HEALTHCHECK_FLAG"
}
