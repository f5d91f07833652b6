use crate::{
    diagnostic::Fix,
    lint::{
        checker::{Checker, Finding, Run},
        declare::rule,
        edit::after_word,
        packages::{action, action_word, head},
        pip::{CACHE, UV_CACHE, is_uv, pips},
    },
    shell::Command,
};

rule! {
    /// `pip` keeps what it downloads and builds below `~/.cache/pip`, for the next time. In an image there is no next
    /// time, only the weight.
    ///
    /// ```dockerfile bad
    /// FROM python:3.13
    /// RUN python -m pip install -r requirements.txt && uv pip install --system flask==3.1
    /// #             ^^^^^^^^^^^ the cache of `pip` stays in the image
    /// #                                                   ^^^^^^^^^^^ the cache of `uv` stays in the image
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM python:3.13
    /// RUN python -m pip install --no-cache-dir -r requirements.txt && uv pip install --no-cache --system flask==3.1
    /// ```
    ///
    /// A variable turns it off as well. A mount keeps it out of the image, where the next build finds it; and of a stage
    /// of which only files get into the image, it does not matter.
    ///
    /// ```dockerfile good
    /// FROM python:3.13 AS build
    /// RUN pip install build==1.3
    /// FROM python:3.13
    /// RUN --mount=type=cache,target=/root/.cache/pip pip install flask==3.1
    /// RUN --mount=type=cache,target=/home/me/.cache pip3.13 install flask==3.1
    /// RUN PIP_NO_CACHE_DIR=1 pip install flask==3.1 && pip cache purge && pip list
    /// RUN pip install flask==3.1 && rm -rf ~/.cache
    /// ENV PIP_NO_CACHE_DIR=yes
    /// RUN pip install -r requirements.txt
    /// ```
    ///
    /// ```dockerfile good
    /// FROM python:3.13 AS base
    /// ENV PIP_CACHE_DIR=/cache/pip
    /// FROM base
    /// RUN --mount=type=cache,target=/cache pip install flask==3.1
    /// ```
    DW442 "pip-cache" Info On
    "DL3042 KICS droast:DF030"
    check
}

fn check(checker: &Checker<'_>) {
    let mut last: Option<Kept<'_, '_>> = None;
    for (run, at, command) in pips(checker) {
        let cache = if is_uv(command) { &UV_CACHE } else { &CACHE };
        if action(command) != "install"
            || checker.has_flag(run, command, cache.flags)
            || is_off(checker, run, command)
            || !checker.ships(run.stage())
        {
            continue;
        }
        // What holds for the whole RUN is found out once.
        let known = last.filter(|it| std::ptr::eq(it.run, run));
        let kept = known.unwrap_or_else(|| {
            let caches = [&CACHE, &UV_CACHE];
            let mounted = caches.map(|it| it.is_mounted(checker, run));
            let emptied = caches.map(|it| it.last_emptied(checker, run).max(purged(run)));
            Kept { run, mounted, emptied }
        });
        last = Some(kept);
        let [pip, uv] = kept.mounted;
        let [pip_emptied, uv_emptied] = kept.emptied;
        let (is_kept, name, flag) = if is_uv(command) {
            (!uv && uv_emptied < Some(at), "uv", "--no-cache")
        } else {
            (!pip && pip_emptied < Some(at), "pip", "--no-cache-dir")
        };
        if !is_kept {
            continue;
        }
        let edit = action_word(command).and_then(|it| after_word(run, it, &format!(" {flag}")));
        checker.report(
            Finding::new(
                head(command),
                format!("the cache of `{name}` stays in the image"),
                format!("Add {flag}, or mount a cache."),
            )
            .fix(edit.map(|it| Fix::safe(format!("Add {flag}"), vec![it]))),
        );
    }
}

/// What a `RUN` does with the caches of `pip` and `uv`.
#[derive(Clone, Copy)]
struct Kept<'r, 'c> {
    run: &'r Run<'c>,
    /// Whether a mount is over them.
    mounted: [bool; 2],
    /// The number of the last command that empties them.
    emptied: [Option<usize>; 2],
}

/// Whether a variable says that there is no cache.
fn is_off(checker: &Checker<'_>, run: &Run<'_>, command: &Command<'_>) -> bool {
    let name = if is_uv(command) { "UV_NO_CACHE" } else { "PIP_NO_CACHE_DIR" };
    let is_set = |it: Option<&str>| !matches!(it, Some("0" | "false" | "no" | "off" | ""));
    checker.variable(run, name).is_some_and(|it| is_set(it.value.as_deref())) || run.assigns(name)
}

/// The last `pip cache purge`.
fn purged(run: &Run<'_>) -> Option<usize> {
    run.commands.iter().rposition(|it| {
        let words: Vec<_> = it.operands().iter().map(|it| it.rough().into_owned()).collect();
        it.name().starts_with("pip") && words.first().is_some_and(|it| it == "cache")
    })
}
