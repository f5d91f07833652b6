//! `docker run`: makes a container and starts it.

use super::{
    Command, Failure,
    flags::{Flag, Kind, Parsed},
    usage::{Arity, Invoked, Spec},
};

/// `docker run [OPTIONS] IMAGE [COMMAND] [ARG...]`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Run {
    /// The image as written.
    pub image: String,
    /// The words after the image: they replace `CMD`.
    pub args: Vec<String>,
    /// In the background.
    pub detach: bool,
    /// With an open standard input.
    pub interactive: bool,
    /// With a terminal.
    pub tty: bool,
    /// Removed when it ends.
    pub rm: bool,
    /// The name of the container.
    pub name: Option<String>,
    /// What replaces `ENTRYPOINT`; `Some("")` takes it away.
    pub entrypoint: Option<String>,
    /// `NAME=value`, or `NAME` alone for the value outside.
    pub env: Vec<String>,
    /// `key=value`.
    pub labels: Vec<String>,
    /// `[[ip:]host:]port[/proto]`.
    pub publish: Vec<String>,
    /// Volumes as written.
    pub volumes: Vec<String>,
    /// Another working directory.
    pub workdir: Option<String>,
    /// Another user.
    pub user: Option<String>,
    /// Another host name.
    pub hostname: Option<String>,
    /// The network as written.
    pub network: Option<String>,
    /// The platform as written.
    pub platform: Option<String>,
    /// `missing` if not given.
    pub pull: Option<String>,
    /// A small init as process 1.
    pub init: bool,
    /// All rights of the host.
    pub privileged: bool,
    /// Do not show the pull.
    pub quiet: bool,
}

/// How it is called.
pub(super) const SPEC: Spec = Spec {
    name: "run",
    aliases: &["docker container run", "docker run"],
    synopsis: "[OPTIONS] IMAGE [COMMAND] [ARG...]",
    about: "Create and run a new container from an image",
    about_classic: "Run a command in a new container",
    interspersed: false,
    arity: Arity::AtLeast(1),
    flags: FLAGS,
    read,
};

const FLAGS: &[Flag] = &[
    Flag::accepted("add-host", Kind::Many("list")),
    Flag::accepted("annotation", Kind::Many("map")),
    Flag::accepted("attach", Kind::Many("list")).or('a'),
    Flag::accepted("blkio-weight", Kind::Int),
    Flag::accepted("blkio-weight-device", Kind::Many("list")),
    Flag::accepted("cap-add", Kind::Many("list")),
    Flag::accepted("cap-drop", Kind::Many("list")),
    Flag::accepted("cgroup-parent", Kind::One("string")),
    Flag::accepted("cgroupns", Kind::One("string")),
    Flag::accepted("cidfile", Kind::One("string")),
    Flag::accepted("cpu-count", Kind::Int),
    Flag::accepted("cpu-percent", Kind::Int),
    Flag::accepted("cpu-period", Kind::Int),
    Flag::accepted("cpu-quota", Kind::Int),
    Flag::accepted("cpu-rt-period", Kind::Int),
    Flag::accepted("cpu-rt-runtime", Kind::Int),
    Flag::accepted("cpu-shares", Kind::Int).or('c'),
    Flag::accepted("cpus", Kind::One("decimal")),
    Flag::accepted("cpuset-cpus", Kind::One("string")),
    Flag::accepted("cpuset-mems", Kind::One("string")),
    Flag::new("detach", Kind::Switch, "Run in the background and print the id").or('d'),
    Flag::accepted("detach-keys", Kind::One("string")),
    Flag::accepted("device", Kind::Many("list")),
    Flag::accepted("device-cgroup-rule", Kind::Many("list")),
    Flag::accepted("device-read-bps", Kind::Many("list")),
    Flag::accepted("device-read-iops", Kind::Many("list")),
    Flag::accepted("device-write-bps", Kind::Many("list")),
    Flag::accepted("device-write-iops", Kind::Many("list")),
    Flag::accepted("disable-content-trust", Kind::Switch),
    Flag::accepted("dns", Kind::Many("list")),
    Flag::accepted("dns-opt", Kind::Many("list")),
    Flag::accepted("dns-option", Kind::Many("list")),
    Flag::accepted("dns-search", Kind::Many("list")),
    Flag::accepted("domainname", Kind::One("string")),
    Flag::new(
        "entrypoint",
        Kind::One("string"),
        "Another program than the ENTRYPOINT of the image",
    ),
    Flag::new("env", Kind::Many("list"), "Set a variable").or('e'),
    Flag::accepted("env-file", Kind::Many("list")),
    Flag::accepted("expose", Kind::Many("list")),
    Flag::accepted("gpus", Kind::Many("gpu-request")),
    Flag::accepted("group-add", Kind::Many("list")),
    Flag::accepted("health-cmd", Kind::One("string")),
    Flag::accepted("health-interval", Kind::Duration),
    Flag::accepted("health-retries", Kind::Int),
    Flag::accepted("health-start-interval", Kind::Duration),
    Flag::accepted("health-start-period", Kind::Duration),
    Flag::accepted("health-timeout", Kind::Duration),
    Flag::new("hostname", Kind::One("string"), "Name of the host inside").or('h'),
    Flag::accepted("init", Kind::Switch),
    Flag::new("interactive", Kind::Switch, "Keep the standard input open").or('i'),
    Flag::accepted("io-maxbandwidth", Kind::Bytes),
    Flag::accepted("io-maxiops", Kind::Int),
    Flag::accepted("ip", Kind::One("ip")),
    Flag::accepted("ip6", Kind::One("ip")),
    Flag::accepted("ipc", Kind::One("string")),
    Flag::accepted("isolation", Kind::One("string")),
    Flag::accepted("kernel-memory", Kind::Bytes),
    Flag::new("label", Kind::Many("list"), "Set a label").or('l'),
    Flag::accepted("label-file", Kind::Many("list")),
    Flag::accepted("link", Kind::Many("list")),
    Flag::accepted("link-local-ip", Kind::Many("list")),
    Flag::accepted("log-driver", Kind::One("string")),
    Flag::accepted("log-opt", Kind::Many("list")),
    Flag::accepted("mac-address", Kind::One("string")),
    Flag::accepted("memory", Kind::Bytes).or('m'),
    Flag::accepted("memory-reservation", Kind::Bytes),
    Flag::accepted("memory-swap", Kind::One("bytes")),
    Flag::accepted("memory-swappiness", Kind::Int),
    Flag::accepted("mount", Kind::Many("mount")),
    Flag::new("name", Kind::One("string"), "Name of the container"),
    Flag::accepted("net", Kind::Many("network")),
    Flag::accepted("net-alias", Kind::Many("list")),
    Flag::accepted("network", Kind::Many("network")),
    Flag::accepted("network-alias", Kind::Many("list")),
    Flag::accepted("no-healthcheck", Kind::Switch),
    Flag::accepted("oom-kill-disable", Kind::Switch),
    Flag::accepted("oom-score-adj", Kind::Int),
    Flag::accepted("pid", Kind::One("string")),
    Flag::accepted("pids-limit", Kind::Int),
    Flag::accepted("platform", Kind::One("string")),
    Flag::accepted("privileged", Kind::Switch),
    Flag::new("publish", Kind::Many("list"), "Publish a port on the host").or('p'),
    Flag::accepted("publish-all", Kind::Switch).or('P'),
    Flag::new("pull", Kind::One("string"), "Pull the image: always, missing or never"),
    Flag::new("quiet", Kind::Switch, "Do not show the pull").or('q'),
    Flag::accepted("read-only", Kind::Switch),
    Flag::accepted("restart", Kind::One("string")),
    Flag::new("rm", Kind::Switch, "Remove the container when it ends"),
    Flag::accepted("runtime", Kind::One("string")),
    Flag::accepted("security-opt", Kind::Many("list")),
    Flag::accepted("shm-size", Kind::Bytes),
    Flag::accepted("sig-proxy", Kind::Switch),
    Flag::accepted("stop-signal", Kind::One("string")),
    Flag::accepted("stop-timeout", Kind::Int),
    Flag::accepted("storage-opt", Kind::Many("list")),
    Flag::accepted("sysctl", Kind::Many("map")),
    Flag::accepted("tmpfs", Kind::Many("list")),
    Flag::new("tty", Kind::Switch, "Give it a terminal").or('t'),
    Flag::accepted("ulimit", Kind::Many("ulimit")),
    Flag::accepted("use-api-socket", Kind::Switch),
    Flag::new("user", Kind::One("string"), "User inside the container").or('u'),
    Flag::accepted("userns", Kind::One("string")),
    Flag::accepted("uts", Kind::One("string")),
    Flag::accepted("volume", Kind::Many("list")).or('v'),
    Flag::accepted("volume-driver", Kind::One("string")),
    Flag::accepted("volumes-from", Kind::Many("list")),
    Flag::new("workdir", Kind::One("string"), "Working directory inside the container").or('w'),
];

fn read(parsed: &Parsed, invoked: &Invoked<'_>) -> Result<Command, Failure> {
    let (image, args) = match parsed.args.split_first() {
        Some((image, args)) => (image.clone(), args.to_vec()),
        None => (String::new(), Vec::new()),
    };
    let detach = parsed.is_on("detach");
    if detach && !parsed.many("attach").is_empty() {
        let message = "conflicting options: cannot specify both --attach and --detach";
        return Err(Failure::new(message, 1));
    }
    for entry in parsed.many("env") {
        if entry.is_empty() || entry.starts_with('=') {
            let message = format!(
                "invalid argument \"{entry}\" for \"-e, --env\" flag: invalid environment variable: {entry}"
            );
            return Err(invoked.flag_error(super::flags::FlagError::Message(message)));
        }
    }
    Ok(Command::Run(Run {
        image,
        args,
        detach,
        interactive: parsed.is_on("interactive"),
        tty: parsed.is_on("tty"),
        rm: parsed.is_on("rm"),
        name: parsed.one("name"),
        entrypoint: parsed.one("entrypoint"),
        env: parsed.many("env"),
        labels: parsed.many("label"),
        publish: parsed.many("publish"),
        volumes: parsed.many("volume"),
        workdir: parsed.one("workdir"),
        user: parsed.one("user"),
        hostname: parsed.one("hostname"),
        network: parsed.one("network").or_else(|| parsed.one("net")),
        platform: parsed.one("platform"),
        pull: parsed.one("pull"),
        init: parsed.is_on("init"),
        privileged: parsed.is_on("privileged"),
        quiet: parsed.is_on("quiet"),
    }))
}
