use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        downloads::is_verified,
    },
    syntax::InstructionKind,
    text::Span,
};

rule! {
    /// What comes over `http://` can be read and changed by everyone on the way, and then it is in the image.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// ADD http://example.org/app.tar.gz /tmp/
    /// #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ anyone on the way can change this download
    /// RUN curl -fsSLO http://example.org/a && git clone http://example.org/app.git
    /// #               ^^^^^^^^^^^^^^^^^^^^ anyone on the way can change this download
    /// #                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^ anyone on the way can change this download
    /// ```
    ///
    /// Most servers speak `https://` too. A checksum or a signature makes up for it, and so does a network of your own.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ADD --checksum=sha256:ade97f2d3ce6b3fb0fa06c3a1d5bfc5a7ddf4b1dd9ca2d0aee0d9b9c1bfcf1df http://example.org/a /a
    /// RUN curl -O http://example.org/a && echo "$SUM a" | sha256sum -c
    /// RUN curl http://localhost:8080/ http://10.0.0.1/ http://proxy/ http://app.prod.svc/ http://$HOST/
    /// ```
    DW615 "plain-http-download" Info On ""
    check
}

fn check(checker: &Checker<'_>) {
    for instruction in checker.instructions() {
        let InstructionKind::Add(it) = &instruction.kind else { continue };
        if it.flags().checksum.is_none() {
            for source in it.sources.iter().filter(|it| is_open(it)) {
                report(checker, source.span);
            }
        }
    }
    let runs = checker.runs_with(&["curl", "wget", "git"]).map(|it| it.1);
    for run in runs.filter(|it| !is_verified(it)) {
        for command in run.commands.iter().filter(|it| matches!(it.name(), "curl" | "wget" | "git"))
        {
            let is_clone = || matches!(command.subcommand().as_deref(), Some("clone" | "fetch"));
            if command.name() != "git" || is_clone() {
                for word in command.operands().iter().filter(|it| is_open(&it.rough())) {
                    report(checker, word.span());
                }
            }
        }
    }
}

fn report(checker: &Checker<'_>, span: Span) {
    checker.report(Finding::new(
        span,
        "anyone on the way can change this download",
        "Use https, or compare a checksum.",
    ));
}

/// Whether an address goes over an open network without encryption.
fn is_open(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("http://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    let is_private = ["localhost", "127.", "10.", "192.168.", "169.254.", "host.docker.internal"]
        .iter()
        .any(|it| host.starts_with(it));
    let is_172 = host
        .strip_prefix("172.")
        .and_then(|it| it.split('.').next()?.parse::<u8>().ok())
        .is_some_and(|it| (16..32).contains(&it));
    let is_own = [".local", ".internal", ".svc", ".lan", ".localhost", ".test"]
        .iter()
        .any(|it| host.ends_with(it));
    host.contains('.') && !host.contains('$') && !is_private && !is_172 && !is_own
}
