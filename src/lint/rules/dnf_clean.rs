use crate::lint::{
    cache::Cache,
    checker::Checker,
    declare::rule,
    packages::{DNF, RPM_EMPTIES, RPM_FILLS},
};

rule! {
    /// `dnf` and its relatives keep what they know of packages, and the packages, below `/var/cache`. In an image that is
    /// only weight.
    ///
    /// ```dockerfile bad
    /// FROM fedora:42
    /// RUN microdnf install -y curl \
    /// #   ^^^^^^^^^^^^^^^^ the cache of `dnf` stays in the image
    ///   && rm -rf /tmp/*
    /// ```
    ///
    /// Clean up in the same `RUN`: what a later one removes is still in the layer below.
    ///
    /// ```dockerfile fixed
    /// FROM fedora:42
    /// RUN microdnf install -y curl \
    ///   && rm -rf /tmp/* \
    ///   && microdnf clean all
    /// ```
    ///
    /// A mount keeps it out as well, and so does a stage of which only files get into the image.
    ///
    /// ```dockerfile good
    /// FROM fedora:42 AS build
    /// RUN dnf install -y gcc
    /// FROM fedora:42
    /// RUN dnf install -y curl && dnf clean all
    /// RUN dnf install -y less && rm -rf /var/cache/dnf/*
    /// RUN dnf install -y --installroot /mnt/root bash
    /// RUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y vim
    /// ```
    DW425 "dnf-clean" Info On
    "DL3040 DS-0019 DS-0027 KICS"
    check
}

const CACHE: Cache = Cache {
    names: DNF,
    fills: RPM_FILLS,
    empties: RPM_EMPTIES,
    paths: &[
        "/var/cache/dnf",
        "/var/cache/libdnf5",
        "/var/cache/yum",
        "/var/cache/tdnf",
        "~/.cache/libdnf5",
    ],
    moves: &[],
    flags: &["--installroot"],
};

fn check(checker: &Checker<'_>) {
    for (_, run, command) in CACHE.kept(checker) {
        let cleaner = format!("{} clean all", command.name());
        Cache::report(checker, run, command, ("the cache of `dnf` stays", &cleaner), false);
    }
}
