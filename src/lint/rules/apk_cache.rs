use crate::{
    diagnostic::Fix,
    lint::{
        apk::CACHE,
        checker::{Checker, Finding},
        declare::rule,
        edit::after_word,
        packages::{APK, action_word, head},
    },
};

rule! {
    /// `apk add` stores the index of all packages below `/var/cache/apk`. In the image it is only weight: the next
    /// `apk` fetches a new one.
    ///
    /// ```dockerfile bad
    /// FROM alpine:3.22
    /// RUN apk update && apk add curl git
    /// #                 ^^^^^^^ the index of packages stays in the image
    /// RUN rm -rf /var/cache/apk/*
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM alpine:3.22
    /// RUN apk update && apk add --no-cache curl git
    /// RUN rm -rf /var/cache/apk/*
    /// ```
    ///
    /// It may be removed in the same `RUN`, or lie in a mount. A stage of which only files get into the image may keep it.
    ///
    /// ```dockerfile good
    /// FROM alpine:3.22 AS build
    /// RUN apk add make
    /// FROM alpine:3.22
    /// RUN apk --no-cache add curl && apk add less && rm -rf /var/cache/apk/*
    /// RUN --mount=type=cache,target=/var/cache/apk apk add git
    /// ```
    DW412 "apk-cache" Info On
    "DL3019 DS-0025 KICS semgrep:missing-apk-no-cache"
    check
}

fn check(checker: &Checker<'_>) {
    for (_, run) in checker.runs_with(APK) {
        let filled = |it: &&_| CACHE.is_filled(checker, run, it);
        let mut found = run.commands.iter().enumerate().filter(|it| filled(&it.1)).peekable();
        if found.peek().is_none() || !checker.ships(run.stage()) || CACHE.is_mounted(checker, run) {
            continue;
        }
        let emptied = CACHE.last_emptied(checker, run);
        for (_, command) in found.filter(|it| emptied < Some(it.0)) {
            let word = action_word(command);
            let edit = word.and_then(|it| after_word(run, it, " --no-cache"));
            checker.report(
                Finding::new(
                    head(command),
                    "the index of packages stays in the image",
                    "Add --no-cache.",
                )
                .fix(edit.map(|it| Fix::safe("Add --no-cache", vec![it]))),
            );
        }
    }
}
