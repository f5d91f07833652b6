use crate::lint::{
    cache::Cache,
    checker::Checker,
    declare::rule,
    packages::{RPM_EMPTIES, RPM_FILLS, YUM},
};

rule! {
    /// `yum` keeps what it knows of packages, and the packages, below `/var/cache/yum`. In an image that is only weight.
    ///
    /// ```dockerfile bad
    /// FROM centos:7
    /// RUN yum install -y curl && rm -rf /tmp/*
    /// #   ^^^^^^^^^^^ the cache of `yum` stays in the image
    /// ```
    ///
    /// Clean up in the same `RUN`: what a later one removes is still in the layer below.
    ///
    /// ```dockerfile fixed
    /// FROM centos:7
    /// RUN yum install -y curl && rm -rf /tmp/* && yum clean all
    /// ```
    ///
    /// A mount keeps it out as well, and so does a stage of which only files get into the image.
    ///
    /// ```dockerfile good
    /// FROM centos:7 AS build
    /// RUN yum install -y gcc
    /// FROM centos:7
    /// RUN yum install -y curl && yum clean all && yum list installed
    /// RUN yum install -y less && rm -rf /var/cache/yum
    /// RUN --mount=type=cache,target=/var/cache/yum yum install -y vim
    /// ```
    DW424 "yum-clean" Info On
    "DL3032 DS-0015 KICS"
    check
}

const CACHE: Cache = Cache {
    names: YUM,
    fills: RPM_FILLS,
    empties: RPM_EMPTIES,
    paths: &["/var/cache/yum", "/var/cache/dnf"],
    moves: &[],
    flags: &["--installroot"],
};

fn check(checker: &Checker<'_>) {
    for (_, run, command) in CACHE.kept(checker) {
        let cleaner = "yum clean all";
        Cache::report(checker, run, command, ("the cache of `yum` stays", cleaner), false);
    }
}
