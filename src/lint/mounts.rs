//! Whether what a command leaves behind gets into the image: mounts over it, and commands that remove it.

use std::borrow::Cow;

use crate::{
    lint::checker::{Checker, Run},
    shell::{Command, Word},
};

/// So many words are made of one with braces, and of so many braces.
const MAX_WORDS: usize = 32;
const MAX_BRACES: usize = 8;

/// Whether a cache or a directory in memory is mounted over one of these paths; `~` in them is any home. A mount whose
/// target is not known counts.
pub(crate) fn is_mounted(checker: &Checker<'_>, run: &Run<'_>, paths: &[Cow<'_, str>]) -> bool {
    let Some(flags) = run.flags() else { return false };
    flags.mounts.iter().any(|mount| {
        let kind = mount.value(&["type"]).map_or("", |it| it.as_str());
        let target = mount.value(&["target", "dst", "destination"]);
        matches!(kind, "cache" | "tmpfs")
            && target.is_some_and(|it| match checker.expanded(run, it) {
                Some(it) => paths.iter().any(|path| covers(&it, path, true)),
                None => true,
            })
    })
}

/// Whether a path is in a mount of any type. One whose target is not known counts.
pub(crate) fn is_in_mount(checker: &Checker<'_>, run: &Run<'_>, path: &str) -> bool {
    let Some(flags) = run.flags() else { return false };
    flags.mounts.iter().any(|mount| {
        let target = mount.value(&["target", "dst", "destination"]);
        target.is_some_and(|it| match checker.expanded(run, it) {
            Some(it) => covers(&it, path.trim_end_matches('/'), true),
            None => true,
        })
    })
}

/// The number of the last command of a `RUN` that removes one of these paths, or does what nobody knows.
pub(crate) fn last_removal(
    checker: &Checker<'_>,
    run: &Run<'_>,
    paths: &[Cow<'_, str>],
) -> Option<usize> {
    run.commands.iter().rposition(|it| removes(checker, run, it, paths))
}

fn removes(
    checker: &Checker<'_>,
    run: &Run<'_>,
    command: &Command<'_>,
    paths: &[Cow<'_, str>],
) -> bool {
    let text = |it: &Word<'_>| checker.value(run, *it).unwrap_or_else(|| it.rough().into_owned());
    match command.name() {
        "rm" => {
            let recursive = command.has_flag(&["-r", "-R", "--recursive"]);
            let targets = command.operands();
            targets
                .iter()
                .flat_map(|it| words(&text(it)))
                .any(|target| paths.iter().any(|it| covers(&target, it, recursive)))
        }
        "find" => {
            let arguments = command.arguments();
            let has = |name: &str| arguments.iter().any(|it| it.rough() == name);
            let mut targets = arguments.iter().map(text).take_while(|it| !it.starts_with('-'));
            (has("-delete") || has("rm"))
                && targets.any(|target| paths.iter().any(|it| covers(&target, it, true)))
        }
        // Somebody's own script that cleans up.
        name => name.as_bytes().windows(5).any(|it| it == b"clean"),
    }
}

/// Whether removing or mounting `target` takes all of `path`.
fn covers(target: &str, path: &str, recursive: bool) -> bool {
    let target = home(target);
    let all = ["/*", "/**", "/*_*", "/*.*", "/."].iter().find_map(|it| target.strip_suffix(it));
    let is_inside = all.is_some();
    let target = all.unwrap_or(&target).trim_end_matches(['/', '*']);
    // `rm` without `-r` takes files, and these directories hold little else.
    if target == path {
        return recursive || is_inside;
    }
    recursive && path.strip_prefix(target).is_some_and(|it| it.starts_with('/'))
}

/// The path with `~` for the home of anybody.
fn home(path: &str) -> Cow<'_, str> {
    if !path.starts_with(['~', '$', '/']) {
        return path.into();
    }
    for it in ["~", "$HOME", "${HOME}", "/root"] {
        if let Some(rest) = path.strip_prefix(it)
            && (rest.is_empty() || rest.starts_with('/'))
        {
            return format!("~{rest}").into();
        }
    }
    match path.strip_prefix("/home/").map(|it| it.split_once('/')) {
        Some(Some((_, rest))) => format!("~/{rest}").into(),
        Some(None) => "~".into(),
        None => path.into(),
    }
}

/// The words that braces stand for: `/a/{b,c}`.
fn words(text: &str) -> Vec<String> {
    if !text.contains('{') {
        return vec![text.to_owned()];
    }
    let mut words = vec![String::new()];
    let mut rest = text;
    for _ in 0..MAX_BRACES {
        let Some((before, after)) = rest.split_once('{') else { break };
        let Some((inside, behind)) =
            after.split_once('}').filter(|it| it.0.contains(',') && !before.ends_with('$'))
        else {
            break;
        };
        let parts = inside.split(',').take(MAX_WORDS);
        let more = parts.flat_map(|part| words.iter().map(move |it| format!("{it}{before}{part}")));
        words = more.take(MAX_WORDS).collect();
        rest = behind;
    }
    words.iter().map(|it| format!("{it}{rest}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_cover_what_is_below_them() {
        for (target, path, recursive, expected) in [
            ("/var/lib/apt/lists/*", "/var/lib/apt/lists", false, true),
            ("/var/lib/apt/lists", "/var/lib/apt/lists", false, false),
            ("/var/lib/apt/lists/", "/var/lib/apt/lists", true, true),
            ("/var/lib/apt", "/var/lib/apt/lists", true, true),
            ("/var/lib/ap", "/var/lib/apt/lists", true, false),
            ("/var/lib/apt/lists/partial", "/var/lib/apt/lists", true, false),
            ("/tmp/*", "/var/lib/apt/lists", true, false),
            ("/", "/var/cache/apk", true, true),
            ("$HOME/.cache", "~/.cache/pip", true, true),
            ("/home/me/.cache/pip", "~/.cache/pip", true, true),
            ("/root", "~/.cache/pip", true, true),
            ("/rooted", "~/.cache/pip", true, false),
        ] {
            assert_eq!(covers(target, path, recursive), expected, "{target} {path}");
        }
    }

    #[test]
    fn braces_stand_for_words() {
        for (text, expected) in [
            ("/a", "/a"),
            ("/a/{b,c}/d", "/a/b/d /a/c/d"),
            ("{a,b}{c,d}", "ac bc ad bd"),
            ("${A}/{b}", "${A}/{b}"),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }
}
