use crate::{
    diagnostic::Fix,
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        edit::after_word,
        image::Family,
        packages::APK,
    },
    shell::{Arg, Command},
};

rule! {
    /// Where no terminal is, `wget` prints a line of dots for each 50 kilobytes. A large file drowns the log of the build.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN wget https://example.org/large.iso
    /// #   ^^^^ `wget` fills the log with dots
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// RUN wget --progress=dot:giga https://example.org/large.iso
    /// ```
    ///
    /// Quiet is fine. The `wget` of `BusyBox` has no dots, and which one an unknown image has is not known.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN wget -q a && wget -nv b && wget -qO- c && wget --no-verbose d && wget -o log e
    /// FROM alpine:3.22
    /// RUN wget https://example.org/large.iso
    /// FROM me/tool
    /// RUN wget https://example.org/large.iso
    /// ```
    DW506 "wget-progress" Style On
    "DL3047 droast:DF056"
    check
}

const FLAGS: [&str; 9] = [
    "--progress",
    "-q",
    "--quiet",
    "-o",
    "--output-file",
    "-a",
    "--append-output",
    "--no-verbose",
    "--spider",
];

fn check(checker: &Checker<'_>) {
    if !checker.uses(&["wget"]) {
        return;
    }
    let systems = checker.systems();
    let mut gnu: Vec<_> = systems.iter().map(|it| is_gnu(*it)).collect();
    for (run, command) in checker.commands(APK) {
        let packages = command.packages().unwrap_or_default();
        if packages.iter().any(|it| it.rough() == "wget")
            && let Some(it) = gnu.get_mut(run.stage())
        {
            *it = true;
        }
    }
    for (run, command) in checker.commands(&["wget"]) {
        if gnu.get(run.stage()) != Some(&true)
            || checker.has_flag(run, command, &FLAGS)
            || checker.has_unknown(run, command)
            || is_terse(command)
        {
            continue;
        }
        let Some(name) = command.words.first() else { continue };
        let edit = after_word(run, *name, " --progress=dot:giga");
        checker.report(
            Finding::new(
                name.span(),
                "`wget` fills the log with dots",
                "Add --progress=dot:giga, or -q.",
            )
            .fix(edit.map(|it| Fix::safe("Add --progress=dot:giga", vec![it]))),
        );
    }
}

fn is_gnu(system: Family) -> bool {
    matches!(system, Family::Debian | Family::RedHat | Family::Suse)
}

/// `-nv` is one flag.
fn is_terse(command: &Command<'_>) -> bool {
    command.args().iter().any(|it| match it {
        Arg::Flag { name, word, .. } => name == "-n" && word.rough().contains("nv"),
        Arg::Operand(_) => false,
    })
}
