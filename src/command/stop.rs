//! `docker stop`: ends containers.

use super::{
    Command, Failure,
    flags::{Flag, Kind, Parsed},
    usage::{Arity, Invoked, Spec},
};

/// `docker stop [OPTIONS] CONTAINER [CONTAINER...]`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stop {
    /// Names or ids.
    pub containers: Vec<String>,
    /// Seconds to wait before the process is killed.
    pub timeout: Option<i64>,
}

/// How it is called.
pub(super) const SPEC: Spec = Spec {
    name: "stop",
    aliases: &["docker container stop", "docker stop"],
    synopsis: "[OPTIONS] CONTAINER [CONTAINER...]",
    about: "Stop one or more running containers",
    about_classic: "Stop one or more running containers",
    interspersed: true,
    arity: Arity::AtLeast(1),
    flags: &[
        Flag::accepted("signal", Kind::One("string")).or('s'),
        Flag::accepted("time", Kind::Int),
        Flag::new("timeout", Kind::Int, "Seconds to wait before it is killed").or('t'),
    ],
    read,
};

#[expect(clippy::unnecessary_wraps, reason = "every command is read by a function of one shape")]
fn read(parsed: &Parsed, _: &Invoked<'_>) -> Result<Command, Failure> {
    let timeout = parsed.one("timeout").or_else(|| parsed.one("time"));
    Ok(Command::Stop(Stop {
        containers: parsed.args.clone(),
        timeout: timeout.and_then(|it| it.parse().ok()),
    }))
}
