//! Engines of three generations, each in a network and with mounts of its own: nothing of it is seen outside.
//!
//! The newer ones run in Debian systems that mmdebstrap makes once. An engine that only builds needs no network at all, so
//! it gets none, and needs no rule of the firewall.

use super::{Client, Place, api, await_up, base, leftovers};
use crate::{
    apt,
    daemon::Daemon,
    paths,
    program::{find, interrupted, output, program},
};
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The engines that we compare with, by their versions in Debian.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Generation {
    /// 20.10, of Debian 12: the one of the article.
    V20,
    /// 26.1, of Debian 13.
    V26,
    /// 28.5, of Debian's unstable release.
    V28,
}

impl Generation {
    /// All, for a person who named another.
    pub(crate) const NAMES: &str = "20.10, 26 or 28";

    /// The one that is called so.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "20" | "20.10" => Some(Self::V20),
            "26" | "26.1" => Some(Self::V26),
            "28" | "28.5" => Some(Self::V28),
            _ => None,
        }
    }

    /// How its version begins.
    pub(crate) fn version(self) -> &'static str {
        match self {
            Self::V20 => "20.10",
            Self::V26 => "26.1",
            Self::V28 => "28.5",
        }
    }

    fn suite(self) -> &'static str {
        match self {
            Self::V20 => "bookworm",
            Self::V26 => "trixie",
            Self::V28 => "sid",
        }
    }
}

/// A running engine; dropping it stops it and removes all that it made.
pub(crate) struct Isolated {
    place: Place,
    /// Where its program and libraries are.
    root: PathBuf,
}

/// What runs in the new namespaces. A root that is no mount point cannot be changed by the engine's tools.
const INSIDE: &str = r#"set -e
root=$1 run=$2; shift 2
ip link set lo up 2>/dev/null || true
if [ "$root" = / ]; then
  mkdir -p /run/containerd
  mount -t tmpfs tmpfs /run/containerd
else
  mount --rbind "$root" "$root"
  mount --rbind /dev "$root/dev"
  mount -t proc proc "$root/proc"
  mount --rbind /sys "$root/sys"
  mount -t tmpfs tmpfs "$root/run"
  mount -t tmpfs tmpfs "$root/tmp"
  mkdir -p "$root$run"
  mount --rbind "$run" "$root$run"
fi
exec chroot "$root" dockerd "$@"
"#;

/// The engine's data may take so much memory, and so much must be left.
const MEMORY: u64 = 6 << 30;

impl Isolated {
    /// Starts an engine without any image, after removing what a killed run left.
    pub(crate) fn up(generation: Generation) -> Result<Self> {
        ensure!(
            rustix::process::geteuid().is_root(),
            "Docker {} for the comparison can be started by root only",
            generation.version()
        );
        apt::install(&["busybox", "containerd", "dockerd", "ip", "iptables", "mmdebstrap"])?;
        let root = root(generation)?;
        let name = format!("{}-{}", Place::name(), generation.suite().get(..1).unwrap_or_default());
        let run = Path::new("/run").join(&name);
        let logs =
            paths::target().join("test/log").join(format!("engine-{}", generation.version()));
        let place = Place { data: run.join("data"), run, logs, name };
        leftovers::remove(&place)?;
        let engine = Self { place, root };
        engine.start()?;
        let version = Client::new(&engine.socket()).call("GET", "/version", "", b"")?.json()?;
        let version = version.get("Version").and_then(|it| it.as_str()).unwrap_or_default();
        ensure!(
            version.starts_with(generation.version()),
            "this should be Docker {}, but it is {version}",
            generation.version()
        );
        Ok(engine)
    }

    fn start(&self) -> Result<()> {
        let Place { name, run, data, logs } = &self.place;
        fs::create_dir_all(data)?;
        let mut mount = program("mount");
        if free_memory() > 2 * MEMORY {
            mount.args(["-t", "tmpfs", "-o", &format!("size={MEMORY}"), "tmpfs"]);
        } else {
            let disk = paths::target().join("test").join(name);
            if disk.exists() {
                fs::remove_dir_all(&disk)?;
            }
            fs::create_dir_all(&disk)?;
            mount.arg("--bind").arg(disk);
        }
        output(mount.arg(data))?;
        let config = run.join("daemon.json");
        fs::write(&config, "{}\n")?;
        let mut command = Command::new("unshare");
        command.args(["--mount", "--net", "--propagation", "private", "sh", "-c", INSIDE, "sh"]);
        command.args([&self.root, run]);
        command.arg("--config-file").arg(&config);
        command.arg("--data-root").arg(data);
        command.arg("--exec-root").arg(run.join("exec"));
        command.arg("--pidfile").arg(run.join("docker.pid"));
        command.arg("--host").arg(format!("unix://{}", self.socket().display()));
        command.args(["--exec-opt", "native.cgroupdriver=cgroupfs"]);
        command.args(["--cgroup-parent", &format!("/{name}"), "--log-level", "error"]);
        let daemon = Daemon::start(run, "dockerd", command, logs)?;
        await_up(&daemon, || api::is_up(&self.socket()))
    }

    /// Where it listens.
    pub(crate) fn socket(&self) -> PathBuf {
        self.place.socket()
    }

    /// The last client that can speak with every builder without a plugin.
    pub(crate) fn client() -> Result<PathBuf> {
        let client = root(Generation::V20)?.join("usr/bin/docker");
        ensure!(client.exists(), "Docker's client of 20.10 is missing: {}", client.display());
        Ok(client)
    }

    /// Where it keeps images and containers.
    pub(crate) fn data(&self) -> &Path {
        &self.place.data
    }

    /// The files of a small system.
    pub(crate) fn busybox() -> Result<Vec<u8>> {
        let dir = paths::target().join("test/base");
        fs::create_dir_all(&dir)?;
        Ok(fs::read(base::busybox(&dir)?)?)
    }

    /// The same engine again, without anything in it: many images make it slow.
    pub(crate) fn restart(&self) -> Result<()> {
        leftovers::remove(&self.place)?;
        self.start()
    }

    /// Stops the engine, and fails when anything of it is still there.
    pub(crate) fn down(self) -> Result<()> {
        leftovers::remove(&self.place)?;
        let left = leftovers::list(&self.place);
        ensure!(left.is_empty(), "the engine left behind:\n  {}", left.join("\n  "));
        Ok(())
    }
}

impl Drop for Isolated {
    fn drop(&mut self) {
        if self.place.run.exists()
            && let Err(error) = leftovers::remove(&self.place)
        {
            eprintln!("warning: the engine is not gone: {error:#}");
        }
    }
}

/// The system with the engine: this one, if it has that engine; else one that is made once.
fn root(generation: Generation) -> Result<PathBuf> {
    let ours = find("dockerd").map(|it| output(program(it).arg("--version"))).transpose()?;
    let wanted = format!("version {}", generation.version());
    if ours.is_some_and(|it| it.contains(&wanted)) {
        return Ok("/".into());
    }
    let suite = generation.suite();
    let dir = paths::target().join("test/chroot").join(suite);
    if dir.join("usr/sbin/dockerd").exists() {
        return Ok(dir);
    }
    println!(
        "{:>8}  Docker {}, from Debian's {suite}: once, about a minute",
        "engine",
        generation.version()
    );
    let part = dir.with_extension("part");
    if part.exists() {
        fs::remove_dir_all(&part)?;
    }
    fs::create_dir_all(&part)?;
    let mut make = program("mmdebstrap");
    make.args(["--quiet", "--format=directory", "--variant=minbase"]);
    // The mirror's list of an unstable release may be older than it should be.
    make.args(["--aptopt=Acquire::Check-Valid-Until \"false\""]);
    make.args(["--include=docker.io,iptables,iproute2,ca-certificates", suite]);
    output(make.arg(&part)).with_context(|| {
        format!("Docker {} comes from Debian's {suite}, over the network", generation.version())
    })?;
    ensure!(!interrupted(), "interrupted");
    fs::rename(&part, &dir)?;
    Ok(dir)
}

fn free_memory() -> u64 {
    let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"));
    let number = line.and_then(|it| it.split_whitespace().next()?.parse::<u64>().ok());
    number.unwrap_or_default() << 10
}
