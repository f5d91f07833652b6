use crate::lint::declare::rule;

rule! {
    /// A file without a `FROM` says nothing about the image that it is about.
    ///
    /// ```dockerfile bad
    /// ARG VERSION=1
    /// #! dockerfile contains no stages to build
    /// ```
    ///
    /// ```dockerfile good
    /// ARG VERSION=1
    /// FROM scratch
    /// ```
    DW002 "no-stage" Error On "util:NO_SOURCE_IMAGE tally:require-stages"
}
