//! `docker push`: uploads an image.

use super::{
    Command, Failure,
    flags::{Flag, Kind, Parsed},
    usage::{Arity, Invoked, Spec},
};

/// `docker push [OPTIONS] NAME[:TAG]`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Push {
    /// The image as written.
    pub image: String,
    /// Every local tag of the repository.
    pub all_tags: bool,
    /// Print the name only.
    pub quiet: bool,
}

/// How it is called.
pub(super) const SPEC: Spec = Spec {
    name: "push",
    aliases: &["docker image push", "docker push"],
    synopsis: "[OPTIONS] NAME[:TAG]",
    about: "Upload an image to a registry",
    about_classic: "Push an image or a repository to a registry",
    interspersed: true,
    arity: Arity::Exactly(1),
    flags: &[
        Flag::new("all-tags", Kind::Switch, "Upload every local tag of the repository").or('a'),
        Flag::accepted("disable-content-trust", Kind::Switch),
        Flag::accepted("platform", Kind::One("string")),
        Flag::new("quiet", Kind::Switch, "Print only the name of the image").or('q'),
    ],
    read,
};

#[expect(clippy::unnecessary_wraps, reason = "every command is read by a function of one shape")]
fn read(parsed: &Parsed, _: &Invoked<'_>) -> Result<Command, Failure> {
    Ok(Command::Push(Push {
        image: parsed.arg(0),
        all_tags: parsed.is_on("all-tags"),
        quiet: parsed.is_on("quiet"),
    }))
}
