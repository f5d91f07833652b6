use crate::lint::{
    checker::Checker,
    declare::rule,
    packages::{YUM, has_rpm_version, installed, report_unpinned},
};

rule! {
    /// Without a version the same file installs something else tomorrow. Yet an archive may drop a version when the next
    /// one arrives, and then the build fails: this rule is for those who mirror it, or who want to be told.
    ///
    /// ```dockerfile bad
    /// FROM centos:7
    /// RUN yum install -y curl java-17-openjdk less-668
    /// #                  ^^^^ `curl` and `java-17-openjdk` have no version
    /// RUN yum -y module install nodejs
    /// #                         ^^^^^^ `nodejs` has no version
    /// ```
    ///
    /// Modules have a stream behind a colon. Files and groups need no version, and what is in a variable without a
    /// value is not known.
    ///
    /// ```dockerfile good
    /// FROM centos:7
    /// ARG VERSION=8.11
    /// RUN yum install -y curl-$VERSION less-6* ./tool.rpm https://example.org/a.rpm @core $MORE
    /// RUN yum -y module install nodejs:22 && yum -y groupinstall core
    /// ```
    DW427 "yum-unpinned" Info Off
    "DL3033 KICS"
    check
}

fn check(checker: &Checker<'_>) {
    for (run, command) in checker.commands(YUM) {
        let packages = installed(checker, run, command).unwrap_or_default();
        report_unpinned(
            checker,
            &packages,
            |it| has_rpm_version(command, it),
            "Write name-version.",
        );
    }
}
