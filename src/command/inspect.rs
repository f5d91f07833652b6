//! `docker inspect`: shows what the engine knows about an image or a container.

use super::{
    Command, Failure,
    flags::{Flag, Kind, Parsed},
    usage::{Arity, Invoked, Spec},
};

/// `docker inspect [OPTIONS] NAME|ID [NAME|ID...]`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inspect {
    /// Names or ids.
    pub names: Vec<String>,
    /// A Go template.
    pub format: Option<String>,
    /// Only images, or only containers.
    pub only: Option<Only>,
}

/// The kind of object that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// Images.
    Image,
    /// Containers.
    Container,
}

/// How it is called.
pub(super) const SPEC: Spec = Spec {
    name: "inspect",
    aliases: &["docker image inspect", "docker container inspect", "docker inspect"],
    synopsis: "[OPTIONS] NAME|ID [NAME|ID...]",
    about: "Return low-level information on Docker objects",
    about_classic: "Return low-level information on Docker objects",
    interspersed: true,
    arity: Arity::AtLeast(1),
    flags: &[
        Flag::new("format", Kind::One("string"), "Print with a Go template").or('f'),
        Flag::accepted("size", Kind::Switch).or('s'),
        Flag::new("type", Kind::One("string"), "Only this kind of object"),
    ],
    read,
};

fn read(parsed: &Parsed, invoked: &Invoked<'_>) -> Result<Command, Failure> {
    let only = match (invoked.path, parsed.one("type").as_deref()) {
        ("docker image inspect", _) | (_, Some("image")) => Some(Only::Image),
        ("docker container inspect", _) | (_, Some("container")) => Some(Only::Container),
        (_, None) => None,
        (_, Some(other)) => {
            let message = format!("\"{other}\" is not a valid value for --type");
            return Err(Failure::new(message, 1));
        }
    };
    let format = parsed.one("format");
    Ok(Command::Inspect(Inspect { names: parsed.args.clone(), format, only }))
}
