//! What programs inside containers do, as far as they are simulated.
//!
//! One family of programs is one file. A program that exists in the image but is not simulated says so.

use std::sync::Arc;

use super::{
    output::{ChunkKind, Output},
    root::{DEFAULT_PATH, NotStarted, Root},
};

pub mod apt;
pub mod files;
pub mod network;
pub mod ping;
pub mod shell;
pub mod system;

pub use ping::Ping;
pub use shell::Shell;

/// What a process sees of its container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// The files, shared until one changes.
    pub root: Arc<Root>,
    /// The environment as `NAME=value`.
    pub env: Vec<String>,
    /// The working directory.
    pub directory: String,
    /// The name of the host.
    pub hostname: String,
    /// The user; empty for root.
    pub user: String,
    /// The words of process 1.
    pub first: String,
    /// Whether there is a terminal.
    pub tty: bool,
    /// Whether somebody can type.
    pub stdin: bool,
    /// Bytes that were added to the files, less those that were removed.
    pub grown: i64,
}

/// What came of starting a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ran {
    /// It is over.
    Done(Output),
    /// It goes on, after printing something.
    Foreground(Output, Foreground),
}

/// A program that goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Foreground {
    /// A shell that waits for lines.
    Shell(Shell),
    /// A `ping` that sends one request a second.
    Ping(Ping),
    /// Something that waits, such as a server, and what it is called.
    Waiting(String),
}

impl Process {
    /// The value of a variable.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.env.iter().rev().find_map(|it| it.strip_prefix(name)?.strip_prefix('='))
    }

    /// Sets a variable.
    pub fn set_variable(&mut self, name: &str, value: &str) {
        self.env.retain(|it| it.split_once('=').is_none_or(|it| it.0 != name));
        self.env.push(format!("{name}={value}"));
    }

    /// The absolute path of the program that a word means.
    pub fn find(&self, name: &str) -> Result<String, NotStarted> {
        let path = self.variable("PATH").unwrap_or(DEFAULT_PATH);
        self.root.find_program(name, path, &self.directory)
    }

    /// A path as written, absolute.
    pub fn path(&self, path: &str) -> String {
        super::root::join(&self.directory, path)
    }

    /// The files, to change them.
    pub fn root_mut(&mut self) -> &mut Root {
        Arc::make_mut(&mut self.root)
    }

    /// Whether this is a system with busybox for its tools.
    pub fn is_busybox(&self) -> bool {
        matches!(self.root.system.as_str(), "alpine" | "busybox")
    }
}

/// Starts a program that exists.
pub fn start(process: &mut Process, argv: &[String]) -> Ran {
    let Some((first, args)) = argv.split_first() else { return Ran::Done(Output::default()) };
    let name = first.rsplit('/').next().unwrap_or_default();
    let done = match name {
        "bash" | "sh" | "ash" | "dash" => return shell::start(process, first, args),
        "ping" => return ping::start(process, args),
        "curl" => network::curl(args),
        "traceroute" => network::traceroute(args),
        "apt" | "apt-get" => apt::run(process, name, args),
        "echo" => system::echo(args),
        "printf" => system::printf(args),
        "env" | "printenv" => system::env(process, args),
        "id" => system::id(process, args),
        "whoami" => Output::ok(system::user(process)),
        "hostname" => Output::ok(process.hostname.clone()),
        "uname" => system::uname(process, args),
        "pwd" => Output::ok(process.directory.clone()),
        "which" => system::which(process, args),
        "ps" => system::ps(process, argv),
        "sleep" => return system::sleep(args),
        "true" => Output::default(),
        "false" => Output::default().exit(1),
        "ls" => files::ls(process, args),
        "cat" => return files::cat(process, args),
        "mkdir" => files::mkdir(process, args),
        "touch" => files::touch(process, args),
        "rm" => files::rm(process, args),
        "hello" => Output::ok(process.root.files.get("/hello.txt").cloned().unwrap_or_default()),
        "nginx" | "redis-server" | "mysqld" | "docker-entrypoint.sh" | "entrypoint.sh" => {
            return waiting(argv);
        }
        _ => not_simulated(name),
    };
    Ran::Done(done)
}

/// A server: it runs, and that is all that is known of it.
fn waiting(argv: &[String]) -> Ran {
    let name = argv.join(" ");
    let text = format!(
        "`{name}` runs. Dockwright does not simulate what it prints or answers. Ctrl+C stops it."
    );
    Ran::Foreground(Output::default().note(text), Foreground::Waiting(name))
}

/// A program that is there, and of which the simulation knows no more.
pub(crate) fn not_simulated(name: &str) -> Output {
    let text = format!(
        "Dockwright does not simulate `{name}` inside a container. The program exists in this image; run it in My Docker."
    );
    Output::default().note(text)
}

/// A line on the standard error.
pub(crate) fn complain(text: impl Into<String>, exit: u8) -> Output {
    let mut output = Output::default();
    output.push(ChunkKind::Stderr, text.into());
    output.exit(exit)
}
