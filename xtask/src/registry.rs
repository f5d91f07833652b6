//! Registries for the tests, on free ports of this machine: one for everybody, one with a password.

use crate::{
    daemon::{self, Daemon},
    paths,
    program::{interrupted, output, program},
};
use anyhow::{Result, bail, ensure};
use std::{
    fmt::Write as _,
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    thread::sleep,
    time::{Duration, Instant},
};

/// Who may use the private registry.
pub(crate) const USER: &str = "student";
/// The password of [`USER`]; it opens nothing but the tests' registry.
pub(crate) const PASSWORD: &str = "s3cret";

/// A running registry; dropping it stops it and removes its images.
pub(crate) struct Registry {
    dir: PathBuf,
    /// `127.0.0.1:PORT`.
    pub(crate) address: String,
    keep: bool,
}

/// The two kinds.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Anonymous,
    Password,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Anonymous => "registry-anonymous",
            Self::Password => "registry-password",
        }
    }

    fn dir(self) -> PathBuf {
        paths::target().join("test").join(self.name())
    }
}

impl Registry {
    /// Starts one, after removing what a killed run left.
    pub(crate) fn up(kind: Kind) -> Result<Self> {
        remove(kind)?;
        let dir = kind.dir();
        fs::create_dir_all(&dir)?;
        let port = free_port()?;
        let registry = Self { dir, address: format!("127.0.0.1:{port}"), keep: false };
        let config = registry.dir.join("config.yml");
        fs::write(&config, registry.config(kind)?)?;
        let mut command = Command::new("docker-registry");
        command.arg("serve").arg(&config);
        let daemon =
            Daemon::start(&registry.dir, kind.name(), command, &paths::target().join("test/log"))?;
        registry.await_up(&daemon)?;
        Ok(registry)
    }

    fn config(&self, kind: Kind) -> Result<String> {
        let dir = self.dir.display();
        let mut text = format!(
            "version: 0.1\nlog: {{level: warn, accesslog: {{disabled: true}}}}\n\
             storage: {{filesystem: {{rootdirectory: \"{dir}/data\"}}, delete: {{enabled: true}}}}\n\
             http: {{addr: \"{}\", secret: test}}\n",
            self.address
        );
        if let Kind::Password = kind {
            let users = self.dir.join("htpasswd");
            fs::write(&users, output(program("htpasswd").args(["-Bbn", USER, PASSWORD]))?)?;
            writeln!(text, "auth: {{htpasswd: {{realm: test, path: \"{}\"}}}}", users.display())?;
        }
        Ok(text)
    }

    fn await_up(&self, daemon: &Daemon) -> Result<()> {
        let start = Instant::now();
        while !answers(&self.address) {
            ensure!(!interrupted(), "interrupted");
            let waited = start.elapsed() > Duration::from_secs(30);
            if waited || !daemon.is_alive() {
                bail!("{} does not come up:\n{}", daemon.name(), daemon.last_words());
            }
            sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Leaves the registry running: `engine down` stops it.
    pub(crate) fn keep(mut self) {
        self.keep = true;
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        if !self.keep
            && let Err(error) = remove_dir(&self.dir)
        {
            eprintln!("warning: the test registry {} is not gone: {error:#}", self.address);
        }
    }
}

/// Stops a registry of this checkout, started by whoever, and removes its images.
pub(crate) fn remove(kind: Kind) -> Result<()> {
    remove_dir(&kind.dir())
}

fn remove_dir(dir: &Path) -> Result<()> {
    if let Some(name) = dir.file_name().and_then(|name| name.to_str()) {
        daemon::stop(dir, name)?;
    }
    if dir.exists() {
        fs::remove_dir_all(dir)?;
    }
    Ok(())
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Whether `/v2/` is there: for everybody, or for those with a password.
fn answers(address: &str) -> bool {
    let ask = || -> Result<String> {
        let mut stream =
            TcpStream::connect_timeout(&address.parse::<SocketAddr>()?, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        write!(stream, "GET /v2/ HTTP/1.0\r\nHost: {address}\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.contains(" 200 ") || answer.contains(" 401 "))
}
