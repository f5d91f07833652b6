use crate::lint::declare::rule;

rule! {
    /// Each instruction needs its arguments: `FROM` an image, `COPY` a source and a destination.
    ///
    /// ```dockerfile bad
    /// FROM debian:13 AS
    /// #    ^^^^^^^^^^^^ FROM requires either one or three arguments
    /// FROM debian:13
    /// WORKDIR
    /// #^^^^^^ WORKDIR requires exactly one argument
    /// COPY app
    /// #    ^^^ COPY requires at least two arguments, but only one was provided. Destination could not be determined
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS app
    /// WORKDIR /app
    /// COPY app ./
    /// ```
    DW004 "argument-count" Error On
    "util:ARGUMENT_MISSING util:ARGUMENT_EXTRA util:ARGUMENT_REQUIRES_ONE util:ARGUMENT_REQUIRES_AT_LEAST_ONE util:ARGUMENT_REQUIRES_TWO util:ARGUMENT_REQUIRES_AT_LEAST_TWO util:ARGUMENT_REQUIRES_ONE_OR_THREE util:ARGUMENT_UNNECESSARY util:HEALTHCHECK_CMD_ARGUMENT_MISSING dfl:missing_args dfl:extra_args"
}
