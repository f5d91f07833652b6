//! `docker rm`: removes containers.

use super::{
    Command, Failure,
    flags::{Flag, Kind, Parsed},
    usage::{Arity, Invoked, Spec},
};

/// `docker rm [OPTIONS] CONTAINER [CONTAINER...]`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rm {
    /// Names or ids.
    pub containers: Vec<String>,
    /// Also those that run.
    pub force: bool,
}

/// How it is called.
pub(super) const SPEC: Spec = Spec {
    name: "rm",
    aliases: &["docker container rm", "docker container remove", "docker rm"],
    synopsis: "[OPTIONS] CONTAINER [CONTAINER...]",
    about: "Remove one or more containers",
    about_classic: "Remove one or more containers",
    interspersed: true,
    arity: Arity::AtLeast(1),
    flags: &[
        Flag::new("force", Kind::Switch, "Remove also running containers").or('f'),
        Flag::accepted("link", Kind::Switch).or('l'),
        Flag::accepted("volumes", Kind::Switch).or('v'),
    ],
    read,
};

#[expect(clippy::unnecessary_wraps, reason = "every command is read by a function of one shape")]
fn read(parsed: &Parsed, _: &Invoked<'_>) -> Result<Command, Failure> {
    Ok(Command::Rm(Rm { containers: parsed.args.clone(), force: parsed.is_on("force") }))
}
