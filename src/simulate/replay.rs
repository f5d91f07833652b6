//! The configuration after each step, put together from what the steps change.

use crate::{
    image::{Config, Healthcheck},
    order::Places,
    simulate::{Base, Build, Change, Step, StepKind},
};

/// From so many variables on, their places are looked up.
const MANY: usize = 32;

/// Puts the changes of steps together. It is given the steps of a build in their order.
#[derive(Debug, Default)]
pub struct Replay {
    config: Config,
    /// The place of each variable, if they are many.
    places: Places,
    stage: usize,
    /// The configurations at the ends of the stages so far.
    ends: Vec<Option<Box<Config>>>,
    /// How many stages will still stand on each stage, if that is known.
    users: Option<Vec<usize>>,
}

/// The configuration at the end of a chain of stages, each standing on the one before.
pub(super) fn of_chain(build: &Build, chain: &[usize]) -> Config {
    let mut replay = Replay::default();
    for at in chain {
        // The triggers of a stage are for the stages on top.
        replay.config.on_build.clear();
        let steps = build.steps_of(*at);
        let variables = steps.iter().map(|it| match &it.change {
            Change::Env(pairs) => pairs.len(),
            _ => 0,
        });
        let mut variables: usize = variables.sum();
        for step in steps {
            replay.apply(&step.change);
            // The first step is the base.
            replay.config.env.reserve_exact(std::mem::take(&mut variables));
        }
    }
    replay.config
}

impl Replay {
    /// One that knows all steps, and keeps only what it needs.
    pub fn of(steps: &[Step]) -> Self {
        let mut users = vec![0; steps.iter().map(|it| it.stage + 1).max().unwrap_or_default()];
        for it in steps {
            if let StepKind::From { base: Base::Stage(below) } = it.kind
                && let Some(users) = users.get_mut(below)
            {
                *users += 1;
            }
        }
        Self { users: Some(users), ..Self::default() }
    }

    /// One that starts with a configuration.
    pub(super) fn on(config: Config) -> Self {
        Self { config, ..Self::default() }
    }

    /// Makes the command what the classic builder makes of it: its words are not marked as quoted, and no words are no
    /// entrypoint.
    pub(super) fn settle_command(&mut self) {
        self.config.args_escaped = false;
        self.config.entrypoint = self.config.entrypoint.take().filter(|it| !it.is_empty());
    }

    /// The configuration after `step`.
    pub fn after(&mut self, step: &Step) -> &Config {
        if let StepKind::From { base } = &step.kind {
            let config = std::mem::take(&mut self.config);
            let users = self.users.as_ref().map(|it| it.get(self.stage).copied());
            if users.is_none_or(|it| it.is_some_and(|it| it > 0)) {
                let stages = self.ends.len().max(self.stage + 1);
                self.ends.resize_with(stages, || None);
                if let Some(end) = self.ends.get_mut(self.stage) {
                    *end = Some(Box::new(config));
                }
            }
            self.stage = step.stage;
            if let Base::Stage(below) = base {
                self.config = self.end_of(*below);
                self.config.on_build.clear();
            }
            self.places = Places::default();
        }
        self.apply(&step.change);
        &self.config
    }

    fn end_of(&mut self, stage: usize) -> Config {
        let Some(end) = self.ends.get_mut(stage) else { return Config::default() };
        if let Some(users) = self.users.as_mut().and_then(|it| it.get_mut(stage)) {
            *users = users.saturating_sub(1);
            if *users == 0 {
                return end.take().map(|it| *it).unwrap_or_default();
            }
        }
        end.as_deref().cloned().unwrap_or_default()
    }

    /// The configuration after the last step.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Sets a variable, in its old place if it has one.
    fn set_env(&mut self, name: &str, value: &str) {
        let env = &mut self.config.env;
        if env.len() < MANY {
            self.config.set_env(name, value);
            return;
        }
        let name_at = |it: usize| {
            let entry = env.get(it)?;
            Some(entry.split_once('=').map_or(entry.as_str(), |it| it.0))
        };
        self.places.note(env.len(), &name_at);
        let place = self.places.find(name, env.len(), &name_at);
        let entry = [name, "=", value].concat();
        match place.and_then(|it| env.get_mut(it)) {
            Some(old) => *old = entry,
            None => env.push(entry),
        }
    }

    pub(super) fn apply(&mut self, change: &Change) {
        if let Change::Env(pairs) = change {
            for (name, value) in pairs {
                self.set_env(name, value);
            }
            return;
        }
        let config = &mut self.config;
        match change {
            Change::Nothing | Change::Author(_) | Change::Args(_) | Change::Env(_) => (),
            Change::Base(it) => {
                *config = Config::clone(it);
                self.places = Places::default();
            }
            Change::Labels(pairs) => {
                let pairs = pairs.iter().map(|it| (String::from(&it.0), String::from(&it.1)));
                config.labels.extend(pairs);
            }
            Change::Ports(ports) => config.exposed_ports.extend(ports.iter().cloned()),
            Change::Volumes(paths) => config.volumes.extend(paths.iter().map(String::from)),
            Change::User(it) => it.as_str().clone_into(&mut config.user),
            Change::WorkingDir(it) => it.as_str().clone_into(&mut config.working_dir),
            Change::Cmd(words) => {
                config.cmd = Some(words.iter().map(String::from).collect());
                config.args_escaped = true;
            }
            Change::Entrypoint { words, drops_cmd } => {
                config.entrypoint = Some(words.iter().map(String::from).collect());
                if *drops_cmd {
                    config.cmd = None;
                }
            }
            Change::Shell(words) => config.shell = Some(words.iter().map(String::from).collect()),
            Change::StopSignal(it) => config.stop_signal = Some(it.into()),
            Change::Healthcheck(it) => config.healthcheck = Some(Healthcheck::clone(it)),
            Change::OnBuild(it) => config.on_build.push(it.into()),
        }
    }
}
