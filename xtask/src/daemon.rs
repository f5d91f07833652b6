//! Programs that run in the background until they are told to end, known by their process number in a file.
//!
//! The number alone is not trusted: the process must also have the folder of its number in its command line.

use anyhow::{Context, Result, ensure};
use rustix::process::{Pid, Signal, kill_process};
use std::{
    fs::{self, OpenOptions},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

/// A started program.
pub(crate) struct Daemon {
    name: &'static str,
    pid: u32,
    log: PathBuf,
}

impl Daemon {
    /// Starts `command`, which must name `dir` in its arguments; its number goes to `dir/NAME.pid`, what it says to
    /// `logs/NAME.log`.
    pub(crate) fn start(
        dir: &Path,
        name: &'static str,
        mut command: Command,
        logs: &Path,
    ) -> Result<Self> {
        fs::create_dir_all(logs)?;
        let log = logs.join(format!("{name}.log"));
        let out = OpenOptions::new().create(true).append(true).open(&log)?;
        let program = command.get_program().to_owned();
        let child = command
            .stdin(Stdio::null())
            .stdout(out.try_clone()?)
            .stderr(out)
            // Its own group: a Ctrl-C in the terminal is for us, who stop it in order.
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let pid = child.id();
        let file = dir.join(name).with_extension("pid");
        fs::write(&file, pid.to_string())?;
        Ok(Self { name, pid, log })
    }

    /// What it is called.
    pub(crate) fn name(&self) -> &str {
        self.name
    }

    /// Whether it still runs.
    pub(crate) fn is_alive(&self) -> bool {
        is_alive(self.pid)
    }

    /// The end of its log.
    pub(crate) fn last_words(&self) -> String {
        tail(&fs::read_to_string(&self.log).unwrap_or_default(), 8)
    }
}

/// The last `count` lines of a text.
pub(crate) fn tail(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines.iter().skip(lines.len().saturating_sub(count)).copied().collect::<Vec<_>>().join("\n")
}

/// The number that was written when the daemon was started in `dir`, if it still runs.
pub(crate) fn pid(dir: &Path, name: &str) -> Option<u32> {
    let text = fs::read_to_string(dir.join(name).with_extension("pid")).ok()?;
    let pid = text.trim().parse().ok()?;
    (is_alive(pid) && command_line(pid).contains(&*dir.to_string_lossy())).then_some(pid)
}

/// Stops the daemon that was started in `dir`, if it still runs: asks, waits up to half a minute, then insists.
pub(crate) fn stop(dir: &Path, name: &str) -> Result<()> {
    if let Some(pid) = pid(dir, name) {
        kill(pid, Signal::TERM);
        if !is_gone_within(pid, Duration::from_secs(30)) {
            kill(pid, Signal::KILL);
            ensure!(
                is_gone_within(pid, Duration::from_secs(5)),
                "{name}, process {pid}, does not end"
            );
        }
    }
    let file = dir.join(name).with_extension("pid");
    if file.exists() {
        fs::remove_file(file)?;
    }
    Ok(())
}

/// Kills a process; one that is gone already is fine.
pub(crate) fn kill(pid: u32, signal: Signal) {
    if let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) {
        // Only ESRCH can happen to root: it has just ended.
        kill_process(pid, signal).unwrap_or_default();
    }
}

/// All processes, with their command lines.
pub(crate) fn processes() -> Vec<(u32, String)> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    names.filter(|pid| is_alive(*pid)).map(|pid| (pid, command_line(pid))).collect()
}

fn command_line(pid: u32) -> String {
    let bytes = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&bytes).replace('\0', " ")
}

/// A zombie counts as gone: process 1 may be slow to bury it.
fn is_alive(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

fn is_gone_within(pid: u32, time: Duration) -> bool {
    let start = Instant::now();
    while start.elapsed() < time {
        if !is_alive(pid) {
            return true;
        }
        sleep(Duration::from_millis(20));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_daemon_is_found_by_its_number_and_folder() {
        let dir = std::env::temp_dir().join(format!("dockwright-daemon-{}", std::process::id()));
        let mut command = Command::new("sh");
        command.args(["-c", "echo hello; sleep 60 & wait", "--"]).arg(&dir);
        fs::create_dir_all(&dir).unwrap();
        let daemon = Daemon::start(&dir, "sleeper", command, &dir).unwrap();
        while daemon.last_words().is_empty() {
            sleep(Duration::from_millis(5));
        }
        assert_eq!(daemon.last_words(), "hello");
        assert!(daemon.is_alive());
        assert_eq!(pid(&dir, "sleeper"), Some(daemon.pid));
        fs::write(dir.join("other.pid"), "1").unwrap();
        assert_eq!(pid(&dir, "other"), None, "process 1 is not ours");
        stop(&dir, "other").unwrap();
        stop(&dir, "sleeper").unwrap();
        assert!(!daemon.is_alive());
        assert_eq!(pid(&dir, "sleeper"), None);
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn the_end_of_a_text() {
        assert_eq!(tail("a\nb\nc\n", 2), "b\nc");
        assert_eq!(tail("a\n", 9), "a");
    }
}
