use crate::lint::{
    checker::Checker,
    declare::rule,
    packages::{APT, Yes, report_missing_yes},
};

rule! {
    /// `apt-get` asks before it installs more than it was told. In a build nobody answers, and it gives up.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN apt-get update && apt-get install \
    /// #                     ^^^^^^^^^^^^^^^ `apt-get install` asks before it goes on, and nobody answers
    ///     curl && apt-get -q upgrade
    /// #           ^^^^^^^^^^^^^^^^^^ `apt-get upgrade` asks before it goes on, and nobody answers
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// RUN apt-get update && apt-get install -y \
    ///     curl && apt-get -q upgrade -y
    /// ```
    ///
    /// In exec form the repair is yours.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN ["apt-get", "install", "curl"]
    /// #     ^^^^^^^^^^^^^^^^^^ `apt-get install` asks before it goes on, and nobody answers
    /// ```
    ///
    /// There are many ways to say yes.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ARG OPTIONS="-y"
    /// ARG UNKNOWN
    /// RUN apt-get -qy install a && apt-get install --assume-yes b && apt-get -qq install c && apt-get -q=2 install d
    /// RUN apt-get install $OPTIONS e && apt-get install $UNKNOWN f && yes | apt-get install g
    /// RUN apt-get -o APT::Get::Assume-Yes=true install h && apt-get update && apt-get clean
    /// ```
    DW402 "apt-missing-yes" Warning On
    "DL3014 DS-0021 KICS semgrep:missing-assume-yes-switch dfl:apt-get_missing_param"
    check
}

const YES: Yes = Yes {
    names: APT,
    asks: &[
        "install",
        "reinstall",
        "remove",
        "purge",
        "upgrade",
        "dist-upgrade",
        "full-upgrade",
        "safe-upgrade",
        "autoremove",
        "build-dep",
    ],
    flags: &[
        "-y",
        "--yes",
        "--assume-yes",
        "--force-yes",
        "-s",
        "--simulate",
        "--just-print",
        "--dry-run",
        "--print-uris",
    ],
    settings: &["Assume-Yes"],
    files: &["/etc/apt/apt.conf"],
    adds: " -y",
    is_first: false,
};

fn check(checker: &Checker<'_>) {
    report_missing_yes(checker, &YES);
}
