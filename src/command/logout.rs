//! `docker logout`: signs out of a registry.

use super::{
    Command, Failure,
    flags::Parsed,
    usage::{Arity, Invoked, Spec},
};

/// `docker logout [SERVER]`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Logout {
    /// The registry; Docker Hub if not given.
    pub server: Option<String>,
}

/// How it is called.
pub(super) const SPEC: Spec = Spec {
    name: "logout",
    aliases: &["docker logout"],
    synopsis: "[SERVER]",
    about: "Log out from a registry.\nIf no server is specified, the default is defined by the daemon.",
    about_classic: "Log out from a Docker registry.\nIf no server is specified, the default is defined by the daemon.",
    interspersed: true,
    arity: Arity::AtMost(1),
    flags: &[],
    read,
};

#[expect(clippy::unnecessary_wraps, reason = "every command is read by a function of one shape")]
fn read(parsed: &Parsed, _: &Invoked<'_>) -> Result<Command, Failure> {
    Ok(Command::Logout(Logout { server: parsed.args.first().cloned() }))
}
