use crate::lint::{
    checker::Checker,
    declare::rule,
    packages::{APT, ends, installed, report_unpinned},
};

rule! {
    /// Without a version the same file installs something else tomorrow. Yet a version that is written down vanishes
    /// from the archive when the next one arrives, and then the build fails: this rule is for those who build
    /// from a snapshot of the archive, or who want to be told.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// ARG TOOLS="curl=8.14.* git"
    /// RUN apt-get update && sudo /usr/bin/apt-get install -y -t sid less $TOOLS
    /// #                                                             ^^^^ `less` and `git` have no version
    /// ```
    ///
    /// A part of a version is enough: the newest one that begins so is installed. Files need none, and what is in a
    /// variable without a value is not known.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ARG TOOLS
    /// RUN deps="curl=8.14.*" && apt-get install -y less=6* git/sid ./tool.deb curl=$VERSION $TOOLS $deps
    /// ```
    DW401 "apt-unpinned" Info Off
    "DL3008 KICS"
    check
}

fn check(checker: &Checker<'_>) {
    for (run, command) in checker.commands(APT) {
        let packages = installed(checker, run, command).unwrap_or_default();
        let is_pinned = |it: &str| it.contains(['=', '/']) || ends(it, ".deb") || it.ends_with('-');
        report_unpinned(
            checker,
            &packages,
            is_pinned,
            "Write name=version; name=8.1.* takes what begins so.",
        );
    }
}
