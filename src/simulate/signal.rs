//! Signals and process 1: what `docker stop` sends, who gets it, and how the container ends.
//!
//! Which shells put a program in their place was measured with dash 0.5.12, bash 5.2 and busybox 1.35; how containers
//! end, with the engine 20.10.

mod shell;
mod text;

pub use shell::{Shell, shell_of};

use std::fmt;

use crate::simulate::merge::Process;

/// A signal of Linux.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Signal(pub i64);

impl Signal {
    /// What `docker stop` sends if nothing else is said.
    pub const TERM: Self = Self(15);
    /// What no process can handle.
    pub const KILL: Self = Self(9);

    /// Whether a process that has no handler for it lives on.
    pub fn is_harmless(self) -> bool {
        matches!(self.0, 17..=23 | 28)
    }
}

/// The names, without `SIG`, as moby/sys `signal` has them. The first name of a number is the usual one.
const NAMES: [(&str, i64); 34] = [
    ("HUP", 1),
    ("INT", 2),
    ("QUIT", 3),
    ("ILL", 4),
    ("TRAP", 5),
    ("ABRT", 6),
    ("IOT", 6),
    ("BUS", 7),
    ("FPE", 8),
    ("KILL", 9),
    ("USR1", 10),
    ("SEGV", 11),
    ("USR2", 12),
    ("PIPE", 13),
    ("ALRM", 14),
    ("TERM", 15),
    ("STKFLT", 16),
    ("CHLD", 17),
    ("CLD", 17),
    ("CONT", 18),
    ("STOP", 19),
    ("TSTP", 20),
    ("TTIN", 21),
    ("TTOU", 22),
    ("URG", 23),
    ("XCPU", 24),
    ("XFSZ", 25),
    ("VTALRM", 26),
    ("PROF", 27),
    ("WINCH", 28),
    ("IO", 29),
    ("POLL", 29),
    ("PWR", 30),
    ("SYS", 31),
];

/// The first and the last of the signals that programs may use as they like.
const RTMIN: i64 = 34;
const RTMAX: i64 = 64;

/// Reads a signal as the engine does: a number other than 0, even one that does not exist, or a name in any case, with
/// or without `SIG`.
pub fn parse(text: &str) -> Option<Signal> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit()) {
        return text.parse().ok().filter(|it| *it != 0).map(Signal);
    }
    let upper = text.to_ascii_uppercase();
    let name = upper.strip_prefix("SIG").unwrap_or(&upper);
    if let Some((_, number)) = NAMES.iter().find(|it| it.0 == name) {
        return Some(Signal(*number));
    }
    // Two digits at most, and no zero in front.
    let step = |it: &str| it.parse::<i64>().ok().filter(|step| step.to_string() == it);
    match (name.strip_prefix("RTMIN"), name.strip_prefix("RTMAX")) {
        (Some(""), _) => Some(Signal(RTMIN)),
        (_, Some("")) => Some(Signal(RTMAX)),
        (Some(rest), _) => {
            let step = step(rest.strip_prefix('+')?).filter(|it| (1..=15).contains(it))?;
            Some(Signal(RTMIN + step))
        }
        (_, Some(rest)) => {
            let step = step(rest.strip_prefix('-')?).filter(|it| (1..=14).contains(it))?;
            Some(Signal(RTMAX - step))
        }
        (None, None) => None,
    }
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (NAMES.iter().find(|it| it.1 == self.0), self.0) {
            (Some((name, _)), _) => write!(f, "SIG{name}"),
            (None, RTMIN) => f.write_str("SIGRTMIN"),
            (None, RTMAX) => f.write_str("SIGRTMAX"),
            (None, it @ 35..=49) => write!(f, "SIGRTMIN+{}", it - RTMIN),
            (None, it @ 50..=63) => write!(f, "SIGRTMAX-{}", RTMAX - it),
            (None, it) => write!(f, "signal {it}"),
        }
    }
}

/// Who gets the signal of `docker stop`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receiver {
    /// The program: it is process 1.
    Program,
    /// The program: the shell, which would be process 1, put it in its own place.
    ProgramOfShell(Shell),
    /// The shell alone: the program is its child.
    Shell(Shell),
    /// One of the two: it depends on the shell that `sh` is in the image, or on the command line.
    Unsure(Shell),
    /// A shell that says with `trap` what it does about signals.
    Trap(Shell),
    /// A shell that reads a script or waits for input.
    Script(Shell),
}

/// How `docker stop` stops a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// What is sent.
    pub signal: Signal,
    /// How many seconds later `SIGKILL` follows; `None` for never.
    pub timeout: Option<i64>,
    /// Who gets it.
    pub receiver: Receiver,
    /// Whether a small init is process 1 and hands it on to its child.
    pub init: bool,
    /// The exit code of the container if the program does nothing about the signal.
    pub exit: i64,
    /// Whether it takes the whole timeout then.
    pub late: bool,
}

/// How a container is stopped. `sh` is what `/bin/sh` is in its image, if that is known.
pub fn stop(process: &Process, sh: Option<Shell>) -> Stop {
    let signal = process.config.stop_signal.as_deref().and_then(parse).unwrap_or(Signal::TERM);
    let timeout = process.stop_timeout.unwrap_or(10);
    let receiver = shell::receiver(&process.argv, sh);
    // A process has a default action for a signal, unless it is process 1.
    let waits = match receiver {
        Receiver::Shell(shell) | Receiver::Script(shell) => shell.waits(signal),
        Receiver::Program
        | Receiver::ProgramOfShell(_)
        | Receiver::Unsure(_)
        | Receiver::Trap(_) => false,
    };
    let is_killed = signal == Signal::KILL || process.init && !signal.is_harmless() && !waits;
    Stop {
        signal,
        timeout: (timeout >= 0).then_some(timeout),
        receiver,
        init: process.init,
        exit: if is_killed { 128 + signal.0 } else { 128 + Signal::KILL.0 },
        late: !is_killed,
    }
}

#[cfg(test)]
mod tests;
