use crate::lint::{
    apt::{LISTS, Use},
    cache::Cache,
    checker::Checker,
    declare::rule,
};

rule! {
    /// `apt-get update` fetches lists of all packages, tens of megabytes. They are of no use in an image: before the next
    /// installation they are fetched anew. And what a later `RUN` removes is still in the layer below.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN apt-get update && \
    /// #   ^^^^^^^^^^^^^^ the lists of packages stay in the image
    ///     apt-get install -y curl && \
    ///     rm -rf /tmp/*
    /// RUN rm -rf /var/lib/apt/lists/*
    /// ```
    ///
    /// Remove them in the same `RUN`.
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// RUN apt-get update && \
    ///     apt-get install -y curl && \
    ///     rm -rf /tmp/* && \
    ///     rm -rf /var/lib/apt/lists/*
    /// RUN rm -rf /var/lib/apt/lists/*
    /// ```
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN sudo apt-get update \
    /// #        ^^^^^^^^^^^^^^ the lists of packages stay in the image
    ///  && sudo apt-get install -y curl # for the health check
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// RUN sudo apt-get update \
    ///  && sudo apt-get install -y curl \
    ///  && sudo rm -rf /var/lib/apt/lists/* # for the health check
    /// ```
    ///
    /// There are other ways to keep them out: a mount, and a stage of which only files get into the image.
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS build
    /// RUN apt-get update && apt-get install -y gcc
    /// FROM debian:13
    /// COPY --from=build /app /app
    /// RUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl
    /// RUN apt-get update && apt-get install -y less && rm -rf /var/lib/{apt,dpkg/info}/
    /// RUN apt-get update && apt-get install -y vim && find /var/lib/apt/lists -type f -delete
    /// RUN apt-get update && apt-get install -y vim && ./cleanup.sh
    /// ```
    ///
    /// Where a later `RUN` installs without an update, it needs the lists, and nothing is repaired.
    DW404 "apt-lists-kept" Info On
    "DL3009 KICS semgrep:remove-package-lists dfl:apt-get_missing_rm"
    check
}

fn check(checker: &Checker<'_>) {
    let needs = |it: &Use| match (it.installs, it.refreshes) {
        (Some(installs), Some(refreshes)) => installs < refreshes,
        (installs, None) => installs.is_some(),
        (None, Some(_)) => false,
    };
    let last = checker.list_uses().iter().rfind(|it| needs(&it.1)).map(|it| it.0);
    for (number, run, command) in LISTS.kept(checker) {
        let is_needed = last > Some(number);
        let texts = ("the lists of packages stay", "rm -rf /var/lib/apt/lists/*");
        Cache::report(checker, run, command, texts, is_needed);
    }
}
