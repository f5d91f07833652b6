//! What a container may be: closed by default. The page says *what* runs, the agent alone decides *how*.
//!
//! Nothing here has a field for privileges, devices, binds, other namespaces or networks: a page cannot ask.

use std::collections::HashMap;

use bollard::models::{
    HostConfig, HostConfigLogConfig, PortBinding, ResourcesUlimits, RestartPolicy,
    RestartPolicyNameEnum,
};
use dockwright::protocol::call::{ContainerRun, Port};

const MEMORY: i64 = 512 * 1024 * 1024;
const CPUS: i64 = 1_000_000_000;
const PIDS: i64 = 256;
const OPEN_FILES: i64 = 1024;
const MAX_PORTS: usize = 8;
const FIRST_PORT: u16 = 1024;
const MAX_ENV: usize = 128;
const MAX_ENV_BYTES: usize = 32 * 1024;
const MAX_WORDS: usize = 256;
const MAX_WORD_BYTES: usize = 128 * 1024;
const MAX_NAME: usize = 128;
const MAX_SIZE: u16 = 1000;

/// Capabilities that Docker gives by default and lessons do not need.
///
/// `NET_RAW` stays: Debian's `ping` has the file capability `cap_net_raw+ep`, and the kernel refuses to execute a
/// file whose capabilities are not in the bounding set ("operation not permitted"), so that not even `ping localhost`
/// would start. `SETFCAP` goes: only package installations use it, and they fall back to set-user-id.
const DROPPED: [&str; 3] = ["MKNOD", "AUDIT_WRITE", "SETFCAP"];

/// The rule that forbids a container.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refused {
    /// Ports below 1024 are other services' places.
    #[error("port {port} is below {FIRST_PORT}: publish on a higher one, such as {}", u32::from(*port) + 8000)]
    LowPort {
        /// The port.
        port: u16,
    },
    /// Too many ports.
    #[error("at most {MAX_PORTS} ports can be published")]
    Ports,
    /// Too much environment.
    #[error("at most {MAX_ENV} variables of {MAX_ENV_BYTES} bytes together can be set")]
    Env,
    /// Too long a command.
    #[error("a command has at most {MAX_WORDS} words of {MAX_WORD_BYTES} bytes together")]
    Words,
    /// A name that is not one. The text is Docker's.
    #[error("Invalid container name ({0}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed")]
    Name(String),
    /// A terminal of no size, or a huge one.
    #[error("a terminal has 1 to {MAX_SIZE} columns and rows")]
    Size,
    /// NUL bytes cannot be passed to a program.
    #[error("a command or variable contains a NUL byte")]
    Nul,
}

/// Checks what the page asks for.
pub(super) fn check(run: &ContainerRun) -> Result<(), Refused> {
    if run.ports.len() > MAX_PORTS {
        return Err(Refused::Ports);
    }
    if let Some(port) = run.ports.iter().filter_map(|it| it.host).find(|it| *it < FIRST_PORT) {
        return Err(Refused::LowPort { port });
    }
    let bytes = |list: &[String]| list.iter().map(String::len).sum::<usize>();
    if run.env.len() > MAX_ENV || bytes(&run.env) > MAX_ENV_BYTES {
        return Err(Refused::Env);
    }
    if run.cmd.len() > MAX_WORDS || bytes(&run.cmd) > MAX_WORD_BYTES {
        return Err(Refused::Words);
    }
    if run.cmd.iter().chain(&run.env).chain(&run.entrypoint).any(|it| it.contains('\0')) {
        return Err(Refused::Nul);
    }
    if let Some(size) = &run.size {
        size_ok(size.cols, size.rows)?;
    }
    match &run.name {
        Some(name) if !is_name(name) => Err(Refused::Name(name.clone())),
        Some(_) | None => Ok(()),
    }
}

/// Checks the size of a terminal.
pub(super) fn size_ok(cols: u16, rows: u16) -> Result<(), Refused> {
    let ok = |it| (1..=MAX_SIZE).contains(&it);
    if ok(cols) && ok(rows) { Ok(()) } else { Err(Refused::Size) }
}

/// The engine's settings for a container, all of them.
///
/// No `init`: it would be process 1 instead of the image's program, and turn the engine's start errors into its own.
/// No `tmpfs` and no read-only root: the image's files are what the lessons are about. No `auto_remove`: the agent
/// removes the container itself, after it has asked for its exit code.
pub(super) fn host_config(ports: &[Port]) -> HostConfig {
    let mut bindings: HashMap<String, Option<Vec<PortBinding>>> = HashMap::new();
    for port in ports {
        bindings.entry(exposed(port)).or_default().get_or_insert_default().push(binding(port));
    }
    HostConfig {
        memory: Some(MEMORY),
        memory_swap: Some(MEMORY),
        nano_cpus: Some(CPUS),
        pids_limit: Some(PIDS),
        ulimits: Some(vec![ResourcesUlimits {
            name: Some("nofile".to_owned()),
            soft: Some(OPEN_FILES),
            hard: Some(OPEN_FILES),
        }]),
        cap_drop: Some(DROPPED.map(str::to_owned).to_vec()),
        security_opt: Some(vec!["no-new-privileges".to_owned()]),
        // Without a limit, `yes` fills a disk in minutes.
        log_config: Some(HostConfigLogConfig {
            typ: Some("json-file".to_owned()),
            config: Some(HashMap::from([
                ("max-size".to_owned(), "4m".to_owned()),
                ("max-file".to_owned(), "2".to_owned()),
            ])),
        }),
        restart_policy: Some(RestartPolicy {
            name: Some(RestartPolicyNameEnum::NO),
            maximum_retry_count: None,
        }),
        port_bindings: Some(bindings),
        ..HostConfig::default()
    }
}

/// The port in the container, as the engine writes it.
pub(super) fn exposed(port: &Port) -> String {
    format!("{}/{}", port.container, if port.udp { "udp" } else { "tcp" })
}

fn binding(port: &Port) -> PortBinding {
    PortBinding {
        host_ip: Some("127.0.0.1".to_owned()),
        host_port: Some(port.host.map(|it| it.to_string()).unwrap_or_default()),
    }
}

fn is_name(name: &str) -> bool {
    let letter = |it: u8| it.is_ascii_alphanumeric();
    let mut bytes = name.bytes();
    name.len() <= MAX_NAME
        && bytes.next().is_some_and(letter)
        && name.len() > 1
        && bytes.all(|it| letter(it) || matches!(it, b'_' | b'.' | b'-'))
}

#[cfg(test)]
mod tests {
    use dockwright::protocol::call::Size;

    use super::*;

    #[test]
    fn what_is_refused() {
        let run = ContainerRun::default;
        let port = |host| Port { container: 80, host: Some(host), udp: false };
        for (run, expected) in [
            (run(), Ok(())),
            (ContainerRun { ports: vec![port(1024)], ..run() }, Ok(())),
            (ContainerRun { ports: vec![port(80)], ..run() }, Err(Refused::LowPort { port: 80 })),
            (ContainerRun { ports: vec![port(8080); 9], ..run() }, Err(Refused::Ports)),
            (ContainerRun { env: vec![String::new(); 129], ..run() }, Err(Refused::Env)),
            (ContainerRun { env: vec!["x".repeat(32 * 1024 + 1)], ..run() }, Err(Refused::Env)),
            (ContainerRun { cmd: vec![String::new(); 257], ..run() }, Err(Refused::Words)),
            (ContainerRun { cmd: vec!["a\0b".to_owned()], ..run() }, Err(Refused::Nul)),
            (
                ContainerRun { name: Some("a/b".to_owned()), ..run() },
                Err(Refused::Name("a/b".to_owned())),
            ),
            (ContainerRun { name: Some("my-web.1".to_owned()), ..run() }, Ok(())),
            (ContainerRun { size: Some(Size { cols: 0, rows: 24 }), ..run() }, Err(Refused::Size)),
        ] {
            assert_eq!(check(&run), expected);
        }
    }

    #[test]
    fn ports_are_published_on_loopback_alone() {
        let ports = [
            Port { container: 80, host: None, udp: false },
            Port { container: 80, host: Some(8080), udp: false },
            Port { container: 53, host: Some(5353), udp: true },
        ];
        let config = host_config(&ports);
        let bindings = config.port_bindings.unwrap();
        assert_eq!(bindings.len(), 2);
        assert_eq!(bindings.values().flatten().flatten().count(), 3);
        for binding in bindings.values().flatten().flatten() {
            assert_eq!(binding.host_ip.as_deref(), Some("127.0.0.1"));
        }
    }

    #[test]
    fn nothing_of_the_host_is_given() {
        let HostConfig {
            privileged,
            binds,
            mounts,
            devices,
            cap_add,
            pid_mode,
            ipc_mode,
            network_mode,
            ..
        } = host_config(&[]);
        assert_eq!((privileged, binds, mounts, devices), (None, None, None, None));
        assert_eq!((cap_add, pid_mode, ipc_mode, network_mode), (None, None, None, None));
    }
}
