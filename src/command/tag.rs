//! `docker tag`: gives an image one more name.

use super::{
    Command, Failure,
    flags::Parsed,
    usage::{Arity, Invoked, Spec},
};

/// `docker tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tag {
    /// The image that exists: a name or an id.
    pub source: String,
    /// The new name.
    pub target: String,
}

/// How it is called.
pub(super) const SPEC: Spec = Spec {
    name: "tag",
    aliases: &["docker image tag", "docker tag"],
    synopsis: "SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]",
    about: "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE",
    about_classic: "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE",
    interspersed: false,
    arity: Arity::Exactly(2),
    flags: &[],
    read,
};

#[expect(clippy::unnecessary_wraps, reason = "every command is read by a function of one shape")]
fn read(parsed: &Parsed, _: &Invoked<'_>) -> Result<Command, Failure> {
    Ok(Command::Tag(Tag { source: parsed.arg(0), target: parsed.arg(1) }))
}
