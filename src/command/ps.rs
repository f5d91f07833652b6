//! `docker ps`: lists containers.

use super::{
    Command, Failure,
    flags::{Flag, Kind, Parsed},
    usage::{Arity, Invoked, Spec},
};

/// `docker ps [OPTIONS]`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Ps {
    /// Also containers that do not run.
    pub all: bool,
    /// Conditions, such as `status=exited`.
    pub filters: Vec<String>,
    /// A template, `table …` or `json`.
    pub format: Option<String>,
    /// The latest so many, running or not; negative for no limit.
    pub last: i64,
    /// Nothing is cut.
    pub no_trunc: bool,
    /// Ids only.
    pub quiet: bool,
    /// A column with sizes.
    pub size: bool,
}

/// How it is called.
pub(super) const SPEC: Spec = Spec {
    name: "ps",
    aliases: &["docker container ls", "docker container list", "docker container ps", "docker ps"],
    synopsis: "[OPTIONS]",
    about: "List containers",
    about_classic: "List containers",
    interspersed: true,
    arity: Arity::Exactly(0),
    flags: &[
        Flag::new("all", Kind::Switch, "Show also containers that do not run").or('a'),
        Flag::new("filter", Kind::Many("filter"), "Show only containers that meet a condition")
            .or('f'),
        Flag::new("format", Kind::One("string"), "Print with a Go template, or \"json\""),
        Flag::new("last", Kind::Int, "Show the latest so many, running or not").or('n'),
        Flag::new("latest", Kind::Switch, "Show the latest, running or not").or('l'),
        Flag::new("no-trunc", Kind::Switch, "Cut nothing"),
        Flag::new("quiet", Kind::Switch, "Show only ids").or('q'),
        Flag::new("size", Kind::Switch, "Show sizes").or('s'),
    ],
    read,
};

#[expect(clippy::unnecessary_wraps, reason = "every command is read by a function of one shape")]
fn read(parsed: &Parsed, _: &Invoked<'_>) -> Result<Command, Failure> {
    let last = if parsed.is_on("latest") {
        1
    } else {
        parsed.one("last").and_then(|it| it.parse().ok()).unwrap_or(-1)
    };
    Ok(Command::Ps(Ps {
        all: parsed.is_on("all"),
        filters: parsed.many("filter"),
        format: parsed.one("format"),
        last,
        no_trunc: parsed.is_on("no-trunc"),
        quiet: parsed.is_on("quiet"),
        size: parsed.is_on("size"),
    }))
}
