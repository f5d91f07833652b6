//! The lists of packages that `apt-get update` fetches: who refreshes them, who uses them.

use crate::{
    lint::{
        cache::Cache,
        checker::{Checker, Run},
        packages::{APT, action, ends, installs, is_package},
    },
    shell::{Command, Word},
};

/// The lists.
pub(crate) const LISTS: Cache = Cache {
    names: APT,
    fills: &["update"],
    empties: &["distclean", "dist-clean"],
    paths: &["/var/lib/apt/lists"],
    moves: &[],
    flags: &["--print-uris"],
};

/// Commands that neither refresh lists nor install.
const OTHERS: [&str; 66] = [
    ":",
    "[",
    "add-apt-key",
    "apt-cache",
    "apt-config",
    "apt-key",
    "apt-mark",
    "awk",
    "basename",
    "cat",
    "cd",
    "chmod",
    "chown",
    "cp",
    "curl",
    "cut",
    "date",
    "debconf-set-selections",
    "dirname",
    "dpkg",
    "dpkg-divert",
    "dpkg-query",
    "dpkg-reconfigure",
    "echo",
    "exit",
    "export",
    "false",
    "find",
    "getent",
    "gpg",
    "grep",
    "groupadd",
    "head",
    "id",
    "install",
    "ln",
    "ls",
    "lsb_release",
    "mkdir",
    "mv",
    "printf",
    "pwd",
    "rm",
    "rmdir",
    "sed",
    "set",
    "sleep",
    "sort",
    "stat",
    "sync",
    "tail",
    "tar",
    "tee",
    "test",
    "touch",
    "tr",
    "true",
    "uname",
    "unset",
    "update-ca-certificates",
    "useradd",
    "usermod",
    "wc",
    "wget",
    "which",
    "xargs",
];

/// What a `RUN` does with the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Use {
    /// The number of its first command that refreshes them.
    pub(crate) refreshes: Option<usize>,
    /// The number of its first command that installs by name, and needs them.
    pub(crate) installs: Option<usize>,
    /// The number of its last command that refreshes them.
    last: Option<usize>,
}

impl Use {
    /// What the `RUN`s do, by their numbers; those without a command of the package manager are left out.
    pub(super) fn all(checker: &Checker<'_>) -> Vec<(usize, Self)> {
        checker.runs_with(APT).map(|(number, run)| (number, Self::of(checker, run))).collect()
    }

    fn of(checker: &Checker<'_>, run: &Run<'_>) -> Self {
        let mut found = Self::default();
        for (at, it) in run.commands.iter().enumerate().filter(|it| is_apt(it.1)) {
            if action(it) == "update" {
                found.refreshes = found.refreshes.or(Some(at));
                found.last = Some(at);
            }
            if found.installs.is_none() && uses_lists(checker, run, it) {
                found.installs = Some(at);
            }
        }
        found
    }

    /// Whether the `RUN` removes them in the end.
    pub(crate) fn removes(self, checker: &Checker<'_>, run: &Run<'_>) -> bool {
        let removed = LISTS.last_emptied(checker, run);
        removed > self.last && removed.is_some()
    }

    /// The number of the first command of which nobody knows whether it does one of these.
    pub(crate) fn unknown(run: &Run<'_>) -> Option<usize> {
        run.commands.iter().position(|it| !is_apt(it) && !is_other(it))
    }
}

fn is_apt(command: &Command<'_>) -> bool {
    APT.contains(&command.name())
}

/// Whether a command installs something by its name, or upgrades.
fn uses_lists(checker: &Checker<'_>, run: &Run<'_>, command: &Command<'_>) -> bool {
    let is_named = |it: &str| !it.contains('/') && !ends(it, ".deb");
    match &*action(command) {
        "upgrade" | "dist-upgrade" | "full-upgrade" | "safe-upgrade" | "build-dep" | "source"
        | "download" => true,
        // What is not known may have a name.
        _ => installs(command).is_some_and(|words| {
            let is_known = |word: &Word<'_>| {
                let values = checker.values(run, [*word]);
                values.iter().any(|it| is_package(it) && is_named(&it.text))
            };
            words.iter().any(is_known) || checker.has_unknown(run, command)
        }),
    }
}

/// Whether a command is known not to need lists of packages.
pub(crate) fn is_other(command: &Command<'_>) -> bool {
    command.words.is_empty() || OTHERS.binary_search(&command.name()).is_ok()
}
