use crate::lint::{
    checker::Checker,
    declare::rule,
    packages::{Yes, ZYPPER, report_missing_yes},
};

rule! {
    /// `zypper` asks before it changes anything. In a build nobody answers, and it gives up.
    ///
    /// ```dockerfile bad
    /// FROM opensuse/leap:15.6
    /// RUN zypper --gpg-auto-import-keys in curl && zypper rm vim
    /// #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `zypper in` asks before it goes on, and nobody answers
    /// #                                            ^^^^^^^^^ `zypper rm` asks before it goes on, and nobody answers
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM opensuse/leap:15.6
    /// RUN zypper -n --gpg-auto-import-keys in curl && zypper -n rm vim
    /// ```
    ///
    /// ```dockerfile good
    /// FROM opensuse/leap:15.6
    /// RUN zypper -n in a && zypper --non-interactive patch && zypper install -y b && zypper refresh && zypper clean
    /// ```
    DW423 "zypper-missing-yes" Warning On
    "DL3034 KICS"
    check
}

const YES: Yes = Yes {
    names: ZYPPER,
    asks: &[
        "install",
        "in",
        "remove",
        "rm",
        "source-install",
        "si",
        "patch",
        "update",
        "up",
        "dist-upgrade",
        "dup",
        "install-new-recommends",
        "inr",
    ],
    flags: &["-n", "--non-interactive", "-y", "--no-confirm", "-D", "--dry-run"],
    settings: &["ZYPP_NONINTERACTIVE"],
    files: &["/etc/zypp/"],
    adds: " -n",
    is_first: true,
};

fn check(checker: &Checker<'_>) {
    report_missing_yes(checker, &YES);
}
