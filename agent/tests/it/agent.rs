//! A running agent.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::Value;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// An agent of its own port, page and state, which ends with the test.
pub(crate) struct Agent {
    child: Child,
    pub(crate) port: u16,
    pub(crate) folder: PathBuf,
    printed: Arc<Mutex<String>>,
    /// Whether the folder outlives it.
    keep: bool,
}

/// What `POST /v1/session` gives.
pub(crate) struct Paired {
    pub(crate) sid: String,
    pub(crate) key: String,
}

impl Agent {
    /// With an engine that is not there.
    pub(crate) fn without_engine() -> Self {
        Self::start("unix:///nonexistent/docker.sock")
    }

    /// With an engine.
    pub(crate) fn start(engine: &str) -> Self {
        Self::start_in(&folder(), engine)
    }

    /// With an engine, in a folder that another agent has used.
    pub(crate) fn start_in(folder: &Path, engine: &str) -> Self {
        fs::create_dir_all(folder.join("page/assets")).unwrap();
        fs::write(folder.join("page/index.html"), "<!doctype html><title>page</title>").unwrap();
        fs::write(folder.join("page/assets/core-1.wasm"), "\0asm").unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_dockwright"))
            .args(["serve", "--port", "0", "--engine", engine, "--page"])
            .arg(folder.join("page"))
            .arg("--state-dir")
            .arg(folder.join("state"))
            .arg("--pair-file")
            .arg(folder.join("pair.json"))
            .stdout(Stdio::piped())
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let printed = Arc::new(Mutex::new(String::new()));
        let (lines, text) = (BufReader::new(child.stdout.take().unwrap()), Arc::clone(&printed));
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                let mut text = text.lock().unwrap();
                text.push_str(&line);
                text.push('\n');
            }
        });
        let mut agent = Self { child, port: 0, folder: folder.to_owned(), printed, keep: false };
        wait_for("the agent's first words", || agent.printed().contains("Press Ctrl-C"));
        agent.port =
            agent.url().rsplit_once(':').unwrap().1.split('/').next().unwrap().parse().unwrap();
        agent
    }

    /// What it has printed.
    pub(crate) fn printed(&self) -> String {
        self.printed.lock().unwrap().clone()
    }

    /// The newest link.
    pub(crate) fn url(&self) -> String {
        let text = fs::read_to_string(self.folder.join("pair.json")).unwrap();
        serde_json::from_str::<Value>(&text).unwrap()["url"].as_str().unwrap().to_owned()
    }

    /// The newest code.
    pub(crate) fn code(&self) -> String {
        self.url().rsplit_once("#c=").unwrap().1.to_owned()
    }

    /// Its own origin.
    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Sends bytes, and gives what comes back before the connection is closed or half a second has passed.
    pub(crate) fn raw(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
        // The agent may close before it has read everything.
        drop(stream.write_all(request.as_bytes()));
        let mut answer = Vec::new();
        let mut buffer = [0; 4096];
        while let Ok(size @ 1..) = stream.read(&mut buffer) {
            answer.extend_from_slice(&buffer[..size]);
            if complete(&answer) {
                break;
            }
        }
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Posts a code.
    pub(crate) fn post_code(&self, code: &str) -> String {
        let (origin, port) = (self.origin(), self.port);
        let body = format!(r#"{{"code":"{code}"}}"#);
        self.raw(&format!(
            "POST /v1/session HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ))
    }

    /// Pairs.
    pub(crate) fn pair(&self) -> Paired {
        let code = self.code();
        let answer = self.post_code(&code);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        let body: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
        wait_for("a new link", || self.code() != code);
        let text = |key: &str| body[key].as_str().unwrap().to_owned();
        Paired { sid: text("sid"), key: text("key") }
    }

    /// The memory that it uses, in bytes.
    pub(crate) fn memory(&self) -> usize {
        let text = fs::read_to_string(format!("/proc/{}/statm", self.child.id())).unwrap();
        text.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096
    }

    /// Sends a signal, such as `TERM`.
    pub(crate) fn signal(&self, signal: &str) {
        signal_to(self.child.id(), signal);
    }

    /// Waits for its end.
    pub(crate) fn wait(&mut self, time: Duration) -> ExitStatus {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(started.elapsed() < time, "the agent did not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Kills it, and leaves its folder to another.
    pub(crate) fn kill(mut self) -> PathBuf {
        self.keep = true;
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.folder.clone()
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        if self.keep {
            return;
        }
        if matches!(self.child.try_wait(), Ok(None)) {
            self.signal("TERM");
            let started = Instant::now();
            while matches!(self.child.try_wait(), Ok(None))
                && started.elapsed() < Duration::from_secs(12)
            {
                std::thread::sleep(Duration::from_millis(10));
            }
        }
        drop(self.child.kill());
        drop(self.child.wait());
        drop(fs::remove_dir_all(&self.folder));
    }
}

/// A new folder.
pub(crate) fn folder() -> PathBuf {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("dockwright-it-{}-{number}", std::process::id()))
}

/// Sends a signal to a process.
pub(crate) fn signal_to(pid: u32, signal: &str) {
    let sent = Command::new("kill").arg(format!("-{signal}")).arg(pid.to_string()).status();
    assert!(sent.unwrap().success());
}

/// Waits until something is so.
#[track_caller]
pub(crate) fn wait_for(what: &str, is_so: impl Fn() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(15), "no {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Whether an answer with a `Content-Length` is there in full.
fn complete(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|it| it.strip_prefix("content-length: ")?.parse().ok());
    length.is_some_and(|it: usize| body.len() >= it) || head.starts_with("http/1.1 101")
}
