//! `docker rmi`: removes images.

use super::{
    Command, Failure,
    flags::{Flag, Kind, Parsed},
    usage::{Arity, Invoked, Spec},
};

/// `docker rmi [OPTIONS] IMAGE [IMAGE...]`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rmi {
    /// Names or ids.
    pub images: Vec<String>,
    /// Also if a container needs it.
    pub force: bool,
}

/// How it is called.
pub(super) const SPEC: Spec = Spec {
    name: "rmi",
    aliases: &["docker image rm", "docker image remove", "docker rmi"],
    synopsis: "[OPTIONS] IMAGE [IMAGE...]",
    about: "Remove one or more images",
    about_classic: "Remove one or more images",
    interspersed: true,
    arity: Arity::AtLeast(1),
    flags: &[
        Flag::new("force", Kind::Switch, "Remove also images in use").or('f'),
        Flag::accepted("no-prune", Kind::Switch),
        Flag::accepted("platform", Kind::Many("stringSlice")),
    ],
    read,
};

#[expect(clippy::unnecessary_wraps, reason = "every command is read by a function of one shape")]
fn read(parsed: &Parsed, _: &Invoked<'_>) -> Result<Command, Failure> {
    Ok(Command::Rmi(Rmi { images: parsed.args.clone(), force: parsed.is_on("force") }))
}
