use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding, Run},
        declare::rule,
    },
    shell::{Command, Dialect, Kind, Tree},
};

rule! {
    /// A here-document is a script, and a script goes on when a command fails. Only the status of its last command counts:
    /// the build succeeds, and something is missing.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN <<EOF
    /// #   ^^^^^ the build goes on when one of these commands fails
    /// apt-get update
    /// apt-get install -y curl
    /// EOF
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// RUN <<EOF
    /// set -e
    /// apt-get update
    /// apt-get install -y curl
    /// EOF
    /// ```
    ///
    /// A first line that names a shell is no help alone.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN <<-EOF
    /// #   ^^^^^^ the build goes on when one of these commands fails
    /// 	#!/bin/bash
    /// 	make
    /// 	make install
    /// 	EOF
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// RUN <<-EOF
    /// 	#!/bin/bash
    /// 	set -e
    /// 	make
    /// 	make install
    /// 	EOF
    /// ```
    ///
    /// It may be set in any way, and is not needed where only the last command can fail.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN <<EOF
    /// make && make install
    /// EOF
    /// RUN <<EOF
    /// echo start
    /// make
    /// EOF
    /// RUN <<EOF
    /// #!/bin/sh -eux
    /// make
    /// make install
    /// EOF
    /// RUN <<EOF
    /// #!/usr/bin/env python3
    /// import os
    /// print(os)
    /// EOF
    /// SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
    /// RUN <<EOF
    /// make
    /// make install
    /// EOF
    /// ```
    DW509 "heredoc-no-errexit" Warning On
    ""
    check
}

/// Commands that do not fail.
const HARMLESS: [&str; 8] = ["echo", "printf", "true", ":", "set", "export", "unset", "exit"];

fn check(checker: &Checker<'_>) {
    for run in checker.runs() {
        let [heredoc] = run.instruction().heredocs.iter().as_slice() else { continue };
        let Some(tree) = run.script.script.tree().filter(|it| it.mistakes.is_empty()) else {
            continue;
        };
        let is_script = run.instruction().arguments().span == heredoc.opener;
        let first = tree.source.text().lines().next().unwrap_or_default();
        let has_e = |it: &str| is_short_e(it);
        let is_set = first.starts_with("#!") && first.split(' ').any(has_e)
            || !first.starts_with("#!") && run.script.shell.iter().any(|it| has_e(it))
            || run.commands.iter().any(sets_errexit);
        if !is_script || is_set || !goes_on(tree, run) {
            continue;
        }
        let line = first.len() + 1;
        let start = if first.starts_with("#!") { line } else { 0 };
        let next = tree.source.text().get(start..).unwrap_or_default();
        let indent: String = next.chars().take_while(|it| matches!(it, ' ' | '\t')).collect();
        let place = crate::text::to_u32(start);
        let edit = Edit::insert(
            tree.source.span(place, place + 1).start,
            format!("{indent}set -e\n{}", tabs(heredoc.strip_tabs, checker, tree, place)),
        );
        checker.report(
            Finding::new(
                heredoc.opener,
                "the build goes on when one of these commands fails",
                "Begin with set -e.",
            )
            .fix(Fix::risky("Add set -e", vec![edit])),
        );
    }
}

/// The tabs before a line, which the shell does not see in a `<<-`.
fn tabs<'c>(strips: bool, checker: &Checker<'c>, tree: &Tree, place: u32) -> &'c str {
    let start = tree.source.span(place, place + 1).start as usize;
    let before = checker.source().get(..start).unwrap_or_default();
    let line = before.get(before.rfind('\n').map_or(0, |it| it + 1)..).unwrap_or_default();
    if strips { line } else { "" }
}

/// `set -e`, `set -euo pipefail`, `set -o errexit`.
fn sets_errexit(command: &Command<'_>) -> bool {
    command.name() == "set"
        && command.arguments().iter().any(|it| is_short_e(&it.rough()) || it.rough() == "errexit")
}

/// `-e`, `-eux`.
fn is_short_e(flag: &str) -> bool {
    let letters = flag.strip_prefix('-').filter(|it| !it.starts_with('-'));
    letters.is_some_and(|it| it.contains('e') && it.len() < 8)
}

/// Whether a command that may fail has another one behind it.
fn goes_on(tree: &Tree, run: &Run<'_>) -> bool {
    if run.script.dialect == Dialect::Other {
        return false;
    }
    let lists = tree.children_of(0, Kind::List);
    let mut chains: Vec<_> = lists.flat_map(|it| tree.children_of(it, Kind::AndOr)).collect();
    chains.pop();
    let is_in = |it: &Command<'_>| {
        std::ptr::eq(it.tree, tree) && !it.words.is_empty() && !HARMLESS.contains(&it.name())
    };
    let Some(end) = chains.last().map(|it| tree.node(*it).next) else { return false };
    // One that ends with `|| true` or `|| exit 1` is looked at.
    let is_guarded = |it: &Command<'_>| it.before() == "||" || it.after() == "||";
    run.commands.iter().any(|it| is_in(it) && it.id < end && !is_guarded(it))
}
