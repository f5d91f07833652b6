//! What `docker run` makes of an image: process 1 and the container's configuration.
//!
//! The client turns its flags into a configuration (docker/cli `container/opts.go`), the engine checks that
//! (moby `daemon/container.go`, `verifyContainerSettings`) and fills in what the image says (`daemon/commit.go`,
//! `merge`).

use thiserror::Error;

use crate::{
    command::run::{Open, Outside, Run},
    image::{Config, Healthcheck},
    order::Places,
    simulate::{
        argv::{RunWords, resolve},
        path, signal,
        stage::DEFAULT_PATH,
    },
};

/// A container: what runs in it, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "they are Docker's")]
pub struct Process {
    /// The words of process 1; with `init`, of its child.
    pub argv: Vec<String>,
    /// The configuration as `docker inspect` shows it. `Shell` and `OnBuild` stay with the image.
    pub config: Config,
    /// The image as written.
    pub image: String,
    /// The name of the host inside; empty for the first digits of the container's id.
    pub hostname: String,
    /// The domain of the host inside.
    pub domainname: String,
    /// Whether it has a terminal.
    pub tty: bool,
    /// Whether its standard input is open.
    pub open_stdin: bool,
    /// Whether that ends with the first client.
    pub stdin_once: bool,
    /// Whether the client gives it input.
    pub attach_stdin: bool,
    /// Whether the client shows what it prints.
    pub attach_stdout: bool,
    /// Whether the client shows its errors.
    pub attach_stderr: bool,
    /// How many seconds it has to stop, if not 10; negative for as many as it wants.
    pub stop_timeout: Option<i64>,
    /// Whether a small init is process 1.
    pub init: bool,
}

/// Why there is no container. In Docker's words.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MergeError {
    /// The client does not ask the engine.
    #[error("{0}")]
    Client(String),
    /// The engine refuses.
    #[error("{0}")]
    Engine(String),
}

/// The container that the words after `docker run` make of an image with this configuration. `open` gives the files of
/// `--env-file` and `--label-file`, `outside` the variables around the client.
///
/// # Errors
/// In Docker's words.
pub fn merge_words(
    image: &Config,
    words: &[String],
    open: Open<'_>,
    outside: Outside<'_>,
) -> Result<Process, MergeError> {
    let run = Run::parse(words).and_then(|it| it.resolve(open, outside));
    merge(image, &run.map_err(MergeError::Client)?)
}

/// The container that `docker run` makes of an image with this configuration. The command is [resolved](Run::resolve).
///
/// # Errors
/// In the engine's words.
pub fn merge(image: &Config, run: &Run) -> Result<Process, MergeError> {
    let asked = asked(run);
    check_settings(&asked).map_err(MergeError::Engine)?;
    let argv = resolve(image, &RunWords::from(run));
    let argv = argv.map_err(|it| MergeError::Engine(it.to_string()))?;
    let attach = |name: &str| run.attach.iter().any(|it| it == name);
    let attach_all = run.attach.is_empty();
    let attach_stdin = (run.interactive || attach("stdin")) && !run.detach;
    Ok(Process {
        argv,
        config: fill(asked, image),
        image: run.image.clone(),
        hostname: run.hostname.clone().unwrap_or_default(),
        domainname: run.domainname.clone().unwrap_or_default(),
        tty: run.tty,
        open_stdin: run.interactive,
        stdin_once: run.interactive && attach_stdin,
        attach_stdin,
        attach_stdout: (attach_all || attach("stdout")) && !run.detach,
        attach_stderr: (attach_all || attach("stderr")) && !run.detach,
        stop_timeout: run.stop_timeout,
        init: run.init,
    })
}

/// What the engine says about a command before it looks for the image.
///
/// # Errors
/// In the engine's words.
pub fn check(run: &Run) -> Result<(), MergeError> {
    check_settings(&asked(run)).map_err(MergeError::Engine)
}

impl Process {
    /// The environment of process 1: what every container has, then what the configuration says. `HOSTNAME` is left
    /// out if the container's id gives it; a program of the image's user may find `HOME` besides.
    pub fn environment(&self) -> Vec<String> {
        let mut env = vec![format!("PATH={}", DEFAULT_PATH)];
        if !self.hostname.is_empty() {
            env.push(format!("HOSTNAME={}", self.hostname));
        }
        if self.tty {
            env.push("TERM=xterm".to_owned());
        }
        let every = env.len();
        let mut names: Vec<String> = env.iter().map(|it| key(it).to_owned()).collect();
        let mut places = Places::default();
        for entry in &self.config.env {
            let key = key(entry);
            let old = places.find(key, names.len(), &|it| names.get(it).map(String::as_str));
            // runc sets one after the other: of two values the later one counts, in the place of the first.
            match (entry.contains('='), old) {
                (true, Some(at)) => {
                    if let Some(old) = env.get_mut(at) {
                        old.clone_from(entry);
                    }
                }
                (true, None) => {
                    env.push(entry.clone());
                    names.push(key.to_owned());
                    places.note(names.len(), &|it| names.get(it).map(String::as_str));
                }
                (false, Some(at)) if at < every => {
                    if let Some(old) = env.get_mut(at) {
                        old.clear();
                    }
                }
                (false, Some(_) | None) => (),
            }
        }
        env.retain(|it| !it.is_empty());
        env
    }
}

/// What the client asks of the engine.
fn asked(run: &Run) -> Config {
    let mut config = Config {
        user: run.user.clone().unwrap_or_default(),
        exposed_ports: run.ports.clone(),
        env: run.env.clone(),
        entrypoint: run.entrypoint.clone().map(|it| vec![it]),
        cmd: (!run.args.is_empty()).then(|| run.args.clone()),
        working_dir: run.workdir.clone().unwrap_or_default(),
        stop_signal: run.stop_signal.clone().filter(|it| !it.is_empty()),
        healthcheck: health(run),
        ..Config::default()
    };
    for label in &run.labels {
        let (key, value) = label.split_once('=').unwrap_or((label, ""));
        config.labels.insert(key.to_owned(), value.to_owned());
    }
    config.volumes.extend(run.anonymous_volumes().cloned());
    // The engine cleans what the client says; what the image says stays as it is.
    if config.working_dir.starts_with('/') {
        config.working_dir = path::clean(&config.working_dir);
    }
    config
}

pub(super) fn health(run: &Run) -> Option<Healthcheck> {
    let it = &run.health;
    let test = match (&it.command, it.off) {
        (_, true) => vec!["NONE".to_owned()],
        (Some(command), false) => vec!["CMD-SHELL".to_owned(), command.clone()],
        (None, false) => Vec::new(),
    };
    let health = Healthcheck {
        test,
        interval: it.interval,
        timeout: it.timeout,
        start_period: it.start_period,
        start_interval: it.start_interval,
        retries: it.retries,
    };
    (health != Healthcheck::default()).then_some(health)
}

/// What the engine checks before it looks at the image, in its order.
fn check_settings(asked: &Config) -> Result<(), String> {
    let directory = &asked.working_dir;
    if !directory.is_empty() && !directory.starts_with('/') {
        return Err(format!(
            "the working directory '{directory}' is invalid, it needs to be an absolute path"
        ));
    }
    if let Some(name) = &asked.stop_signal {
        signal::parse(name).ok_or_else(|| format!("invalid signal: {name}"))?;
    }
    let Some(health) = &asked.healthcheck else { return Ok(()) };
    for (name, time) in [
        ("Interval", health.interval),
        ("Timeout", health.timeout),
        ("StartPeriod", health.start_period),
        ("StartInterval", health.start_interval),
    ] {
        if time != 0 && time < 1_000_000 {
            return Err(format!("{name} in Healthcheck cannot be less than 1ms"));
        }
    }
    Ok(())
}

/// Fills in what the image says where the client says nothing.
fn fill(mut asked: Config, image: &Config) -> Config {
    fn or<T: Clone>(asked: &mut T, image: &T, is_empty: bool) {
        if is_empty {
            asked.clone_from(image);
        }
    }
    let is_empty = asked.user.is_empty();
    or(&mut asked.user, &image.user, is_empty);
    let is_empty = asked.working_dir.is_empty();
    or(&mut asked.working_dir, &image.working_dir, is_empty);
    let is_empty = asked.stop_signal.is_none();
    let image_signal = image.stop_signal.clone().filter(|it| !it.is_empty());
    or(&mut asked.stop_signal, &image_signal, is_empty);
    if asked.entrypoint.is_none() {
        if asked.cmd.is_none() {
            asked.cmd.clone_from(&image.cmd);
            asked.args_escaped = image.args_escaped;
        }
        asked.entrypoint.clone_from(&image.entrypoint);
    }
    // The client says `--entrypoint ""` in this way.
    if asked.entrypoint.as_ref().is_some_and(|it| matches!(&**it, [one] if one.is_empty())) {
        asked.entrypoint = None;
    }
    let known = asked.env.len();
    for entry in &image.env {
        if !asked.env.iter().take(known).any(|it| key(it) == key(entry)) {
            asked.env.push(entry.clone());
        }
    }
    for (name, value) in &image.labels {
        if !asked.labels.contains_key(name) {
            asked.labels.insert(name.clone(), value.clone());
        }
    }
    asked.exposed_ports.extend(image.exposed_ports.iter().cloned());
    asked.volumes.extend(image.volumes.iter().cloned());
    asked.healthcheck = match (asked.healthcheck, &image.healthcheck) {
        (asked, None) => asked,
        (None, Some(image)) => Some(image.clone()),
        (Some(asked), Some(image)) => Some(fill_health(asked, image)),
    };
    asked
}

fn fill_health(mut asked: Healthcheck, image: &Healthcheck) -> Healthcheck {
    if asked.test.is_empty() {
        asked.test.clone_from(&image.test);
    }
    for (asked, image) in [
        (&mut asked.interval, image.interval),
        (&mut asked.timeout, image.timeout),
        (&mut asked.start_period, image.start_period),
        (&mut asked.start_interval, image.start_interval),
        (&mut asked.retries, image.retries),
    ] {
        if *asked == 0 {
            *asked = image;
        }
    }
    asked
}

fn key(entry: &str) -> &str {
    entry.split('=').next().unwrap_or_default()
}
