//! Where each value of a container comes from: the file, the base image, the command line, or Docker.

use crate::{
    command::Run,
    image::{Config, Healthcheck},
    json,
    order::{self, Table},
    simulate::{Base, Build, Change, Options, Step, StepKind, merge, stage::DEFAULT_PATH},
    text::{LineIndex, Span},
};

/// What a value is for. The order is the one in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Who process 1 runs as.
    User,
    /// Where it starts.
    Workdir,
    /// A variable that it sees.
    Env,
    /// What shell forms run in.
    Shell,
    /// What `docker stop` sends.
    StopSignal,
    /// How many seconds it waits for that.
    StopTimeout,
    /// Whether a small init is process 1.
    Init,
    /// The name of the host inside.
    Hostname,
    /// A field of the health check.
    Health,
    /// A port of the container.
    Port,
    /// A path whose data lives outside.
    Volume,
    /// A label.
    Label,
}

impl Kind {
    /// The name: `user`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Workdir => "workdir",
            Self::Env => "env",
            Self::Shell => "shell",
            Self::StopSignal => "stop signal",
            Self::StopTimeout => "stop timeout",
            Self::Init => "init",
            Self::Hostname => "hostname",
            Self::Health => "health",
            Self::Port => "port",
            Self::Volume => "volume",
            Self::Label => "label",
        }
    }
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// What it is for.
    pub kind: Kind,
    /// Which of its kind: the name of a variable or a label, a port, a path; mostly empty for the others.
    pub key: String,
    /// The value; `None` if the command line takes it away.
    pub value: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
    /// What it replaces, the oldest first.
    pub replaced: Vec<Replaced>,
}

impl Value {
    /// What it is called: `env PATH`.
    pub fn name(&self) -> String {
        format!("{} {}", self.kind.name(), self.key).trim_end().to_owned()
    }
}

/// A value that another one replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// The value.
    pub value: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It is Docker's default.
    Docker,
    /// The base image of this name.
    Base(String),
    /// An instruction of the Dockerfile.
    Dockerfile {
        /// The instruction; for one that the base image's `ONBUILD` adds, the `FROM`.
        span: Span,
        /// Its first and last line, from 1.
        lines: (u32, u32),
        /// Its stage, from 0.
        stage: usize,
        /// Whether an `ONBUILD` adds it.
        trigger: bool,
    },
    /// A flag of `docker build`.
    Build(&'static str),
    /// A flag of `docker run`.
    Run(&'static str),
}

/// All values of a container.
pub(super) fn values(
    build: &Build,
    options: &Options<'_>,
    run: &Run,
    lines: &LineIndex<'_>,
) -> Vec<Value> {
    let mut values = Values::default();
    values.set(Kind::User, "", Some("root".to_owned()), Origin::Docker);
    values.set(Kind::Workdir, "", Some("/".to_owned()), Origin::Docker);
    values.set(Kind::StopSignal, "", Some("SIGTERM".to_owned()), Origin::Docker);
    values.set(Kind::StopTimeout, "", Some("10".to_owned()), Origin::Docker);
    for stage in build.chain() {
        for step in build.steps_of(stage) {
            values.step(step, build, options, lines);
        }
    }
    for (key, value) in options.labels {
        values.set(Kind::Label, key, Some(value.clone()), Origin::Build("--label"));
    }
    values.run(run);
    let mut list = values.list;
    list.retain(|it| it.value.is_some() || matches!(it.origin, Origin::Run(_)));
    order::sort_by(&mut list, |a, b| {
        let key = |it: &Value| {
            // Variables stay in the order of the environment.
            let by_key = it.kind != Kind::Env;
            (it.kind, if by_key { it.key.clone() } else { String::new() })
        };
        key(a).cmp(&key(b))
    });
    list
}

#[derive(Default)]
struct Values {
    list: Vec<Value>,
    places: Table<(Kind, String), usize>,
}

impl Values {
    fn set(&mut self, kind: Kind, key: &str, value: Option<String>, origin: Origin) {
        let place = (kind, key.to_owned());
        let old = self.places.get(&place).and_then(|it| self.list.get_mut(*it));
        let Some(old) = old else {
            let key = place.1.clone();
            self.places.insert(place, self.list.len());
            self.list.push(Value { kind, key, value, origin, replaced: Vec::new() });
            return;
        };
        let before = std::mem::replace(&mut old.value, value);
        let origin = std::mem::replace(&mut old.origin, origin);
        if let Some(value) = before {
            old.replaced.push(Replaced { value, origin });
        }
    }

    /// A member of a set: it is there or not, and who said so first counts.
    fn add(&mut self, kind: Kind, key: &str, origin: &Origin) {
        if !self.places.contains_key(&(kind, key.to_owned())) {
            self.set(kind, key, Some(key.to_owned()), origin.clone());
        }
    }

    fn step(&mut self, step: &Step, build: &Build, options: &Options<'_>, lines: &LineIndex<'_>) {
        if let (StepKind::From { base }, Change::Base(config)) = (&step.kind, &step.change) {
            let (origin, known) = match base {
                Base::Image(image) => {
                    let platform = build.stages.get(step.stage).map(|it| &it.platform);
                    let platform = platform.unwrap_or(&build.platform);
                    let known = options.bases.find(image, platform);
                    (Origin::Base(image.familiar()), known.map(|it| it.config))
                }
                Base::Stage(_) | Base::Scratch => (Origin::Docker, None),
            };
            let has_path = known.is_some_and(|it| it.env("PATH").is_some());
            self.base(config, &origin, has_path);
            return;
        }
        let origin = Origin::Dockerfile {
            span: step.span,
            lines: lines.lines_of(step.span),
            stage: step.stage,
            trigger: step.trigger,
        };
        match &step.change {
            Change::Nothing
            | Change::Args(_)
            | Change::Base(_)
            | Change::Cmd(_)
            | Change::Entrypoint { .. }
            | Change::OnBuild(_)
            | Change::Author(_) => (),
            Change::Env(pairs) => {
                for (name, value) in &**pairs {
                    self.set(Kind::Env, name, Some(value.into()), origin.clone());
                }
            }
            Change::Labels(pairs) => {
                for (name, value) in &**pairs {
                    self.set(Kind::Label, name, Some(value.into()), origin.clone());
                }
            }
            Change::Ports(ports) => ports.iter().for_each(|it| self.add(Kind::Port, it, &origin)),
            Change::Volumes(it) => it.iter().for_each(|it| self.add(Kind::Volume, it, &origin)),
            Change::User(it) => self.set(Kind::User, "", Some(it.into()), origin),
            Change::WorkingDir(it) => self.set(Kind::Workdir, "", Some(it.into()), origin),
            Change::Shell(it) => self.set(Kind::Shell, "", Some(words(it)), origin),
            Change::StopSignal(it) => self.set(Kind::StopSignal, "", Some(it.into()), origin),
            Change::Healthcheck(it) => self.health(it, &origin, true),
        }
    }

    /// What the base image says. Nothing stands below it.
    fn base(&mut self, config: &Config, origin: &Origin, has_path: bool) {
        if !config.user.is_empty() {
            self.set(Kind::User, "", Some(config.user.clone()), origin.clone());
        }
        if !config.working_dir.is_empty() && *origin != Origin::Docker {
            self.set(Kind::Workdir, "", Some(config.working_dir.clone()), origin.clone());
        }
        for (name, value) in config.env.iter().filter_map(|it| it.split_once('=')) {
            let is_default = name == "PATH" && value == DEFAULT_PATH && !has_path;
            let origin = if is_default { Origin::Docker } else { origin.clone() };
            self.set(Kind::Env, name, Some(value.to_owned()), origin);
        }
        if let Some(shell) = &config.shell {
            self.set(Kind::Shell, "", Some(words(shell)), origin.clone());
        }
        if let Some(signal) = config.stop_signal.as_ref().filter(|it| !it.is_empty()) {
            self.set(Kind::StopSignal, "", Some(signal.clone()), origin.clone());
        }
        if let Some(health) = &config.healthcheck {
            self.health(health, origin, true);
        }
        config.exposed_ports.iter().for_each(|it| self.add(Kind::Port, it, origin));
        config.volumes.iter().for_each(|it| self.add(Kind::Volume, it, origin));
        for (name, value) in &config.labels {
            self.set(Kind::Label, name, Some(value.into()), origin.clone());
        }
    }

    /// The fields of a health check; `whole` if it takes those away that it does not say.
    fn health(&mut self, it: &Healthcheck, origin: &Origin, whole: bool) {
        let time = |it: i64| (it != 0).then(|| time(it));
        for (key, value) in [
            ("test", (!it.test.is_empty()).then(|| words(&it.test))),
            ("interval", time(it.interval)),
            ("timeout", time(it.timeout)),
            ("start period", time(it.start_period)),
            ("start interval", time(it.start_interval)),
            ("retries", (it.retries != 0).then(|| it.retries.to_string())),
        ] {
            let is_known = self.places.contains_key(&(Kind::Health, key.to_owned()));
            if value.is_some() || whole && is_known {
                self.set(Kind::Health, key, value, origin.clone());
            }
        }
    }

    fn run(&mut self, run: &Run) {
        let given = |it: &Option<String>| it.clone().filter(|it| !it.is_empty());
        for (kind, flag, value) in [
            (Kind::User, "--user", given(&run.user)),
            (Kind::Workdir, "--workdir", given(&run.workdir)),
            (Kind::StopSignal, "--stop-signal", given(&run.stop_signal)),
            (Kind::StopTimeout, "--stop-timeout", run.stop_timeout.map(|it| it.to_string())),
            (Kind::Init, "--init", run.init.then(|| "yes".to_owned())),
            (Kind::Hostname, "--hostname", given(&run.hostname)),
        ] {
            if value.is_some() {
                self.set(kind, "", value, Origin::Run(flag));
            }
        }
        for entry in &run.env {
            let (name, value) = match entry.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (&**entry, None),
            };
            self.set(Kind::Env, name, value, Origin::Run("--env"));
        }
        for label in &run.labels {
            let (name, value) = label.split_once('=').unwrap_or((label, ""));
            self.set(Kind::Label, name, Some(value.to_owned()), Origin::Run("--label"));
        }
        for port in &run.ports {
            self.add(Kind::Port, port, &Origin::Run("--publish or --expose"));
        }
        for path in run.anonymous_volumes() {
            self.add(Kind::Volume, path, &Origin::Run("--volume"));
        }
        if run.health.off {
            let none = Healthcheck { test: vec!["NONE".to_owned()], ..Healthcheck::default() };
            self.health(&none, &Origin::Run("--no-healthcheck"), false);
        } else if let Some(health) = merge::health(run) {
            self.health(&health, &Origin::Run("--health-*"), false);
        }
    }
}

/// Words as a JSON array.
fn words<W: AsRef<str>>(it: &[W]) -> String {
    let words: Vec<_> = it.iter().map(|it| json::quoted(it.as_ref())).collect();
    format!("[{}]", words.join(", "))
}

/// A time as Go prints it: `1m30s`.
fn time(nanoseconds: i64) -> String {
    let (sign, all) = (if nanoseconds < 0 { "-" } else { "" }, nanoseconds.unsigned_abs());
    let fraction = |whole: u64, part: u64, digits: usize, unit: &str| {
        let part = format!("{part:0digits$}");
        let part = part.trim_end_matches('0');
        let point = if part.is_empty() { "" } else { "." };
        format!("{whole}{point}{part}{unit}")
    };
    let (seconds, rest) = (all / 1_000_000_000, all % 1_000_000_000);
    let text = match all {
        0..1_000 => format!("{all}ns"),
        1_000..1_000_000 => fraction(all / 1_000, all % 1_000, 3, "µs"),
        1_000_000..1_000_000_000 => fraction(all / 1_000_000, all % 1_000_000, 6, "ms"),
        _ => {
            let second = fraction(seconds % 60, rest, 9, "s");
            match (seconds / 3600, seconds / 60 % 60) {
                (0, 0) => second,
                (0, minutes) => format!("{minutes}m{second}"),
                (hours, minutes) => format!("{hours}h{minutes}m{second}"),
            }
        }
    };
    format!("{sign}{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_printed_as_go_prints_them() {
        for (nanoseconds, expected) in [
            (1, "1ns"),
            (1_500, "1.5µs"),
            (2_050_000, "2.05ms"),
            (30_000_000_000, "30s"),
            (90_000_000_000, "1m30s"),
            (4_500_000_000, "4.5s"),
            (3_600_000_000_000, "1h0m0s"),
            (-1_000_000_000, "-1s"),
        ] {
            assert_eq!(time(nanoseconds), expected);
        }
    }
}
