use crate::lint::{
    checker::Checker,
    declare::rule,
    packages::{ends, installed, report_unpinned},
};

rule! {
    /// Without a version the same file installs something else tomorrow, and a new major version breaks what worked.
    ///
    /// ```dockerfile bad
    /// FROM ruby:3.4
    /// RUN gem install --no-document bundler
    /// #                             ^^^^^^^ `bundler` has no version
    /// ```
    ///
    /// ```dockerfile good
    /// FROM ruby:3.4
    /// ARG RAILS=8.0
    /// RUN gem install bundler:2.7 rails:$RAILS ./tool-1.0.gem && gem install -v 5.1 puma && gem update --system
    /// ```
    DW461 "gem-unpinned" Warning On
    "DL3028 KICS"
    check
}

fn check(checker: &Checker<'_>) {
    for (run, command) in checker.commands(&["gem"]) {
        if checker.has_flag(run, command, &["-v", "--version", "-g", "--file"]) {
            continue;
        }
        let packages = installed(checker, run, command).unwrap_or_default();
        let is_pinned = |it: &str| it.contains([':', '/']) || ends(it, ".gem");
        report_unpinned(checker, &packages, is_pinned, "Write name:version.");
    }
}
