use crate::lint::{
    checker::{Checker, Finding},
    declare::rule,
    packages::{action, head},
};

rule! {
    /// An upgrade in the build makes the image depend on the day it is built, and stores each upgraded file a second time.
    /// A newer base image has the same packages without both.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN apt-get update && apt-get -y dist-upgrade
    /// #                     ^^^^^^^^^^^^^^^^^^^^^^^ an upgrade in the build depends on the day
    /// FROM alpine:3.22
    /// RUN apk --no-cache upgrade
    /// #   ^^^^^^^^^^^^^^^^^^^^^^ an upgrade in the build depends on the day
    /// FROM fedora:42
    /// RUN dnf -y update
    /// #   ^^^^^^^^^^^^^ an upgrade in the build depends on the day
    /// ```
    ///
    /// It is right where security fixes must not wait for the base image; so the rule is off. Upgrading some
    /// packages by name is fine.
    ///
    /// ```dockerfile good
    /// FROM fedora:42
    /// RUN dnf -y upgrade openssl && yum check-update
    /// FROM alpine:3.22
    /// RUN apk add --no-cache --upgrade openssl
    /// ```
    DW408 "distro-upgrade" Info Off
    "DL3005 DL3017 DL3031 DL3039 DS-0024 KICS dfl:apt-get-upgrade"
    check
}

/// Programs and what upgrades everything if no package is named.
const UPGRADES: [(&[&str], &[&str]); 4] = [
    (&["apt-get", "apt", "aptitude"], &["upgrade", "dist-upgrade", "full-upgrade", "safe-upgrade"]),
    (&["apk"], &["upgrade"]),
    (&["yum", "dnf", "dnf5", "microdnf", "tdnf"], &["update", "upgrade", "distro-sync"]),
    (&["zypper"], &["update", "up"]),
];

fn check(checker: &Checker<'_>) {
    for (names, actions) in UPGRADES {
        for (_, command) in checker.commands(names) {
            let is_all = command.operands().len() == 1;
            if is_all && actions.contains(&&*action(command)) {
                checker.report(Finding::new(
                    head(command),
                    "an upgrade in the build depends on the day",
                    "Take a newer base image, or name the packages that must be new.",
                ));
            }
        }
    }
}
