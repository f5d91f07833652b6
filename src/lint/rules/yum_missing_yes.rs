use crate::lint::{
    checker::Checker,
    declare::rule,
    packages::{RPM_ASKS, RPM_YES, YUM, Yes, report_missing_yes},
};

rule! {
    /// `yum` asks before it changes anything. In a build nobody answers, and it gives up.
    ///
    /// ```dockerfile bad
    /// FROM centos:7
    /// RUN sudo yum install \
    /// #        ^^^^^^^^^^^ `yum install` asks before it goes on, and nobody answers
    ///     curl && yum -q update
    /// #           ^^^^^^^^^^^^^ `yum update` asks before it goes on, and nobody answers
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM centos:7
    /// RUN sudo yum install -y \
    ///     curl && yum -q update -y
    /// ```
    ///
    /// ```dockerfile good
    /// FROM centos:7
    /// RUN yum -y install a && yum install --assumeyes b && yum clean all && yum list installed
    /// RUN yes | yum install c
    /// ```
    ///
    /// A setting answers as well.
    ///
    /// ```dockerfile good
    /// FROM centos:7
    /// RUN echo assumeyes=1 >> /etc/yum.conf && yum install a
    /// ```
    DW421 "yum-missing-yes" Warning On
    "DL3030 KICS"
    check
}

const YES: Yes = Yes {
    names: YUM,
    asks: RPM_ASKS,
    flags: RPM_YES,
    settings: &["assumeyes"],
    files: &["/etc/yum.conf", "/etc/dnf/"],
    adds: " -y",
    is_first: false,
};

fn check(checker: &Checker<'_>) {
    report_missing_yes(checker, &YES);
}
