use crate::lint::{
    checker::{Checker, Finding},
    declare::rule,
    packages::{ZYPPER, action, head},
};

rule! {
    /// `zypper dist-upgrade` changes packages until they are those of the repositories, removes some, and replaces others
    /// by those of another vendor. What the image is then depends on the day.
    ///
    /// ```dockerfile bad
    /// FROM opensuse/tumbleweed
    /// RUN zypper -n dup && zypper --non-interactive dist-upgrade
    /// #   ^^^^^^^^^^^^^ a distribution upgrade makes another system of the base image
    /// #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a distribution upgrade makes another system of the base image
    /// ```
    ///
    /// Take a newer base image.
    ///
    /// ```dockerfile good
    /// FROM opensuse/leap:15.6
    /// RUN zypper -n install dup && zypper -n patch
    /// ```
    DW430 "zypper-dist-upgrade" Warning On
    "DL3035 KICS semgrep:avoid-zypper-update"
    check
}

fn check(checker: &Checker<'_>) {
    for (_, command) in checker.commands(ZYPPER) {
        if matches!(&*action(command), "dist-upgrade" | "dup") {
            checker.report(Finding::new(
                head(command),
                "a distribution upgrade makes another system of the base image",
                "Take a newer base image.",
            ));
        }
    }
}
