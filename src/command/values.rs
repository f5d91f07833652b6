//! What Docker asks of a flag's value when it reads the flag.

use std::net::IpAddr;

/// What a value must be. The errors are those of docker/cli `opts`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Check {
    /// Anything.
    #[default]
    Any,
    /// `NAME=value`, or `NAME` for the value outside.
    Env,
    /// `key=value` or `key`.
    Label,
    /// `stdin`, `stdout` or `stderr`, in any case.
    Attach,
    /// `container` or `container:alias`.
    Link,
    /// An IP address.
    Address,
    /// A kernel parameter that belongs to a container.
    Sysctl,
}

impl Check {
    /// What is wrong with a value, in Docker's words.
    pub(super) fn wrong(self, value: &str) -> Option<String> {
        let key = value.split('=').next().unwrap_or_default();
        match self {
            Self::Any => None,
            Self::Env => key.is_empty().then(|| format!("invalid environment variable: {value}")),
            Self::Label => label(value),
            Self::Attach => {
                let known = ["stdin", "stdout", "stderr"];
                let is_known = known.iter().any(|it| it.eq_ignore_ascii_case(value));
                (!is_known).then(|| "valid streams are STDIN, STDOUT and STDERR".to_owned())
            }
            Self::Link => match value.split(':').count() {
                _ if value.is_empty() => Some("empty string specified for links".to_owned()),
                1 | 2 => None,
                _ => Some(format!("bad format for links: {value}")),
            },
            Self::Address => value
                .trim()
                .parse::<IpAddr>()
                .is_err()
                .then(|| format!("IP address is not correctly formatted: {value}")),
            Self::Sysctl => {
                let own = ["net.", "fs.mqueue."].iter().any(|it| key.starts_with(it));
                let is_allowed = value.contains('=') && (own || SYSCTLS.contains(&key));
                (!is_allowed).then(|| format!("sysctl '{value}' is not allowed"))
            }
        }
    }
}

/// The kernel parameters that a container has for itself, besides those of the network.
const SYSCTLS: [&str; 8] = [
    "kernel.msgmax",
    "kernel.msgmnb",
    "kernel.msgmni",
    "kernel.sem",
    "kernel.shmall",
    "kernel.shmmax",
    "kernel.shmmni",
    "kernel.shm_rmid_forced",
];

/// What is wrong with a label: its key must be one word.
pub(super) fn label(value: &str) -> Option<String> {
    let key = value.split('=').next().unwrap_or_default();
    let key = key.trim_start_matches(is_white);
    if key.is_empty() {
        return Some(format!("invalid label '{value}': empty name"));
    }
    key.contains(is_white).then(|| format!("label '{key}' contains whitespaces"))
}

fn is_white(it: char) -> bool {
    matches!(it, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c' | '\u{85}' | '\u{a0}')
}
