use crate::lint::declare::rule;

rule! {
    /// `ONBUILD` keeps an instruction for builds on top of this image. It cannot start a stage there, nor keep another `ONBUILD`.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// ONBUILD FROM debian:13
    /// #       ^^^^ FROM isn't allowed as an ONBUILD trigger
    /// ONBUILD ONBUILD RUN make
    /// #       ^^^^^^^ Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed
    /// ONBUILD MAINTAINER me
    /// #       ^^^^^^^^^^ MAINTAINER isn't allowed as an ONBUILD trigger
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ONBUILD COPY . /app
    /// ONBUILD RUN make
    /// ```
    DW014 "invalid-onbuild" Error On
    "DL3043 util:ONBUILD_CHAINING_DISALLOWED util:ONBUILD_TRIGGER_DISALLOWED tally:invalid-onbuild-trigger"
}
