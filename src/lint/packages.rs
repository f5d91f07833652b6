//! What package managers are called, what they ask, what they leave behind.

use std::borrow::Cow;

use crate::{
    diagnostic::Fix,
    lint::{
        checker::{Base, Checker, Finding, Run, Value},
        edit,
        image::Family,
    },
    shell::{Command, Word},
    syntax::InstructionKind,
    text::Span,
};

pub(crate) const APT: &[&str] = &["apt-get", "apt", "aptitude"];
pub(crate) const APK: &[&str] = &["apk"];
pub(crate) const YUM: &[&str] = &["yum"];
pub(crate) const DNF: &[&str] = &["dnf", "microdnf", "dnf5", "tdnf"];
pub(crate) const ZYPPER: &[&str] = &["zypper"];

/// What `yum` and `dnf` do after they have asked, and the flags that answer.
pub(crate) const RPM_ASKS: &[&str] = &[
    "install",
    "localinstall",
    "groupinstall",
    "group install",
    "groups install",
    "module install",
    "module enable",
    "reinstall",
    "update",
    "upgrade",
    "downgrade",
    "remove",
    "erase",
    "autoremove",
    "distro-sync",
    "swap",
];
pub(crate) const RPM_YES: &[&str] = &["-y", "--assumeyes", "--assumeno", "--downloadonly"];
/// What fills and what empties the caches of `yum` and `dnf`.
pub(crate) const RPM_FILLS: &[&str] = &[
    "install",
    "localinstall",
    "groupinstall",
    "group install",
    "groups install",
    "module install",
    "reinstall",
    "update",
    "upgrade",
    "distro-sync",
    "makecache",
];
pub(crate) const RPM_EMPTIES: &[&str] = &["clean all", "clean packages"];

/// Words that need another one to say what is done: `dnf module install`.
const GROUPS: [&str; 4] = ["group", "groups", "module", "global"];

/// The words that say what a package manager does: `install`, `module install`, `global add`.
pub(crate) fn action<'t>(command: &Command<'t>) -> Cow<'t, str> {
    let mut words = command.operands().iter().map(|it| it.rough());
    let first = words.next().unwrap_or_default();
    if !GROUPS.contains(&&*first) {
        return first;
    }
    let second = words.next().unwrap_or_default();
    format!("{first} {second}").into()
}

/// The last word of the action.
pub(crate) fn action_word<'t>(command: &Command<'t>) -> Option<Word<'t>> {
    let operands = command.operands();
    let is_two = operands.first().is_some_and(|it| GROUPS.contains(&&*it.rough()));
    operands.get(usize::from(is_two)).copied()
}

/// From the name of the program to the end of a word.
pub(crate) fn through(command: &Command<'_>, word: Word<'_>) -> Span {
    let start = name_span(command);
    Span::new(start.start, word.span().end.max(start.end))
}

/// The word that names the program.
pub(crate) fn name_span(command: &Command<'_>) -> Span {
    match command.words.first() {
        Some(it) => it.span(),
        None => command.span(),
    }
}

/// Whether the name of a package is that of a file with this ending, which is written in small letters.
pub(crate) fn ends(package: &str, ending: &str) -> bool {
    package.ends_with(ending)
}

/// The program's name and what it is to do: `apt-get update`.
pub(crate) fn head(command: &Command<'_>) -> Span {
    match action_word(command) {
        Some(it) => through(command, it),
        None => command.span(),
    }
}

/// What a command installs, with variables expanded: what is known of it. `None` if it does not install.
pub(crate) fn installed(
    checker: &Checker<'_>,
    run: &Run<'_>,
    command: &Command<'_>,
) -> Option<Vec<Value>> {
    let mut values = checker.values(run, installs(command)?.iter().copied());
    values.retain(is_package);
    Some(values)
}

/// The words of a command that name what it installs. `None` if it does not install.
pub(crate) fn installs<'r, 't>(command: &'r Command<'t>) -> Option<&'r [Word<'t>]> {
    let groups = || matches!(&*action(command), "module install" | "global add");
    let rest = || groups().then(|| command.operands().get(2..).unwrap_or_default());
    command.packages().or_else(rest)
}

/// Whether a value may be the name of a package.
pub(crate) fn is_package(value: &Value) -> bool {
    !value.text.starts_with('-') && !value.text.is_empty()
}

/// Reports the packages of a command that have no version: one finding, at the first of them.
pub(crate) fn report_unpinned(
    checker: &Checker<'_>,
    packages: &[Value],
    is_pinned: impl Fn(&str) -> bool,
    help: &'static str,
) {
    let found: Vec<_> = packages.iter().filter(|it| !is_pinned(&it.text)).collect();
    let message = match found.as_slice() {
        [] => return,
        [one] => format!("`{}` has no version", one.text),
        [one, two] => format!("`{}` and `{}` have no version", one.text, two.text),
        [one, two, rest @ ..] => {
            format!("`{}`, `{}` and {} more have no version", one.text, two.text, rest.len())
        }
    };
    if let Some(first) = found.first() {
        checker.report(Finding::new(first.span, message, help));
    }
}

/// How a package manager is told not to ask.
pub(crate) struct Yes {
    pub(crate) names: &'static [&'static str],
    /// What it asks about, with blanks between.
    pub(crate) asks: &'static [&'static str],
    /// The flags that answer.
    pub(crate) flags: &'static [&'static str],
    /// The words of settings that answer, and the files with settings.
    pub(crate) settings: &'static [&'static str],
    pub(crate) files: &'static [&'static str],
    /// The flag that the repair adds, and whether it stands behind the name of the program.
    pub(crate) adds: &'static str,
    pub(crate) is_first: bool,
}

/// Reports commands that would ask, and get no answer.
pub(crate) fn report_missing_yes(checker: &Checker<'_>, yes: &Yes) {
    if !checker.uses(yes.names) || is_configured(checker, yes.settings, yes.files) {
        return;
    }
    for (run, command) in checker.commands(yes.names) {
        let action = action(command);
        if !yes.asks.contains(&&*action)
            || command.before() == "|"
            || checker.has_flag(run, command, yes.flags)
            || checker.has_unknown(run, command)
            || is_twice_quiet(command)
        {
            continue;
        }
        let at = if yes.is_first { command.words.first().copied() } else { action_word(command) };
        let edit = at.and_then(|it| edit::after_word(run, it, yes.adds));
        let flag = yes.adds.trim();
        checker.report(
            Finding::new(
                head(command),
                format!("`{} {action}` asks before it goes on, and nobody answers", command.name()),
                format!("Add {flag}."),
            )
            .fix(edit.map(|it| Fix::safe(format!("Add {flag}"), vec![it]))),
        );
    }
}

/// Whether `apt-get` is told to be quiet twice, which answers questions: `-qq`, `-q=2`.
fn is_twice_quiet(command: &Command<'_>) -> bool {
    use crate::shell::Arg;
    if !APT.contains(&command.name()) {
        return false;
    }
    let count: usize = command
        .args()
        .iter()
        .map(|it| match it {
            Arg::Flag { name, value, .. } if matches!(&**name, "-q" | "--quiet") => {
                value.as_deref().map_or(1, |it| it.parse().unwrap_or(1))
            }
            _ => 0,
        })
        .sum();
    count >= 2
}

/// Whether the file says something in a setting, or copies a file of settings into the image.
pub(crate) fn is_configured(checker: &Checker<'_>, settings: &[&str], files: &[&str]) -> bool {
    settings.iter().any(|it| checker.source().contains(it))
        || checker.instructions().any(|it| match &it.kind {
            InstructionKind::Copy(it) | InstructionKind::Add(it) => {
                files.iter().any(|file| it.destination.starts_with(file))
            }
            _ => false,
        })
}

/// What kind of system each stage is: by its base image, or else by the package manager that it uses.
pub(super) fn systems(checker: &Checker<'_>) -> Vec<Family> {
    let count = checker.stages().len();
    let mut systems = Vec::with_capacity(count);
    for at in 0..count {
        let known = match checker.base(at) {
            Base::Stage(below) => systems.get(*below).copied(),
            Base::Image(_) | Base::Scratch | Base::Unknown => None,
        };
        // A part of a file is looked at as if it stood in most files.
        let is_part = checker.stages().get(at).is_some_and(|it| it.head.is_none());
        let named = || if is_part { Family::Debian } else { checker.family(at) };
        systems.push(known.unwrap_or_else(named));
    }
    if systems.contains(&Family::Unknown) {
        let managers: Vec<_> = [APT, APK, YUM, DNF, ZYPPER].concat();
        for (run, command) in checker.commands(&managers) {
            let system = systems.get_mut(run.stage()).filter(|it| **it == Family::Unknown);
            if let (Some(system), Some(found)) = (system, family(command.name())) {
                *system = found;
            }
        }
    }
    // What is built on it is the same.
    for at in 0..count {
        if let Base::Stage(below) = checker.base(at)
            && let Some(below) = systems.get(*below).copied()
            && let Some(it) = systems.get_mut(at).filter(|it| **it == Family::Unknown)
        {
            *it = below;
        }
    }
    systems
}

fn family(name: &str) -> Option<Family> {
    let families = [
        (APT, Family::Debian),
        (APK, Family::Alpine),
        (YUM, Family::RedHat),
        (DNF, Family::RedHat),
        (ZYPPER, Family::Suse),
    ];
    families.iter().find(|it| it.0.contains(&name)).map(|it| it.1)
}

/// Whether a package of `yum` or `dnf` says which version it is, or needs none.
pub(crate) fn has_rpm_version(command: &Command<'_>, package: &str) -> bool {
    let action = action(command);
    if action.starts_with("module") {
        return package.contains(':');
    }
    let last = package.rsplit_once('-').map_or("", |it| it.1);
    action.starts_with("group")
        || action == "localinstall"
        || package.starts_with('@')
        || package.contains('/')
        || ends(package, ".rpm")
        || last.starts_with(|it: char| it.is_ascii_digit())
        || last.contains('*')
}
