use crate::lint::{
    checker::Checker,
    declare::rule,
    packages::{APK, ends, installed, report_unpinned},
};

rule! {
    /// Without a version the same file installs something else tomorrow. Yet Alpine keeps only the newest build of a
    /// package, so that an exact version stops working with the next one. This rule is for those who mirror the archive,
    /// or who want to be told.
    ///
    /// ```dockerfile bad
    /// FROM alpine:3.22
    /// RUN apk add --no-cache --virtual .build curl git@edge
    /// #                                       ^^^^ `curl` and `git@edge` have no version
    /// ```
    ///
    /// `~` takes all builds of a version. What must not be installed needs none, nor do files.
    ///
    /// ```dockerfile good
    /// FROM alpine:3.22
    /// RUN apk add --no-cache -X https://example.org/x curl~8.14 'less>=6' !vim ./tool.apk $DEPS && apk del .build
    /// ```
    DW411 "apk-unpinned" Info Off
    "DL3018 KICS"
    check
}

fn check(checker: &Checker<'_>) {
    for (run, command) in checker.commands(APK) {
        let packages = installed(checker, run, command).unwrap_or_default();
        let is_pinned = |it: &str| {
            it.contains(['=', '~', '<', '>', '/']) || it.starts_with('!') || ends(it, ".apk")
        };
        report_unpinned(checker, &packages, is_pinned, "Write name~version.");
    }
}
