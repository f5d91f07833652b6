use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding, Run},
        declare::rule,
        edit::line_end,
        image::Family,
    },
    shell::{Command, Dialect, Id, Kind, Tree},
};

rule! {
    /// A pipeline succeeds if its last command does. If what stands before it fails, the build goes on, with whatever came
    /// through: nothing, or a half.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN curl -fsSL https://example.org/a.tgz | tar xz
    /// #                                        ^ if `curl` fails, nobody sees it
    /// RUN VERSION=$(curl -fsSL https://example.org/version | head -n1) && echo "$VERSION"
    /// #                                                    ^ if `curl` fails, nobody sees it
    /// ```
    ///
    /// With `pipefail` the shell looks at all of them. Not every shell has it: Debian's `sh` does not, so the repair
    /// chooses another one for what follows.
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// SHELL ["/bin/bash", "-o", "pipefail", "-c"]
    /// RUN curl -fsSL https://example.org/a.tgz | tar xz
    /// RUN VERSION=$(curl -fsSL https://example.org/version | head -n1) && echo "$VERSION"
    /// ```
    ///
    /// ```dockerfile bad
    /// FROM alpine:3.22
    /// RUN apk info -v | sort > /packages
    /// #               ^ if `apk` fails, nobody sees it
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM alpine:3.22
    /// SHELL ["/bin/ash", "-eo", "pipefail", "-c"]
    /// RUN apk info -v | sort > /packages
    /// ```
    ///
    /// It may be set in the script too. What only prints cannot fail, and where a pipeline is a question, or an argument,
    /// nobody looks at its status anyway.
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS base
    /// RUN echo deb | tee /etc/a && yes | ./setup && if dpkg -l | grep -q vim; then echo "$(date | cut -c1-4)"; fi
    /// RUN ["/bin/bash", "-o", "pipefail", "-c", "curl -fsSL https://example.org | sh"]
    /// RUN bash -euo pipefail -c 'curl -fsSL https://example.org | sh'
    /// SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
    /// FROM base
    /// RUN curl -fsSL https://example.org/a.tgz | tar xz
    /// FROM fedora:42
    /// RUN set -exo pipefail; curl -fsSL https://example.org/a.tgz | tar xz
    /// RUN <<EOF
    /// #!/bin/bash -e
    /// set -o pipefail
    /// curl -fsSL https://example.org/a.tgz | tar xz
    /// EOF
    /// ```
    DW501 "missing-pipefail" Warning On
    "DL4006 KICS semgrep:set-pipefail"
    check
}

/// Commands that do no more than print.
const PRINTERS: [&str; 7] = ["echo", "printf", "yes", "true", ":", "false", "seq"];

fn check(checker: &Checker<'_>) {
    let systems = checker.systems();
    let mut changed = None;
    for run in checker.runs() {
        let main = run.script.script.tree();
        if !main.is_some_and(|it| it.source.text().contains('|')) {
            continue;
        }
        if run.script.shell.iter().any(|it| it.contains("pipefail"))
            || run.commands.iter().any(sets_pipefail)
        {
            continue;
        }
        let is_main = |it: &&Command<'_>| main.is_some_and(|main| std::ptr::eq(main, it.tree));
        let Some((pipe, command)) = run.commands.iter().filter(is_main).find_map(unseen) else {
            continue;
        };
        let name = command.name();
        let name = if name.is_empty() { "the first command" } else { name };
        let quoted = if command.name().is_empty() { name.to_owned() } else { format!("`{name}`") };
        let system = systems.get(run.stage()).copied().unwrap_or(Family::Unknown);
        // One repair is enough for what follows in the stage.
        let is_first = changed != Some(run.stage());
        let fix = shell(checker, run, system).filter(|_| is_first);
        changed = fix.as_ref().map_or(changed, |_| Some(run.stage()));
        checker.report(
            Finding::new(
                command.tree.span(pipe),
                format!("if {quoted} fails, nobody sees it"),
                "Set pipefail, with SHELL or in the script.",
            )
            .fix(fix),
        );
    }
}

/// `set -o pipefail`, `bash -o pipefail`.
fn sets_pipefail(command: &Command<'_>) -> bool {
    let is_shell = Dialect::of(command.name()).is_posix() || command.name() == "zsh";
    (command.name() == "set" || is_shell)
        && command.arguments().iter().any(|it| it.rough() == "pipefail")
}

/// The pipe behind a command that may fail without anybody looking.
fn unseen<'r, 'c>(command: &'r Command<'c>) -> Option<(Id, &'r Command<'c>)> {
    let tree = command.tree;
    let prints = PRINTERS.contains(&command.name())
        || command.name() == "cat" && command.arguments().is_empty()
        || command.words.is_empty();
    if prints || command.after() != "|" || !counts(tree, tree.parent(command.id)) {
        return None;
    }
    let pipe = tree.after(command.id).find(|it| tree.kind(*it) == Kind::Operator)?;
    Some((pipe, command))
}

/// Whether the shell looks at the status of a pipeline, so that `pipefail` makes a difference.
fn counts(tree: &Tree, pipeline: Id) -> bool {
    let mut inside = pipeline;
    for it in tree.parents(pipeline) {
        match tree.kind(it) {
            Kind::Substitution | Kind::Backtick => {
                // `A=$(…)` has the status of what is inside; an argument has none.
                let call = tree.parents(it).find(|it| tree.kind(*it) == Kind::Simple);
                let has_words = |it: Id| tree.children_of(it, Kind::Word).next().is_some();
                if call.is_none_or(has_words) {
                    return false;
                }
            }
            Kind::ProcessSubstitution | Kind::Function => return false,
            Kind::If | Kind::Loop => {
                // A keyword has no parts: it is the node before the list that it is in front of.
                let keyword = tree.text(inside.saturating_sub(1));
                if matches!(keyword, "if" | "elif" | "while" | "until") {
                    return false;
                }
            }
            _ => (),
        }
        inside = it;
    }
    true
}

/// A `SHELL` in front of the `RUN`.
fn shell(checker: &Checker<'_>, run: &Run<'_>, system: Family) -> Option<Fix> {
    let shell = match system {
        Family::Debian | Family::RedHat | Family::Suse => {
            r#"["/bin/bash", "-o", "pipefail", "-c"]"#
        }
        Family::Alpine | Family::Busybox => r#"["/bin/ash", "-eo", "pipefail", "-c"]"#,
        Family::Windows | Family::Scratch | Family::Unknown => return None,
    };
    // Who chose a shell, or gives the script a first line, chooses again.
    if !run.script.shell.is_empty() || run.script.is_exec || run.script.is_trigger {
        return None;
    }
    let first = run.script.script.tree().map_or("", |it| it.source.text());
    let line_end = line_end(checker.source());
    let text = format!("SHELL {shell}{line_end}");
    let edit = Edit::insert(run.instruction().span.start, text);
    (!first.starts_with("#!")).then(|| Fix::risky("Add a SHELL with pipefail", vec![edit]))
}
