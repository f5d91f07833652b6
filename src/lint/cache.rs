//! What package managers leave behind for the next time, and where.

use std::borrow::Cow;

use crate::{
    diagnostic::Fix,
    lint::{
        checker::{Checker, Finding, Run},
        edit,
        mounts::{is_mounted, last_removal},
        packages::{action, head},
    },
    shell::Command,
};

/// What a package manager leaves behind.
pub(crate) struct Cache {
    /// The programs.
    pub(crate) names: &'static [&'static str],
    /// What fills it: `install`.
    pub(crate) fills: &'static [&'static str],
    /// What empties it: `clean all`.
    pub(crate) empties: &'static [&'static str],
    /// Where it is; `~` is any home.
    pub(crate) paths: &'static [&'static str],
    /// The variables that move it, and what is behind their values.
    pub(crate) moves: &'static [(&'static str, &'static str)],
    /// The flags that turn it off, or move it.
    pub(crate) flags: &'static [&'static str],
}

impl Cache {
    /// Whether a command fills it.
    pub(crate) fn is_filled(&self, checker: &Checker<'_>, run: &Run<'_>, it: &Command<'_>) -> bool {
        self.names.contains(&it.name())
            && self.fills.contains(&&*action(it))
            && !checker.has_flag(run, it, self.flags)
    }

    /// Whether it is no part of the image, whatever the commands do: a mount is over it.
    pub(crate) fn is_mounted(&self, checker: &Checker<'_>, run: &Run<'_>) -> bool {
        let has_mounts = run.flags().is_some_and(|it| !it.mounts.is_empty());
        has_mounts && is_mounted(checker, run, &self.places(checker, run))
    }

    /// The number of the last command of a `RUN` that empties it.
    pub(crate) fn last_emptied(&self, checker: &Checker<'_>, run: &Run<'_>) -> Option<usize> {
        let empties = |it: &Command<'_>| {
            if !self.names.contains(&it.name()) {
                return false;
            }
            let mut words = it.operands().iter().map(|it| it.rough());
            let first = words.next().unwrap_or_default();
            let both = format!("{first} {}", words.next().unwrap_or_default());
            let is_of = |known: &&str| **known == *first || **known == *both;
            self.empties.iter().any(is_of)
        };
        let by_itself = run.commands.iter().rposition(empties);
        by_itself.max(last_removal(checker, run, &self.places(checker, run)))
    }

    /// Where it is in a `RUN`: where variables move it, and its usual places.
    fn places<'s>(&'s self, checker: &'s Checker<'_>, run: &Run<'_>) -> Vec<Cow<'s, str>> {
        let value = |name: &str| checker.variable(run, name)?.value.as_deref();
        let moved = |it: &(&str, &str)| Some(format!("{}{}", value(it.0)?, it.1).into());
        let usual = self.paths.iter().map(|it| Cow::Borrowed(*it));
        self.moves.iter().filter_map(moved).chain(usual).collect()
    }

    /// The last command of each `RUN` that fills it for an image that people get.
    pub(crate) fn kept<'s, 'c>(
        &'s self,
        checker: &'s Checker<'c>,
    ) -> impl Iterator<Item = (usize, &'s Run<'c>, &'s Command<'c>)> {
        checker.runs_with(self.names).filter_map(move |(number, run)| {
            let filled = run.commands.iter().rposition(|it| self.is_filled(checker, run, it))?;
            let is_kept = checker.ships(run.stage())
                && !self.is_mounted(checker, run)
                && self.last_emptied(checker, run) < Some(filled);
            is_kept.then_some((number, run, run.commands.get(filled)?))
        })
    }

    /// Reports a command that leaves something behind; the repair adds a command that takes it away, unless something
    /// later needs what is left.
    pub(crate) fn report(
        checker: &Checker<'_>,
        run: &Run<'_>,
        command: &Command<'_>,
        (what, cleaner): (&str, &str),
        is_needed: bool,
    ) {
        let sudo = if command.through.contains(&"sudo") { "sudo " } else { "" };
        let cleaner = format!("{sudo}{cleaner}");
        let edit = edit::append(checker.source(), checker.parse().escape, run, &cleaner);
        let fix = edit.filter(|_| !is_needed);
        let fix = fix.map(|it| Fix::safe(format!("Add {cleaner}"), vec![it]));
        checker.report(
            Finding::new(
                head(command),
                format!("{what} in the image"),
                format!("End the same RUN with {cleaner}."),
            )
            .fix(fix),
        );
    }
}
