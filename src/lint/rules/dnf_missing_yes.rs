use crate::lint::{
    checker::Checker,
    declare::rule,
    packages::{DNF, RPM_ASKS, RPM_YES, Yes, report_missing_yes},
};

rule! {
    /// `dnf` and its relatives ask before they change anything. In a build nobody answers, and they give up.
    ///
    /// ```dockerfile bad
    /// FROM fedora:42
    /// RUN dnf install curl && microdnf module enable nodejs:22
    /// #   ^^^^^^^^^^^ `dnf install` asks before it goes on, and nobody answers
    /// #                       ^^^^^^^^^^^^^^^^^^^^^^ `microdnf module enable` asks before it goes on, and nobody answers
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM fedora:42
    /// RUN dnf install -y curl && microdnf module enable -y nodejs:22
    /// ```
    ///
    /// ```dockerfile good
    /// FROM fedora:42
    /// RUN dnf -y install a && tdnf install --assumeyes b && dnf clean all && dnf repolist
    /// COPY dnf.conf /etc/dnf/
    /// RUN dnf install c
    /// ```
    DW422 "dnf-missing-yes" Warning On
    "DL3038 KICS"
    check
}

const YES: Yes = Yes {
    names: DNF,
    asks: RPM_ASKS,
    flags: RPM_YES,
    settings: &["assumeyes"],
    files: &["/etc/dnf/"],
    adds: " -y",
    is_first: false,
};

fn check(checker: &Checker<'_>) {
    report_missing_yes(checker, &YES);
}
