use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding, Run},
        declare::rule,
    },
    shell::Command,
    text::Span,
};

rule! {
    /// A build runs as root unless `USER` says otherwise, so `sudo` has nothing to do there. In the image it is a way to
    /// become root that attackers know well, and it gives signals and terminals a process more to get lost in.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN sudo apt-get update && sudo -E apt-get install -y curl
    /// #   ^^^^ `sudo` in a build
    /// #                          ^^^^ `sudo` in a build
    /// ```
    ///
    /// The program is found by what runs it, in another folder and in `sh -c` too.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN ["/usr/bin/sudo", "id"]
    /// #     ^^^^^^^^^^^^^ `sudo` in a build
    /// ```
    ///
    /// Become another user by `USER`, and root by `USER root`.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// USER root
    /// RUN apt-get update && apt-get install -y sudo
    /// USER www-data
    /// ```
    ///
    /// Where root runs the command anyway, the repair leaves the word out.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// USER root
    /// RUN sudo id
    /// #   ^^^^ `sudo` in a build
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// USER root
    /// RUN id
    /// ```
    DW601 "sudo" Error On
    "DL3004 DS-0010 CKV2_DOCKER_1 KICS semgrep:no-sudo-in-dockerfile"
    check
}

fn check(checker: &Checker<'_>) {
    for run in checker.runs() {
        for command in run.commands.iter().filter(|it| it.through.contains(&"sudo")) {
            let Some(word) =
                command.all_words().find(|it| it.value().is_some_and(|it| is_sudo(&it)))
            else {
                continue;
            };
            checker.report(
                Finding::new(
                    word.span(),
                    "`sudo` in a build",
                    "Leave it out, or switch with USER.",
                )
                .fix(fix(checker, run, command, word.span())),
            );
        }
    }
}

fn is_sudo(word: &str) -> bool {
    word.rsplit('/').next() == Some("sudo")
}

/// Takes the word out if root runs the command and no flag follows.
fn fix(checker: &Checker<'_>, run: &Run<'_>, command: &Command<'_>, sudo: Span) -> Option<Fix> {
    let next = command.words.first()?.span();
    let source = checker.source();
    let between = Span::new(sudo.end, next.start).slice(source);
    let is_root = checker.user_at(run.stage(), run.instruction()).is_some_and(|it| it == "root");
    let is_alone = !between.is_empty() && between.chars().all(|it| it == ' ');
    (is_root && is_alone)
        .then(|| Fix::safe("Leave out sudo", vec![Edit::delete(Span::new(sudo.start, next.start))]))
}
