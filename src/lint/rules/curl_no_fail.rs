use crate::{
    diagnostic::Fix,
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        edit::after_word,
    },
    shell::{Command, Kind},
};

rule! {
    /// When a server answers with an error, `curl` succeeds: the page that says "not found" becomes the file, or the script
    /// that a shell runs.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN curl -sSLO https://example.org/tool && curl https://example.org/key > /key
    /// #   ^^^^ `curl` takes the page of an error for the file
    /// #                                          ^^^^ `curl` takes the page of an error for the file
    /// RUN curl -sL https://example.org/a.tgz | tar xz && VERSION=$(curl -s https://example.org/version)
    /// #   ^^^^ `curl` takes the page of an error for the file
    /// #                                                            ^^^^ `curl` takes the page of an error for the file
    /// ```
    ///
    /// With `-f` it fails. Where an error was taken for a file, the build breaks now.
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// RUN curl -f -sSLO https://example.org/tool && curl -f https://example.org/key > /key
    /// RUN curl -f -sL https://example.org/a.tgz | tar xz && VERSION=$(curl -f -s https://example.org/version)
    /// ```
    ///
    /// Where the output goes nowhere, or shows the status, nothing is mistaken.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN curl -fsSLO https://example.org/tool && curl --fail-with-body -o a https://example.org/a
    /// RUN curl -X POST https://example.org/hook && curl -sI https://example.org | grep 200 && curl --version | head -n1
    /// RUN curl -so /dev/null -w '%{http_code}' https://example.org > status
    /// ```
    DW511 "curl-no-fail" Info On
    "droast:DF035"
    check
}

const FLAGS: [&str; 10] = [
    "-f",
    "--fail",
    "--fail-with-body",
    "--fail-early",
    "-I",
    "--head",
    "-w",
    "--write-out",
    "-V",
    "--version",
];
const KEEPS: [&str; 5] = ["-o", "--output", "-O", "--remote-name", "--remote-name-all"];

fn check(checker: &Checker<'_>) {
    for (run, command) in checker.commands(&["curl"]) {
        if checker.has_flag(run, command, &FLAGS)
            || checker.has_unknown(run, command)
            || !is_kept(command)
        {
            continue;
        }
        let Some(name) = command.words.first() else { continue };
        let edit = after_word(run, *name, " -f");
        checker.report(
            Finding::new(name.span(), "`curl` takes the page of an error for the file", "Add -f.")
                .fix(edit.map(|it| Fix::risky("Add -f", vec![it]))),
        );
    }
}

/// Whether the output becomes a file, or what another command reads.
fn is_kept(command: &Command<'_>) -> bool {
    let tree = command.tree;
    let nowhere = |it: &str| it == "/dev/null";
    let to_file = command.redirects().any(|it| {
        matches!(it.0, ">" | ">>" | "1>" | "&>") && !it.1.is_some_and(|it| nowhere(&it.rough()))
    });
    let is_inside = tree.parents(command.id).any(|it| {
        matches!(tree.kind(it), Kind::Substitution | Kind::Backtick | Kind::ProcessSubstitution)
    });
    let output = command.flag(&["-o", "--output"]);
    !output.is_some_and(nowhere)
        && (command.has_flag(&KEEPS) || to_file || command.after() == "|" || is_inside)
}
