//! `docker login`: signs in to a registry.

use super::{
    Command, Failure,
    flags::{Flag, Kind, Parsed},
    usage::{Arity, Invoked, Spec},
};

/// `docker login [OPTIONS] [SERVER]`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Login {
    /// The registry; Docker Hub if not given.
    pub server: Option<String>,
    /// The user's name.
    pub username: Option<String>,
    /// The password, which everybody can read in the shell's history.
    pub password: Option<String>,
    /// Read the password from the standard input.
    pub password_stdin: bool,
}

/// How it is called.
pub(super) const SPEC: Spec = Spec {
    name: "login",
    aliases: &["docker login"],
    synopsis: "[OPTIONS] [SERVER]",
    about: "Authenticate to a registry.\nDefaults to Docker Hub if no server is specified.",
    about_classic: "Log in to a Docker registry.\nIf no server is specified, the default is defined by the daemon.",
    interspersed: true,
    arity: Arity::AtMost(1),
    flags: &[
        Flag::new("password", Kind::One("string"), "Password or access token").or('p'),
        Flag::new("password-stdin", Kind::Switch, "Read the password from the standard input"),
        Flag::new("username", Kind::One("string"), "Name of the user").or('u'),
    ],
    read,
};

fn read(parsed: &Parsed, _: &Invoked<'_>) -> Result<Command, Failure> {
    let it = Login {
        server: parsed.args.first().cloned(),
        username: parsed.one("username"),
        password: parsed.one("password"),
        password_stdin: parsed.is_on("password-stdin"),
    };
    if it.password.is_some() && it.password_stdin {
        return Err(Failure::new("--password and --password-stdin are mutually exclusive", 1));
    }
    if it.password_stdin && it.username.is_none() {
        return Err(Failure::new("Must provide --username with --password-stdin", 1));
    }
    Ok(Command::Login(it))
}
