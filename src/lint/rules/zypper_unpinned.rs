use crate::lint::{
    checker::Checker,
    declare::rule,
    packages::{ZYPPER, ends, installed, report_unpinned},
};

rule! {
    /// Without a version the same file installs something else tomorrow. Yet an archive may drop a version when the next
    /// one arrives, and then the build fails: this rule is for those who mirror it, or who want to be told.
    ///
    /// ```dockerfile bad
    /// FROM opensuse/leap:15.6
    /// RUN zypper -n in -r repo curl
    /// #                        ^^^^ `curl` has no version
    /// ```
    ///
    /// ```dockerfile good
    /// FROM opensuse/leap:15.6
    /// RUN zypper -n in curl=8.14.1 'less>=600' ./tool.rpm $MORE
    /// ```
    DW429 "zypper-unpinned" Info Off
    "DL3037 KICS"
    check
}

fn check(checker: &Checker<'_>) {
    for (run, command) in checker.commands(ZYPPER) {
        let packages = installed(checker, run, command).unwrap_or_default();
        let is_pinned = |it: &str| it.contains(['=', '<', '>', '/']) || ends(it, ".rpm");
        report_unpinned(checker, &packages, is_pinned, "Write name=version.");
    }
}
