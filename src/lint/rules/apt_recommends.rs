use crate::{
    diagnostic::Fix,
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        edit::after_word,
        packages::{APT, action, action_word, head, is_configured},
    },
};

rule! {
    /// `apt-get install` brings what each package recommends along: manuals, desktops, whole languages. An image
    /// seldom needs them, and often doubles.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN apt-get update && apt-get -y install curl
    /// #                     ^^^^^^^^^^^^^^^^^^ recommended packages are installed as well
    /// ```
    ///
    /// Without them something may be missing that worked by luck: `ca-certificates` behind `curl`, for one. So
    /// look at the result, and name what you need.
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// RUN apt-get update && apt-get -y install --no-install-recommends curl
    /// ```
    ///
    /// Who wants them says so, and a setting holds for all.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ARG APT="-y --no-install-recommends"
    /// ARG UNKNOWN
    /// RUN apt-get install $APT a && apt-get install $UNKNOWN b && apt-get install --install-recommends c
    /// RUN apt-get install -y -o APT::Install-Recommends=false d && aptitude install -R e
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// COPY no-recommends /etc/apt/apt.conf.d/
    /// RUN apt-get update && apt-get -y install curl
    /// ```
    DW403 "apt-recommends" Info On
    "DL3015 DS-0029 KICS semgrep:missing-no-install-recommends dfl:apt-get_recommends"
    check
}

const FLAGS: [&str; 4] =
    ["--no-install-recommends", "--install-recommends", "--without-recommends", "-R"];

fn check(checker: &Checker<'_>) {
    if is_configured(checker, &["Install-Recommends"], &["/etc/apt/apt.conf"]) {
        return;
    }
    for (run, command) in checker.commands(APT) {
        if action(command) != "install"
            || checker.has_flag(run, command, &FLAGS)
            || checker.has_unknown(run, command)
        {
            continue;
        }
        let edit = action_word(command)
            .filter(|_| command.name() != "aptitude")
            .and_then(|it| after_word(run, it, " --no-install-recommends"));
        checker.report(
            Finding::new(
                head(command),
                "recommended packages are installed as well",
                "Add --no-install-recommends, and name what you need.",
            )
            .fix(edit.map(|it| Fix::risky("Add --no-install-recommends", vec![it]))),
        );
    }
}
