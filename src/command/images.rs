//! `docker images`: lists the images that the engine has.

use super::{
    Command, Failure, Profile,
    flags::{Flag, Kind, Parsed},
    usage::{Arity, Invoked, Spec},
};

/// `docker images [OPTIONS] [REPOSITORY[:TAG]]`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Images {
    /// Only this repository, or this tag of it.
    pub repository: Option<String>,
    /// Also images without a name.
    pub all: bool,
    /// A column with digests.
    pub digests: bool,
    /// Conditions, such as `dangling=true`.
    pub filters: Vec<String>,
    /// A template, `table …` or `json`.
    pub format: Option<String>,
    /// Whole ids.
    pub no_trunc: bool,
    /// Ids only.
    pub quiet: bool,
    /// The tree-like list.
    pub tree: bool,
}

/// How it is called.
pub(super) const SPEC: Spec = Spec {
    name: "images",
    aliases: &["docker image ls", "docker image list", "docker images"],
    synopsis: "[OPTIONS] [REPOSITORY[:TAG]]",
    about: "List images",
    about_classic: "List images",
    interspersed: true,
    arity: Arity::AtMost(1),
    flags: &[
        Flag::new("all", Kind::Switch, "Show also images without a name").or('a'),
        Flag::new("digests", Kind::Switch, "Show digests"),
        Flag::new("filter", Kind::Many("filter"), "Show only images that meet a condition").or('f'),
        Flag::new("format", Kind::One("string"), "Print with a Go template, or \"json\""),
        Flag::new("no-trunc", Kind::Switch, "Show whole ids"),
        Flag::new("quiet", Kind::Switch, "Show only ids").or('q'),
        Flag::new("tree", Kind::Switch, "List as a tree"),
    ],
    read,
};

fn read(parsed: &Parsed, invoked: &Invoked<'_>) -> Result<Command, Failure> {
    let it = Images {
        repository: parsed.args.first().cloned(),
        all: parsed.is_on("all"),
        digests: parsed.is_on("digests"),
        filters: parsed.many("filter"),
        format: parsed.one("format"),
        no_trunc: parsed.is_on("no-trunc"),
        quiet: parsed.is_on("quiet"),
        tree: parsed.is_on("tree"),
    };
    if it.tree && invoked.profile == Profile::V20_10 {
        return Err(Failure::new("unknown flag: --tree\nSee 'docker images --help'.", 125));
    }
    let with_tree = [
        (it.quiet, "--quiet"),
        (it.no_trunc, "--no-trunc"),
        (it.digests, "--digests"),
        (it.format.is_some(), "--format"),
    ];
    match with_tree.iter().find(|(given, _)| it.tree && *given) {
        Some((_, flag)) => Err(Failure::new(format!("{flag} is not yet supported with --tree"), 1)),
        None => Ok(Command::Images(it)),
    }
}
