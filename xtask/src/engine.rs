//! A Docker engine of our own for the tests, beside any other on this machine.
//!
//! It has its own containerd, data, socket, bridge and cgroup, and it never touches the firewall by itself: a second
//! dockerd with default settings would delete the first one's rules for published ports. Three rules with our comment
//! give its containers a network. Everything carries one name, `dw-` and a number made from the checkout's place, so that
//! what a killed run left behind is found and removed.

mod api;
mod base;
mod http;
mod isolated;
mod leftovers;
mod network;

pub(crate) use http::{Client, escape};
pub(crate) use isolated::{Generation, Isolated};

use crate::{
    daemon::{self, Daemon},
    paths,
    program::interrupted,
};
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::Command,
    thread::sleep,
    time::{Duration, Instant},
};

/// The running engine; dropping it stops it and removes all that it made.
pub(crate) struct Engine {
    place: Place,
    keep: bool,
}

/// Where the engine lives, and its name.
struct Place {
    /// `dw-1a2b3c`: of the bridge, the cgroup, the firewall rules and containerd's namespace.
    name: String,
    /// Sockets and process numbers: a short path, for a socket's may have 107 bytes.
    run: PathBuf,
    /// Images and containers: on the disk.
    data: PathBuf,
    /// What the daemons say.
    logs: PathBuf,
}

impl Place {
    fn new() -> Self {
        let name = Self::name();
        let run = Path::new("/run").join(&name);
        Self {
            run,
            data: paths::target().join("test/engine"),
            logs: paths::target().join("test/log"),
            name,
        }
    }

    /// The name of this checkout's engines: of its target folder, so that another one may have its own.
    fn name() -> String {
        let mut hasher = DefaultHasher::new();
        paths::target().hash(&mut hasher);
        format!("dw-{:06x}", hasher.finish() & 0xff_ffff)
    }

    fn socket(&self) -> PathBuf {
        self.run.join("docker.sock")
    }
}

impl Engine {
    /// Starts the engine, after removing what a killed run left, and gives it `debian:latest` and `busybox:local`.
    pub(crate) fn up() -> Result<Self> {
        ensure!(
            rustix::process::geteuid().is_root(),
            "a private Docker engine can be started by root only"
        );
        let engine = Self { place: Place::new(), keep: false };
        let place = &engine.place;
        leftovers::remove(place)?;
        let bases = base::tars()?;
        for dir in ["containerd", "data"] {
            fs::create_dir_all(place.data.join(dir))?;
        }
        fs::create_dir_all(&place.run)?;
        network::up(&place.name)?;
        containerd(place)?;
        dockerd(place)?;
        for (tar, name, tag, cmd) in &bases {
            api::import(&place.socket(), tar, name, tag, cmd)
                .with_context(|| format!("cannot import {name}:{tag}"))?;
        }
        Ok(engine)
    }

    /// `DOCKER_HOST`'s value.
    pub(crate) fn host(&self) -> String {
        format!("unix://{}", self.place.socket().display())
    }

    /// The process that a test may kill, to see what happens then.
    pub(crate) fn pid(&self) -> Result<u32> {
        daemon::pid(&self.place.run, "dockerd").context("dockerd has no process number")
    }

    /// What `docker ps -a` would list: nothing, if every test cleaned up behind itself.
    pub(crate) fn containers(&self) -> Result<Vec<String>> {
        api::containers(&self.place.socket())
    }

    /// Leaves the engine running: `engine down` stops it.
    pub(crate) fn keep(mut self) {
        self.keep = true;
    }

    /// Stops the engine, and fails when anything of it is still there.
    pub(crate) fn down(mut self) -> Result<()> {
        self.keep = true;
        remove()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        if !self.keep
            && let Err(error) = leftovers::remove(&self.place)
        {
            eprintln!("warning: the test engine is not gone: {error:#}");
        }
    }
}

/// Stops this checkout's engine, started by whoever, and fails when anything of it is still there.
pub(crate) fn remove() -> Result<()> {
    let place = Place::new();
    leftovers::remove(&place)?;
    let left = leftovers::list(&place);
    ensure!(left.is_empty(), "the test engine left behind:\n  {}", left.join("\n  "));
    Ok(())
}

fn containerd(place: &Place) -> Result<()> {
    let Place { name: _, run, data, logs } = place;
    let config = run.join("containerd.toml");
    let text = format!(
        "version = 2\nroot = \"{root}\"\nstate = \"{run}/containerd\"\n\
         disabled_plugins = [\"io.containerd.grpc.v1.cri\", \"io.containerd.snapshotter.v1.aufs\", \
         \"io.containerd.snapshotter.v1.btrfs\", \"io.containerd.snapshotter.v1.zfs\", \
         \"io.containerd.snapshotter.v1.devmapper\", \"io.containerd.tracing.processor.v1.otlp\", \
         \"io.containerd.internal.v1.tracing\"]\n\
         [grpc]\naddress = \"{run}/containerd.sock\"\n[ttrpc]\naddress = \"{run}/containerd.sock.ttrpc\"\n",
        root = data.join("containerd").display(),
        run = run.display()
    );
    fs::write(&config, text)?;
    let mut command = Command::new("containerd");
    command.arg("--config").arg(&config).args(["--log-level", "warn"]);
    let daemon = Daemon::start(run, "containerd", command, logs)?;
    await_up(&daemon, || run.join("containerd.sock").exists())
}

fn dockerd(place: &Place) -> Result<()> {
    let Place { name, run, data, logs } = place;
    let config = run.join("daemon.json");
    fs::write(&config, "{\"insecure-registries\": [\"127.0.0.0/8\"]}\n")?;
    let mut command = Command::new("dockerd");
    command.arg("--config-file").arg(&config);
    command.arg("--data-root").arg(data.join("data"));
    command.arg("--exec-root").arg(run.join("exec"));
    command.arg("--pidfile").arg(run.join("docker.pid"));
    command.arg("--host").arg(format!("unix://{}", place.socket().display()));
    command.arg("--containerd").arg(run.join("containerd.sock"));
    command.args([
        "--containerd-namespace",
        name,
        "--containerd-plugins-namespace",
        &format!("{name}-plugins"),
    ]);
    command.args(["--bridge", name, "--mtu", &network::mtu().to_string()]);
    command.args([
        "--iptables=false",
        "--ip6tables=false",
        "--ip-masq=false",
        "--ip-forward=false",
    ]);
    command.args([
        "--exec-opt",
        "native.cgroupdriver=cgroupfs",
        "--cgroup-parent",
        &format!("/{name}"),
    ]);
    command.args(["--log-level", "warn"]);
    let daemon = Daemon::start(run, "dockerd", command, logs)?;
    await_up(&daemon, || api::is_up(&place.socket()))
}

fn await_up(daemon: &Daemon, is_up: impl Fn() -> bool) -> Result<()> {
    let start = Instant::now();
    while !is_up() {
        ensure!(!interrupted(), "interrupted");
        ensure!(daemon.is_alive(), "{} ended at once:\n{}", daemon.name(), daemon.last_words());
        ensure!(
            start.elapsed() < Duration::from_mins(1),
            "{} is not up after 60 s:\n{}",
            daemon.name(),
            daemon.last_words()
        );
        sleep(Duration::from_millis(20));
    }
    Ok(())
}
