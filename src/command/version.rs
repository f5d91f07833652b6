//! `docker version`: which Docker answers.

use super::{
    Command, Failure, Profile,
    flags::{Flag, Kind, Parsed},
    usage::{Arity, Invoked, Spec},
};

/// `docker version [OPTIONS]`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Version {
    /// A Go template.
    pub format: Option<String>,
}

/// How it is called.
pub(super) const SPEC: Spec = Spec {
    name: "version",
    aliases: &["docker version"],
    synopsis: "[OPTIONS]",
    about: "Show the Docker version information",
    about_classic: "Show the Docker version information",
    interspersed: true,
    arity: Arity::Exactly(0),
    flags: &[Flag::new("format", Kind::One("string"), "Print with a Go template").or('f')],
    read,
};

#[expect(clippy::unnecessary_wraps, reason = "every command is read by a function of one shape")]
fn read(parsed: &Parsed, _: &Invoked<'_>) -> Result<Command, Failure> {
    Ok(Command::Version(Version { format: parsed.one("format") }))
}

/// The number of the release that a profile stands for.
pub const fn release(profile: Profile) -> &'static str {
    match profile {
        Profile::V20_10 => "20.10.24",
        Profile::V28 => "28.5.2",
        Profile::V29 => "29.0.0",
    }
}

/// `docker --version`.
pub fn one_line(profile: Profile) -> String {
    format!("Docker version {}, build dockwright\n", release(profile))
}
