use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        apk, apt,
        checker::{Checker, Finding, Run},
        declare::rule,
        edit::append,
        packages::{APK, APT, DNF, YUM, ZYPPER, action, head},
    },
    shell::Command,
    text::Span,
};

rule! {
    /// The builder keeps the layer of `RUN apt-get update`, for weeks if nothing above it changes. When the next `RUN`
    /// gets one more package, it is looked for in old lists, and the archive no longer has what they name.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN apt-get update
    /// #   ^^^^^^^^^^^^^^ the lists are refreshed in a layer of their own, which the builder keeps
    /// RUN apt-get install -y curl
    /// ```
    ///
    /// Refresh and install in one `RUN`.
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// RUN apt-get update && apt-get install -y curl
    /// ```
    ///
    /// ```dockerfile bad
    /// FROM alpine:3.22
    /// RUN apk update && rm -rf /tmp/*
    /// #   ^^^^^^^^^^ the lists are refreshed in a layer of their own, which the builder keeps
    /// ```
    /// Lists in a mount are no layer. What a script does that nobody has seen, may be an installation.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN --mount=type=tmpfs,target=/var/lib/apt/lists apt-get update
    /// RUN apt-get update && ./install.sh
    /// RUN apt-get update && apt-get upgrade -y
    /// ```
    DW406 "update-alone" Warning On
    "DS-0017 CKV_DOCKER_5 KICS dfl:apt-get-update_require_install droast:DF028"
    check
}

/// Programs, and what refreshes their lists.
const TOOLS: [(&[&str], &[&str]); 5] = [
    (APT, &["update"]),
    (APK, &["update"]),
    (YUM, &["makecache"]),
    (DNF, &["makecache"]),
    (ZYPPER, &["refresh", "ref"]),
];

fn check(checker: &Checker<'_>) {
    let all: Vec<_> = TOOLS.iter().flat_map(|it| it.0).copied().collect();
    for (number, run) in checker.runs_with(&all) {
        let is_there = |names: &[&str]| run.commands.iter().any(|it| names.contains(&it.name()));
        for (names, refreshes) in TOOLS.iter().filter(|it| is_there(it.0)) {
            if let Some(command) = alone(run, names, refreshes)
                && ![&apt::LISTS, &apk::CACHE].iter().any(|it| it.is_mounted(checker, run))
            {
                let next = checker.runs().get(number + 1);
                let fix = next.and_then(|it| join(checker, run, it, names));
                checker.report(
                    Finding::new(
                        head(command),
                        "the lists are refreshed in a layer of their own, which the builder keeps",
                        "Refresh and install in the same RUN.",
                    )
                    .fix(fix),
                );
            }
        }
    }
}

/// The command that refreshes the lists, if nothing behind it in the `RUN` may use them.
fn alone<'r, 'c>(run: &'r Run<'c>, names: &[&str], refreshes: &[&str]) -> Option<&'r Command<'c>> {
    let is_refresh =
        |it: &Command<'_>| names.contains(&it.name()) && refreshes.contains(&&*action(it));
    let at = run.commands.iter().position(is_refresh)?;
    let is_clean = |it: &Command<'_>| {
        names.contains(&it.name()) && matches!(&*action(it), "clean" | "cc" | "autoclean")
    };
    let is_other = |it: &Command<'_>| is_refresh(it) || is_clean(it) || apt::is_other(it);
    run.commands.iter().skip(at).all(is_other).then(|| run.commands.get(at))?
}

/// Two `RUN`s as one, if the second begins right behind the first, and installs.
fn join<'c>(checker: &Checker<'c>, first: &Run<'c>, next: &Run<'c>, names: &[&str]) -> Option<Fix> {
    let escape = checker.parse().escape;
    let (one, two) = (first.instruction(), next.instruction());
    let is_chain = |it| append(checker.source(), escape, it, "true").is_some();
    let is_plain = |it: &Run<'_>| it.instruction().flags().is_empty() && !it.script.is_trigger;
    let installs = next.commands.first().is_some_and(|it| names.contains(&it.name()));
    if !installs || ![first, next].iter().all(|it| is_chain(it) && is_plain(it)) {
        return None;
    }
    let between = Span::new(one.span.end, two.span.start);
    let is_next = between.slice(checker.source()).trim().is_empty();
    let edit = Edit::replace(Span::new(one.span.end, two.arguments().span.start), " && ");
    is_next.then(|| Fix::risky("Join it with the RUN below", vec![edit]))
}
