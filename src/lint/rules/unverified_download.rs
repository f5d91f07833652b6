use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        downloads::is_verified,
    },
    shell::Command,
};

rule! {
    /// A file from the network may be another one tomorrow. A checksum in the same `RUN` stops the build then. This rule is
    /// off: many take it that the server is trusted.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN curl -fsSL -o /tmp/a https://example.org/a && wget https://example.org/b
    /// #                        ^^^^^^^^^^^^^^^^^^^^^ nothing compares this download with what it should be
    /// #                                                      ^^^^^^^^^^^^^^^^^^^^^ nothing compares this download with what it should be
    /// ```
    ///
    /// `ADD --checksum` does both. What is not kept is not looked at.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN curl -fsSLO https://example.org/a && echo "$SUM a" | sha256sum -c
    /// RUN curl -fsS https://example.org/health && wget -qO- https://example.org/list | wc -l
    /// ADD --checksum=sha256:ade97f2d3ce6b3fb0fa06c3a1d5bfc5a7ddf4b1dd9ca2d0aee0d9b9c1bfcf1df https://example.org/a /a
    /// ```
    DW608 "unverified-download" Info Off ""
    check
}

fn check(checker: &Checker<'_>) {
    let runs = checker.runs_with(&["curl", "wget"]).map(|it| it.1);
    for run in runs.filter(|it| !is_verified(it)) {
        for command in run.commands.iter().filter(|it| is_kept(it)) {
            for word in command.operands() {
                let text = word.rough();
                if text.starts_with("https://") || text.starts_with("http://") {
                    checker.report(Finding::new(
                        word.span(),
                        "nothing compares this download with what it should be",
                        "Compare its checksum in the same RUN, or use ADD --checksum.",
                    ));
                }
            }
        }
    }
}

/// Whether a command puts a download into a file.
fn is_kept(command: &Command<'_>) -> bool {
    let file = |names: &[&str]| command.flag(names);
    let is_file = |it: &str| !matches!(it, "-" | "/dev/null" | "/dev/stdout");
    match command.name() {
        "curl" => {
            command.has_flag(&["-O", "--remote-name", "--remote-name-all"])
                || file(&["-o", "--output"]).is_some_and(is_file)
        }
        "wget" => {
            file(&["-O", "--output-document"]).is_none_or(is_file)
                && !command.has_flag(&["--spider"])
        }
        _ => false,
    }
}
