//! Runs other programs, and ends them when this one is told to end.

use crate::paths;
use anyhow::{Context, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use std::{
    env,
    ffi::OsStr,
    io::IsTerminal,
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, LazyLock, atomic::AtomicBool, atomic::Ordering},
    thread::sleep,
    time::{Duration, Instant},
};

static INTERRUPTED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// From here on Ctrl-C and SIGTERM do not end this program: they make [`wait`] end its child and return an error,
/// so that everything that was started is also stopped.
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

/// The cargo that runs us; it shows its progress to a person only.
pub(crate) fn cargo(subcommand: &str) -> Command {
    let mut command = program(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.arg(subcommand);
    if !std::io::stderr().is_terminal() {
        command.arg("--quiet");
    }
    command
}

/// Runs to the end; anything but success is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let child = command
        .stdin(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {}", show(command)))?;
    let status = wait(child, Duration::from_secs(3))?;
    ensure!(status.success(), "{}: {status}", show(command));
    Ok(())
}

/// Runs to the end and gives what it printed; anything but success is an error with what it complained about.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let out = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start {}", show(command)))?;
    let errors = String::from_utf8_lossy(&out.stderr);
    ensure!(out.status.success(), "{}: {}\n{}", show(command), out.status, errors.trim_end());
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Waits for a child. After an interruption it has `patience` to end by itself (a terminal's Ctrl-C reaches it too).
pub(crate) fn wait(mut child: Child, patience: Duration) -> Result<ExitStatus> {
    let mut pause = Duration::from_millis(5);
    loop {
        if let Some(status) = child.try_wait()? {
            ensure!(!interrupted(), "interrupted");
            return Ok(status);
        }
        if interrupted() {
            end(&mut child, patience);
            bail!("interrupted");
        }
        sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}

fn end(child: &mut Child, patience: Duration) {
    if !ends_within(child, patience) {
        signal(child, Signal::TERM);
        if !ends_within(child, Duration::from_secs(5)) {
            signal(child, Signal::KILL);
            ends_within(child, Duration::from_secs(5));
        }
    }
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

/// Sends a signal to a child that has not been waited for, so that its number cannot be another's.
pub(crate) fn signal(child: &Child, signal: Signal) {
    if let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw)
        && let Err(error) = kill_process(pid, signal)
    {
        eprintln!("warning: cannot signal process {}: {error}", child.id());
    }
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
