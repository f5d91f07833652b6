//! The words about a stop.

use super::{Receiver, Shell, Signal, Stop};

impl Stop {
    /// What is worth knowing, one sentence each.
    pub fn words(&self) -> Vec<String> {
        let mut words = vec![self.sent()];
        words.push(self.who());
        words.extend(self.ends());
        words
    }

    fn sent(&self) -> String {
        let signal = self.signal;
        let first = if self.init { "the init, which hands it on" } else { "process 1" };
        if signal == Signal::KILL {
            return "docker stop sends SIGKILL: the container ends at once, with exit code 137"
                .to_owned();
        }
        match self.timeout {
            Some(0) => format!("docker stop sends {signal} to {first}, and SIGKILL at once"),
            Some(it) => format!("docker stop sends {signal} to {first}, and SIGKILL {it} s later"),
            None => format!("docker stop sends {signal} to {first}, and waits for ever"),
        }
    }

    fn who(&self) -> String {
        let first = if self.init { "the child of the init" } else { "process 1" };
        let signal = self.signal;
        match self.receiver {
            Receiver::Program => format!("{first} is the program itself: it gets {signal}"),
            Receiver::ProgramOfShell(shell) => format!(
                "{} puts the program in its own place, so the program is {first} and gets {signal}",
                shell.name()
            ),
            Receiver::Shell(shell) => format!(
                "{first} is the shell: {} does not hand {signal} on to the program",
                shell.name()
            ),
            Receiver::Unsure(Shell::Sh) => format!(
                "{first} is sh: dash (Debian, Ubuntu) stays, and the program does not get {signal}; busybox (Alpine) and \
                 bash put a single program in their own place"
            ),
            Receiver::Unsure(shell) => {
                format!("{first} is {} or the program: it depends on the line", shell.name())
            }
            Receiver::Trap(shell) => {
                format!("{first} is {}: its trap says what happens at {signal}", shell.name())
            }
            Receiver::Script(shell) => format!(
                "{first} is {}: a program that its script starts gets {signal} only after exec",
                shell.name()
            ),
        }
    }

    fn ends(&self) -> Option<String> {
        let (signal, exit) = (self.signal, self.exit);
        if signal == Signal::KILL || matches!(self.receiver, Receiver::Trap(_)) {
            return None;
        }
        let is_shell = matches!(self.receiver, Receiver::Shell(_) | Receiver::Script(_));
        let after = match self.timeout {
            Some(0) => format!("is killed at once: exit code {exit}"),
            Some(it) => format!("is killed after {it} s: exit code {exit}"),
            None => "runs on".to_owned(),
        };
        Some(match (self.late, is_shell) {
            (false, false) => {
                format!("a program without a handler for {signal} ends: exit code {exit}")
            }
            (false, true) => format!(
                "the shell ends by {signal}, exit code {exit}, and the program is killed with the container"
            ),
            (true, true) if self.init => {
                format!("a shell does not react to {signal} while a program runs in it: it {after}")
            }
            (true, false) if self.init => {
                format!("{signal} does not end a program that has no handler for it: it {after}")
            }
            (true, false) => format!(
                "Linux has no default actions for process 1: a program without a handler for {signal} {after}"
            ),
            (true, true) => format!("a shell as process 1 does not react to {signal}: it {after}"),
        })
    }
}
