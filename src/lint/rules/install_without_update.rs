use crate::lint::{
    apt::{LISTS, Use},
    checker::{Base, Checker, Finding},
    declare::rule,
    packages::{APT, head},
};

rule! {
    /// `apt-get install` looks for packages in lists. Those that another layer fetched are as old as that layer, which
    /// the builder may keep for weeks; those that another layer removed are gone.
    ///
    /// ```dockerfile bad
    /// FROM debian:13 AS base
    /// RUN apt-get update && apt-get install -y curl
    /// FROM base
    /// RUN apt-get install -y less
    /// #   ^^^^^^^^^^^^^^^ the lists are those of another layer, which the builder keeps
    /// RUN apt-get update && apt-get install -y vim && rm -rf /var/lib/apt/lists/*
    /// RUN apt-get install -y git
    /// #   ^^^^^^^^^^^^^^^ the lists are gone: another layer removed them
    /// ```
    ///
    /// Refresh them in the same `RUN`. Files and mounted lists need no update, and what scripts do is not known. If the
    /// update has a `RUN` of its own, `update-alone` says so.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
    /// RUN curl -fsSLO https://example.org/a.deb && apt-get install -y ./a.deb
    /// RUN curl -fsSL https://example.org/setup.sh | bash && apt-get install -y nodejs
    /// RUN --mount=type=bind,source=.,target=/src --mount=type=cache,target=/var/lib/apt apt-get install -y less
    /// FROM me/base
    /// RUN apt-get install -y curl
    /// RUN apt-get update
    /// RUN apt-get install -y less
    /// ```
    DW407 "install-without-update" Warning On
    ""
    check
}

/// The lists, as far as a stage knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lists {
    /// They are what the base image has.
    Unknown,
    /// A layer has them.
    Kept,
    /// A layer removed them.
    Removed,
}

fn check(checker: &Checker<'_>) {
    if !checker.uses(APT) {
        return;
    }
    let mut all: Vec<Lists> = Vec::with_capacity(checker.stages().len());
    let mut runs = checker.runs().iter().enumerate().peekable();
    let mut uses = checker.list_uses().iter().peekable();
    for at in 0..checker.stages().len() {
        let mut lists = match checker.base(at) {
            Base::Stage(below) => all.get(*below).copied().unwrap_or(Lists::Unknown),
            Base::Image(_) | Base::Scratch | Base::Unknown => Lists::Unknown,
        };
        while let Some((number, run)) = runs.next_if(|it| it.1.stage() == at) {
            let it = uses.next_if(|it| it.0 == number).map(|it| it.1).unwrap_or_default();
            if run.script.is_trigger || LISTS.is_mounted(checker, run) {
                continue;
            }
            let comes_first = |other: Option<usize>| other.is_some() && other < it.installs;
            let unknown = if it.installs.is_some() || lists == Lists::Removed {
                Use::unknown(run)
            } else {
                None
            };
            if !comes_first(it.refreshes) && !comes_first(unknown) {
                let message = match lists {
                    Lists::Unknown => None,
                    Lists::Kept => {
                        Some("the lists are those of another layer, which the builder keeps")
                    }
                    Lists::Removed => Some("the lists are gone: another layer removed them"),
                };
                let command = it.installs.and_then(|it| run.commands.get(it));
                if let (Some(message), Some(command)) = (message, command) {
                    checker.report(Finding::new(
                        head(command),
                        message,
                        "Write apt-get update && before it.",
                    ));
                }
            }
            lists = if it.removes(checker, run) {
                Lists::Removed
            } else if it.refreshes.is_some() && it.installs.is_some() {
                Lists::Kept
            } else if it.refreshes.is_some() || unknown.is_some() && lists == Lists::Removed {
                // One of its own is another rule's, and a script may have refreshed them.
                Lists::Unknown
            } else {
                lists
            };
        }
        all.push(lists);
    }
}
