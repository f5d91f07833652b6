use crate::lint::declare::rule;

rule! {
    /// The name of a stage starts with a letter and goes on with letters, digits, `-`, `_` and `.`. Between the image and the name stands `AS`.
    ///
    /// ```dockerfile bad
    /// FROM debian:13 AS 1st
    /// #                 ^^^ invalid name for build stage: "1st", name can't start with a number or contain symbols
    /// FROM debian:13 AS build/app
    /// #                 ^^^^^^^^^ invalid name for build stage: "build/app", name can't start with a number or contain symbols
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS first
    /// FROM debian:13 AS build-app_1.x
    /// ```
    DW108 "invalid-stage-name" Error On "util:INVALID_BUILD_STAGE_NAME util:INVALID_AS"
}
