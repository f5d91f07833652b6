//! Runs other programs, and ends them when this one is told to end.

use crate::paths;
use anyhow::{Context, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process_group};
use std::{
    env,
    ffi::OsStr,
    io::{IsTerminal, Read},
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, LazyLock, atomic::AtomicBool, atomic::Ordering},
    thread::{JoinHandle, sleep, spawn},
    time::{Duration, Instant},
};

static INTERRUPTED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// From here on Ctrl-C and SIGTERM do not end this program: they make [`wait`] end its child and return an error, so
/// that everything that was started is also stopped.
pub(crate) fn listen_for_signals() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        if let Err(error) = signal_hook::flag::register(signal, Arc::clone(&INTERRUPTED)) {
            eprintln!("warning: cannot listen for signal {signal}: {error}");
        }
    }
}

/// Whether somebody asked this program to end.
pub(crate) fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}

/// A program to be started at the top of the repository.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(paths::root());
    command
}

/// The cargo that runs us.
pub(crate) fn cargo(subcommand: &str) -> Command {
    let mut command = program(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.arg(subcommand);
    command
}

/// `cargo build`, which shows its progress to a person only.
pub(crate) fn cargo_build() -> Command {
    let mut command = cargo("build");
    if !std::io::stderr().is_terminal() {
        command.arg("--quiet");
    }
    command
}

/// Runs to the end; anything but success is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let child = start(command.stdin(Stdio::null()))?;
    let status = wait(child, None)?;
    ensure!(status.success(), "{}: {status}", show(command));
    Ok(())
}

/// Runs to the end and gives what it printed; anything but success is an error with what it complained about.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let mut child =
        start(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let (stdout, stderr) = (read(child.stdout.take()), read(child.stderr.take()));
    let status = wait(child, None)?;
    let text = |reader: JoinHandle<Vec<u8>>| {
        String::from_utf8_lossy(&reader.join().unwrap_or_default()).into_owned()
    };
    let (stdout, stderr) = (text(stdout), text(stderr));
    ensure!(status.success(), "{}: {status}\n{}", show(command), stderr.trim_end());
    Ok(stdout)
}

/// Reads all of a pipe beside us, so that the writer need not wait.
fn read(pipe: Option<impl Read + Send + 'static>) -> JoinHandle<Vec<u8>> {
    spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe
            && let Err(error) = pipe.read_to_end(&mut bytes)
        {
            eprintln!("warning: cannot read a program's output: {error}");
        }
        bytes
    })
}

/// Starts a program in a process group of its own: Ctrl-C then comes from us, once, and reaches its children too.
pub(crate) fn start(command: &mut Command) -> Result<Child> {
    command.process_group(0).spawn().with_context(|| format!("cannot start {}", show(command)))
}

/// Waits for a child of [`start`], and ends it when this program is interrupted or its time is over.
pub(crate) fn wait(mut child: Child, limit: Option<Duration>) -> Result<ExitStatus> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(5);
    loop {
        if let Some(status) = child.try_wait()? {
            ensure!(!interrupted(), "interrupted");
            return Ok(status);
        }
        if interrupted() {
            end(&mut child, Duration::from_secs(10));
            bail!("interrupted");
        }
        if let Some(limit) = limit.filter(|limit| start.elapsed() > *limit) {
            end(&mut child, Duration::from_secs(2));
            bail!("not finished after {} minutes, and ended", limit.as_secs() / 60);
        }
        sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}

/// Ends a child of [`start`] and its children: asks as Ctrl-C does, then insists. Gives whether asking was enough.
pub(crate) fn end(child: &mut Child, patience: Duration) -> bool {
    let asks = [
        (Signal::INT, patience),
        (Signal::TERM, Duration::from_secs(5)),
        (Signal::KILL, Duration::from_secs(5)),
    ];
    for (number, (signal, time)) in asks.into_iter().enumerate() {
        // Not waited for yet, so the number cannot be another's.
        if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw)
            && let Err(error) = kill_process_group(group, signal)
        {
            eprintln!("warning: cannot signal process {}: {error}", child.id());
        }
        if ends_within(child, time) {
            return number == 0;
        }
    }
    false
}

/// Whether the child has ended, at the latest after `time`.
pub(crate) fn ends_within(child: &mut Child, time: Duration) -> bool {
    let start = Instant::now();
    while start.elapsed() < time {
        if !matches!(child.try_wait(), Ok(None)) {
            return true;
        }
        sleep(Duration::from_millis(20));
    }
    false
}

/// Where a program is, as a shell would find it; with the places that a user's `PATH` on Debian does not name.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let places = env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]);
    places.map(|dir: PathBuf| dir.join(name)).find(|file| file.is_file())
}

fn show(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
