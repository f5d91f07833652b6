//! The configuration after each step, put together from what the steps change.

use std::collections::BTreeMap;

use crate::{
    image::Config,
    simulate::{Base, Change, Step, StepKind},
};

/// Puts the changes of steps together. It is given the steps of a build in their order.
#[derive(Debug, Default)]
pub struct Replay {
    config: Config,
    stage: usize,
    /// The configurations at the ends of the stages so far.
    ends: BTreeMap<usize, Config>,
}

impl Replay {
    /// The configuration after `step`.
    pub fn after(&mut self, step: &Step) -> &Config {
        if let StepKind::From { base } = &step.kind {
            let config = std::mem::take(&mut self.config);
            self.ends.insert(self.stage, config);
            self.stage = step.stage;
            if let Base::Stage(below) = base {
                self.config = self.ends.get(below).cloned().unwrap_or_default();
                self.config.on_build.clear();
            }
        }
        self.apply(&step.change);
        &self.config
    }

    /// The configuration after the last step.
    pub fn config(&self) -> &Config {
        &self.config
    }

    fn apply(&mut self, change: &Change) {
        let config = &mut self.config;
        match change {
            Change::Nothing | Change::Author(_) | Change::Args(_) => (),
            Change::Base(it) => *config = Config::clone(it),
            Change::Env(pairs) => {
                for (name, value) in pairs {
                    config.set_env(name, value);
                }
            }
            Change::Labels(pairs) => config.labels.extend(pairs.iter().cloned()),
            Change::Ports(ports) => config.exposed_ports.extend(ports.iter().cloned()),
            Change::Volumes(paths) => config.volumes.extend(paths.iter().cloned()),
            Change::User(it) => config.user.clone_from(it),
            Change::WorkingDir(it) => config.working_dir.clone_from(it),
            Change::Cmd(words) => {
                config.cmd = Some(words.clone());
                config.args_escaped = true;
            }
            Change::Entrypoint { words, drops_cmd } => {
                config.entrypoint = Some(words.clone());
                if *drops_cmd {
                    config.cmd = None;
                }
            }
            Change::Shell(words) => config.shell = Some(words.clone()),
            Change::StopSignal(it) => config.stop_signal = Some(it.clone()),
            Change::Healthcheck(it) => config.healthcheck = Some(it.clone()),
            Change::OnBuild(it) => config.on_build.push(it.clone()),
        }
    }
}
