//! What an image says about the containers made from it.

mod json;

use serde::{Deserialize, Serialize};

use crate::{
    json::record,
    order::{Map, Set},
};

/// The execution parameters of an image, spelled as in the OCI image specification and as
/// `docker inspect` shows them under `Config`.
///
/// `entrypoint` and `cmd` keep apart *not set* (`None`) and *set to nothing* (`Some([])`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Config {
    /// The user, or user and group, that process 1 runs as; empty for root.
    pub user: String,
    /// Documented ports, such as `80/tcp`.
    pub exposed_ports: Set,
    /// The environment as `NAME=value`, in the order of definition.
    pub env: Vec<String>,
    /// The program that always runs.
    pub entrypoint: Option<Vec<String>>,
    /// The default command, or the default arguments of the entrypoint.
    pub cmd: Option<Vec<String>>,
    /// Paths whose data lives outside the container.
    pub volumes: Set,
    /// The directory that process 1 starts in; empty for `/`.
    pub working_dir: String,
    /// Keys and values for people and tools.
    pub labels: Map<String>,
    /// The signal that `docker stop` sends, if not `SIGTERM`.
    pub stop_signal: Option<String>,
    /// What shell forms run in, if not `/bin/sh -c`.
    pub shell: Option<Vec<String>>,
    /// The health check.
    pub healthcheck: Option<Healthcheck>,
    /// Instructions for builds on top of this image.
    pub on_build: Vec<String>,
    /// Whether the words of `cmd` are quoted already, which matters on Windows only. BuildKit sets it with `CMD`.
    pub args_escaped: bool,
}

/// How an engine finds out whether a container works. Times are in nanoseconds; 0 is the engine's default.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Healthcheck {
    /// `["NONE"]`, `["CMD", …]` or `["CMD-SHELL", text]`; empty to inherit.
    pub test: Vec<String>,
    /// Between two checks.
    pub interval: i64,
    /// What one check may take.
    pub timeout: i64,
    /// From the start until a failed check counts.
    pub start_period: i64,
    /// Between two checks during the start.
    pub start_interval: i64,
    /// How many checks must fail in a row.
    pub retries: i64,
}

record! {
    Config {
        exposed_ports "ExposedPorts", env "Env", entrypoint "Entrypoint", cmd "Cmd", volumes "Volumes",
        labels "Labels", stop_signal "StopSignal", shell "Shell", healthcheck "Healthcheck", on_build "OnBuild";
        user "User", working_dir "WorkingDir", args_escaped "ArgsEscaped"
    }
    Healthcheck {
        test "Test";
        interval "Interval", timeout "Timeout", start_period "StartPeriod", start_interval "StartInterval",
        retries "Retries"
    }
}

impl Config {
    /// The value of an environment variable; the last definition counts.
    pub fn env(&self, name: &str) -> Option<&str> {
        self.env.iter().rev().find_map(|it| it.strip_prefix(name)?.strip_prefix('='))
    }

    /// Sets an environment variable: in its old place if it has one, else at the end.
    pub fn set_env(&mut self, name: &str, value: &str) {
        let entry = [name, "=", value].concat();
        // An entry ends its name at the first sign, so a name with one is never there.
        let is_same =
            |it: &&mut String| it.strip_prefix(name).is_some_and(|it| it.starts_with('='));
        let can_be_there = !name.bytes().any(|it| it == b'=');
        match self.env.iter_mut().find(is_same).filter(|_| can_be_there) {
            Some(old) => *old = entry,
            None => self.env.push(entry),
        }
    }

    /// What shell forms run in: `SHELL`, or `/bin/sh -c`.
    pub fn shell(&self) -> Vec<String> {
        match &self.shell {
            Some(shell) if !shell.is_empty() => shell.clone(),
            Some(_) | None => vec!["/bin/sh".to_owned(), "-c".to_owned()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{self, Read as _};

    #[test]
    fn a_variable_keeps_its_place_when_it_is_set_again() {
        let mut config = Config::default();
        for (name, value) in [("A", "1"), ("AB", "2"), ("A", "3")] {
            config.set_env(name, value);
        }
        assert_eq!(config.env, ["A=3", "AB=2"]);
        assert_eq!((config.env("A"), config.env("B")), (Some("3"), None));
    }

    #[test]
    fn it_is_read_as_serde_reads_it() {
        for text in [
            "{}",
            r#"{"User":"u","ExposedPorts":["80/tcp"],"Env":["A=1"],"Entrypoint":[],"Cmd":["c"],"Volumes":["/v"],
                "WorkingDir":"/w","Labels":{"k":"v"},"StopSignal":"INT","Shell":["s"],"Healthcheck":{"Test":["NONE"],"Retries":3,
                "StartPeriod":-1},"OnBuild":["RUN a"],"ArgsEscaped":true}"#,
        ] {
            let expected: Config = serde_json::from_str(text).unwrap();
            assert_eq!(json::parse(text).and_then(|it| Config::read(&it)), Some(expected));
        }
    }
}
