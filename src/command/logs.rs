//! `docker logs`: prints what a container has written.

use super::{
    Command, Failure,
    flags::{Flag, Kind, Parsed},
    usage::{Arity, Invoked, Spec},
};

/// `docker logs [OPTIONS] CONTAINER`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Logs {
    /// A name or an id.
    pub container: String,
    /// Only the last so many lines.
    pub tail: Option<usize>,
}

/// How it is called.
pub(super) const SPEC: Spec = Spec {
    name: "logs",
    aliases: &["docker container logs", "docker logs"],
    synopsis: "[OPTIONS] CONTAINER",
    about: "Fetch the logs of a container",
    about_classic: "Fetch the logs of a container",
    interspersed: true,
    arity: Arity::Exactly(1),
    flags: &[
        Flag::accepted("details", Kind::Switch),
        Flag::accepted("follow", Kind::Switch).or('f'),
        Flag::accepted("since", Kind::One("string")),
        Flag::new("tail", Kind::One("string"), "Only so many lines from the end").or('n'),
        Flag::accepted("timestamps", Kind::Switch).or('t'),
        Flag::accepted("until", Kind::One("string")),
    ],
    read,
};

#[expect(clippy::unnecessary_wraps, reason = "every command is read by a function of one shape")]
fn read(parsed: &Parsed, _: &Invoked<'_>) -> Result<Command, Failure> {
    Ok(Command::Logs(Logs {
        container: parsed.arg(0),
        tail: parsed.one("tail").and_then(|it| it.parse().ok()),
    }))
}
