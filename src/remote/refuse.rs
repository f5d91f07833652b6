//! What Dockwright does not ask of a real engine, and why. The agent refuses it too; here the reason is said early.

use crate::command::{Failure, Invocation};

/// Flags of `docker run` that reach the host, with what they would give.
const DANGEROUS: &[(&str, &str)] = &[
    ("privileged", "it gives the container all rights of your computer"),
    ("volume", "it gives the container a folder of your computer"),
    ("mount", "it gives the container a folder of your computer"),
    ("volumes-from", "it gives the container folders of another container"),
    ("device", "it gives the container a device of your computer"),
    ("gpus", "it gives the container a device of your computer"),
    ("cap-add", "it gives the container more rights than usual"),
    ("security-opt", "it takes protection away"),
    ("pid", "it may share processes with your computer"),
    ("ipc", "it may share memory with your computer"),
    ("uts", "it may share the host name with your computer"),
    ("userns", "it may share users with your computer"),
    ("cgroupns", "it may share control groups with your computer"),
    ("network", "it may share the network of your computer"),
    ("net", "it may share the network of your computer"),
    ("use-api-socket", "it gives the container your Docker engine"),
];

/// Flags that have a meaning for the agent, or none at all.
const RUN: &[&str] = &[
    "detach",
    "interactive",
    "tty",
    "rm",
    "name",
    "entrypoint",
    "env",
    "publish",
    "workdir",
    "user",
    "hostname",
    "pull",
    "quiet",
    "sig-proxy",
    "init",
];
const BUILD: &[&str] = &[
    "tag",
    "file",
    "target",
    "build-arg",
    "label",
    "no-cache",
    "pull",
    "progress",
    "platform",
    "rm",
    "force-rm",
    "load",
];
const IMAGES: &[&str] = &["all", "digests", "filter", "format", "no-trunc", "quiet", "tree"];
const PS: &[&str] = &["all", "format", "last", "latest", "no-trunc", "quiet"];

/// Refuses flags without a call.
pub(super) fn check(invocation: &Invocation) -> Result<(), Failure> {
    let known: &[&str] = match invocation.name.as_str() {
        "docker run" => RUN,
        "docker build" => BUILD,
        "docker images" => IMAGES,
        "docker ps" => PS,
        "docker pull" => &["platform"],
        "docker login" => &["username", "password"],
        "docker rmi" | "docker rm" => &["force"],
        // They have no call and are refused as a whole.
        "docker stop" | "docker logs" | "docker inspect" => return Ok(()),
        _ => &[],
    };
    let Some(flag) = invocation.flags.keys().find(|it| !known.contains(&it.as_str())) else {
        return Ok(());
    };
    let name = &invocation.name;
    let reason = DANGEROUS.iter().find(|it| it.0 == flag).map(|it| it.1);
    let text = match reason {
        Some(reason) => format!("Dockwright does not run `{name} --{flag}`: {reason}."),
        None => format!("Dockwright does not pass `--{flag}` on to the engine."),
    };
    Err(Failure::new(format!("{text} You can run it yourself in a terminal."), 125))
}

/// Refuses a whole command.
pub(super) fn command(name: &str) -> Failure {
    let text = format!(
        "Dockwright does not run `{name}` on your engine. You can run it yourself in a terminal."
    );
    Failure::new(text, 125)
}
