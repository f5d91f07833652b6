use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        packages::action,
    },
    text::Span,
};

rule! {
    /// `apt` is made for people: what it prints and which options it has may change with any version, and it says so
    /// when no terminal is there.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN apt update && /usr/bin/apt install -y curl \
    /// #   ^^^ `apt` is made for terminals
    /// #                          ^^^ `apt` is made for terminals
    ///  && apt show curl
    /// #   ^^^ `apt` is made for terminals
    /// ```
    ///
    /// `apt-get` and `apt-cache` stay as they are.
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// RUN apt-get update && /usr/bin/apt-get install -y curl \
    ///  && apt-cache show curl
    /// ```
    ///
    /// What only `apt` can do is yours to replace.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN apt list --installed
    /// #   ^^^ `apt` is made for terminals
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN apt-get update && echo apt && command -v apt
    /// ```
    DW405 "apt-cli" Warning On
    "DL3027 CKV_DOCKER_9 KICS semgrep:prefer-apt-get"
    check
}

/// What each of the two can do.
const GET: [&str; 14] = [
    "install",
    "reinstall",
    "remove",
    "purge",
    "update",
    "upgrade",
    "dist-upgrade",
    "autoremove",
    "autopurge",
    "clean",
    "autoclean",
    "build-dep",
    "source",
    "download",
];
const CACHE: [&str; 6] = ["search", "show", "showsrc", "policy", "depends", "rdepends"];

fn check(checker: &Checker<'_>) {
    for (_, command) in checker.commands(&["apt"]) {
        let Some(word) = command.words.first() else { continue };
        let span = word.span();
        let is_plain = span.slice(checker.source()).ends_with("apt");
        let span = if is_plain { Span::new(span.end - 3, span.end) } else { span };
        let action = action(command);
        let name = if GET.contains(&&*action) {
            Some("apt-get")
        } else if CACHE.contains(&&*action) {
            Some("apt-cache")
        } else {
            None
        };
        let fix = name
            .filter(|_| is_plain)
            .map(|name| Fix::safe(format!("Write {name}"), vec![Edit::replace(span, name)]));
        checker.report(
            Finding::new(
                span,
                "`apt` is made for terminals",
                "Write apt-get, or apt-cache, which scripts can rely on.",
            )
            .fix(fix),
        );
    }
}
