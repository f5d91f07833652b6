//! The agent, serving the built page for a test or a measurement.

use crate::{paths, program};
use anyhow::{Result, bail, ensure};
use std::{
    fs::{self, File},
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

/// A running agent; dropping it ends it.
pub(crate) struct Companion {
    child: Child,
    /// Where the page is.
    pub(crate) url: String,
}

impl Companion {
    /// Starts the agent on a free port; what it says goes to a log of its `name`. It has no engine.
    pub(crate) fn start(name: &str) -> Result<Self> {
        let dir = paths::target().join("test");
        let log = dir.join(format!("log/agent-{name}.log"));
        let state = dir.join(format!("agent-{name}"));
        for it in [&state, &dir.join("log")] {
            fs::create_dir_all(it)?;
        }
        let nowhere = format!("unix://{}", dir.join("no-engine.sock").display());
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = program::program(paths::agent());
        command.args(["serve", "--page"]).arg(paths::at("www/dist"));
        command.args(["--port", &port.to_string(), "--engine", &nowhere, "--state-dir"]).arg(state);
        let out = File::create(log)?;
        command.stdin(Stdio::null()).stdout(out.try_clone()?).stderr(out);
        let mut it =
            Self { child: program::start(&mut command)?, url: format!("http://127.0.0.1:{port}/") };
        let start = Instant::now();
        while !is_healthy(port) {
            ensure!(!program::interrupted(), "interrupted");
            if let Some(status) = it.child.try_wait()? {
                bail!("the agent ended: {status}");
            }
            ensure!(
                start.elapsed() < Duration::from_secs(20),
                "the agent does not answer on port {port}"
            );
            sleep(Duration::from_millis(20));
        }
        Ok(it)
    }
}

impl Drop for Companion {
    fn drop(&mut self) {
        if !program::end(&mut self.child, Duration::from_secs(5)) {
            eprintln!("warning: the agent did not end when asked to");
        }
    }
}

fn is_healthy(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(
            stream,
            "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}
