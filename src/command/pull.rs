//! `docker pull`: downloads an image.

use super::{
    Command, Failure,
    flags::{Flag, Kind, Parsed},
    usage::{Arity, Invoked, Spec},
};

/// `docker pull [OPTIONS] NAME[:TAG|@DIGEST]`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pull {
    /// The image as written.
    pub image: String,
    /// Every tag of the repository.
    pub all_tags: bool,
    /// Print the name only.
    pub quiet: bool,
    /// Another platform than the engine's.
    pub platform: Option<String>,
}

/// How it is called.
pub(super) const SPEC: Spec = Spec {
    name: "pull",
    aliases: &["docker image pull", "docker pull"],
    synopsis: "[OPTIONS] NAME[:TAG|@DIGEST]",
    about: "Download an image from a registry",
    about_classic: "Pull an image or a repository from a registry",
    interspersed: true,
    arity: Arity::Exactly(1),
    flags: &[
        Flag::new("all-tags", Kind::Switch, "Download every tag of the repository").or('a'),
        Flag::accepted("disable-content-trust", Kind::Switch),
        Flag::accepted("platform", Kind::One("string")),
        Flag::new("quiet", Kind::Switch, "Print only the name of the image").or('q'),
    ],
    read,
};

#[expect(clippy::unnecessary_wraps, reason = "every command is read by a function of one shape")]
fn read(parsed: &Parsed, _: &Invoked<'_>) -> Result<Command, Failure> {
    Ok(Command::Pull(Pull {
        image: parsed.arg(0),
        all_tags: parsed.is_on("all-tags"),
        quiet: parsed.is_on("quiet"),
        platform: parsed.one("platform"),
    }))
}
