use crate::lint::{
    checker::Checker,
    declare::rule,
    packages::{DNF, has_rpm_version, installed, report_unpinned},
};

rule! {
    /// Without a version the same file installs something else tomorrow. Yet an archive may drop a version when the next
    /// one arrives, and then the build fails: this rule is for those who mirror it, or who want to be told.
    ///
    /// ```dockerfile bad
    /// FROM fedora:42
    /// RUN dnf install -y curl java-17-openjdk less-668
    /// #                  ^^^^ `curl` and `java-17-openjdk` have no version
    /// RUN dnf -y module install nodejs
    /// #                         ^^^^^^ `nodejs` has no version
    /// ```
    ///
    /// Modules have a stream behind a colon. Files and groups need no version, and what is in a variable without a
    /// value is not known.
    ///
    /// ```dockerfile good
    /// FROM fedora:42
    /// ARG VERSION=8.11
    /// RUN dnf install -y curl-$VERSION less-6* ./tool.rpm https://example.org/a.rpm @core $MORE
    /// RUN dnf -y module install nodejs:22 && dnf -y groupinstall core
    /// ```
    DW428 "dnf-unpinned" Info Off
    "DL3041 KICS"
    check
}

fn check(checker: &Checker<'_>) {
    for (run, command) in checker.commands(DNF) {
        let packages = installed(checker, run, command).unwrap_or_default();
        report_unpinned(
            checker,
            &packages,
            |it| has_rpm_version(command, it),
            "Write name-version.",
        );
    }
}
