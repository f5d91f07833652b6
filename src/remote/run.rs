//! `docker run` for the real engine.

use crate::{
    command::{self, Failure},
    image::{Reference, ReferenceError},
    protocol::call,
    remote::Pull,
};

/// Plans a container.
pub(super) fn plan(run: &command::Run) -> Result<call::ContainerRun, Failure> {
    let _checked: Reference = run.image.parse().or_else(|it| match it {
        // `docker run` takes an image id too.
        ReferenceError::Identifier(_) => "id".parse().map_err(|_| failure(&it)),
        ReferenceError::Format
        | ReferenceError::UpperCase(_)
        | ReferenceError::TooLong
        | ReferenceError::Digest(_) => Err(failure(&it)),
    })?;
    Ok(call::ContainerRun {
        image: run.image.clone(),
        cmd: run.args.clone(),
        entrypoint: run.entrypoint.clone(),
        // `-e NAME` alone takes the value from outside, and a page has no environment.
        env: run.env.iter().filter(|it| it.contains('=')).cloned().collect(),
        name: run.name.clone(),
        workdir: run.workdir.clone(),
        user: run.user.clone(),
        hostname: run.hostname.clone(),
        tty: run.tty,
        stdin: run.interactive,
        detach: run.detach,
        ports: run.publish.iter().map(|it| port(it)).collect::<Result<_, _>>()?,
        size: None,
    })
}

/// Reads `--pull`.
pub(super) fn pull(run: &command::Run) -> Result<Pull, Failure> {
    match run.pull.as_deref() {
        None | Some("" | "missing") => Ok(Pull::Missing),
        Some("always") => Ok(Pull::Always),
        Some("never") => Ok(Pull::Never),
        Some(other) => {
            let text = format!(
                "docker: invalid pull option: '{other}': must be one of \"always\", \"missing\" or \"never\"\n\nRun 'docker run --help' for more information\n"
            );
            Err(Failure::new(text, 125))
        }
    }
}

fn failure(error: &ReferenceError) -> Failure {
    let text = format!("docker: {error}\n\nRun 'docker run --help' for more information\n");
    Failure::new(text, 125)
}

/// Reads `[[ip:]host:]container[/protocol]`; the agent publishes on 127.0.0.1 alone.
fn port(text: &str) -> Result<call::Port, Failure> {
    let refused =
        |why: &str| Failure::new(format!("Dockwright does not publish `{text}`: {why}."), 125);
    let (ports, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let udp = match protocol {
        "tcp" => false,
        "udp" => true,
        _ => return Err(refused("only tcp and udp ports are published")),
    };
    let mut parts = ports.rsplitn(3, ':');
    let number = |it: &str| it.parse::<u16>().ok().filter(|it| *it != 0);
    let container = parts
        .next()
        .and_then(number)
        .ok_or_else(|| refused("the container's port is not a number from 1 to 65535"))?;
    let host = match parts.next() {
        None | Some("") => None,
        Some(it) => Some(
            number(it)
                .filter(|it| *it >= 1024)
                .ok_or_else(|| refused("the host's port is not a number from 1024 to 65535"))?,
        ),
    };
    match parts.next() {
        None | Some("" | "127.0.0.1" | "localhost") => Ok(call::Port { container, host, udp }),
        Some(_) => Err(refused("ports are published on 127.0.0.1 only")),
    }
}
