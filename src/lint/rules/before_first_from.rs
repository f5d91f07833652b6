use crate::lint::declare::rule;

rule! {
    /// What stands above the first `FROM` belongs to no stage. Only `ARG` may stand there: `FROM` lines use it.
    ///
    /// ```dockerfile bad
    /// LABEL version=1
    /// #^^^^ no build stage in current context
    /// FROM debian:13
    /// ```
    ///
    /// ```dockerfile good
    /// # A comment may stand anywhere.
    /// ARG VERSION=13
    /// FROM debian:$VERSION
    /// LABEL version=1
    /// ```
    DW003 "before-first-from" Error On "DL3061 dfl:from_first"
}
