use crate::lint::{cache::Cache, checker::Checker, declare::rule, packages::ZYPPER};

rule! {
    /// `zypper` keeps what it knows of packages below `/var/cache/zypp`. In an image that is only weight.
    ///
    /// ```dockerfile bad
    /// FROM opensuse/leap:15.6
    /// RUN zypper -n in curl
    /// #   ^^^^^^^^^^^^ the cache of `zypper` stays in the image
    /// ```
    ///
    /// Clean up in the same `RUN`: what a later one removes is still in the layer below.
    ///
    /// ```dockerfile fixed
    /// FROM opensuse/leap:15.6
    /// RUN zypper -n in curl && zypper clean --all
    /// ```
    ///
    /// A mount keeps it out as well, and so does a stage of which only files get into the image.
    ///
    /// ```dockerfile good
    /// FROM opensuse/leap:15.6 AS build
    /// RUN zypper -n in gcc
    /// FROM opensuse/leap:15.6
    /// RUN zypper -n in curl && zypper cc -a
    /// RUN zypper -n in less && rm -rf /var/cache/zypp
    /// RUN --mount=type=cache,target=/var/cache/zypp zypper -n in vim
    /// ```
    DW426 "zypper-clean" Info On
    "DL3036 DS-0020 KICS"
    check
}

const CACHE: Cache = Cache {
    names: ZYPPER,
    fills: &["install", "in", "update", "up", "patch", "dist-upgrade", "dup", "refresh", "ref"],
    empties: &["clean", "cc"],
    paths: &["/var/cache/zypp", "/var/cache/zypper"],
    moves: &[],
    flags: &["--root", "-R", "--installroot"],
};

fn check(checker: &Checker<'_>) {
    for (_, run, command) in CACHE.kept(checker) {
        let cleaner = "zypper clean --all";
        Cache::report(checker, run, command, ("the cache of `zypper` stays", cleaner), false);
    }
}
