//! The state of a stage while its instructions are simulated.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostic::Diagnostic,
    image::Config,
    scope::{Globals, expand, globals::cannot_expand},
    syntax::Text,
};

pub(super) const DEFAULT_PATH: &str =
    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// What the instructions of a stage see and change.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) config: Config,
    /// The variables: those of the image, and the build's arguments.
    pub(super) variables: BTreeMap<String, String>,
    /// The arguments declared in this stage, in order.
    pub(super) arguments: Vec<(String, Option<String>)>,
    /// Whether a `CMD` stands above, in this stage.
    pub(super) has_cmd: bool,
}

/// What a stage's instructions need besides its state.
#[derive(Clone, Copy)]
pub(super) struct Context<'c> {
    pub(super) source: &'c str,
    pub(super) escape: char,
    pub(super) globals: &'c Globals,
    pub(super) build_args: &'c BTreeMap<String, String>,
}

impl State {
    /// The start of a stage on an image.
    pub(super) fn on_image(config: Config) -> Self {
        let mut it =
            Self { config, variables: BTreeMap::new(), arguments: Vec::new(), has_cmd: false };
        if it.config.env("PATH").is_none() {
            it.config.set_env("PATH", DEFAULT_PATH);
        }
        for entry in &it.config.env {
            if let Some((name, value)) = entry.split_once('=') {
                it.variables.insert(name.to_owned(), value.to_owned());
            }
        }
        it
    }

    /// The start of a stage on nothing.
    pub(super) fn on_scratch() -> Self {
        Self::on_image(Config { working_dir: "/".to_owned(), ..Config::default() })
    }

    /// The start of a stage on this one.
    pub(super) fn next_stage(&self) -> Self {
        Self { arguments: Vec::new(), has_cmd: false, ..self.clone() }
    }

    /// The text of a word.
    pub(super) fn expand(&self, word: &Text<'_>, escape: char) -> Result<String, Box<Diagnostic>> {
        let lookup = |name: &str| self.variables.get(name).map(String::as_str);
        let expanded = expand(word, escape, &lookup);
        expanded.map(|it| it.text).map_err(|error| cannot_expand(word, &error))
    }

    /// The texts of words.
    pub(super) fn expand_all(
        &self,
        words: &[Text<'_>],
        escape: char,
    ) -> Result<Vec<String>, Box<Diagnostic>> {
        words.iter().map(|it| self.expand(it, escape)).collect()
    }

    /// `|2 A=1 B=2 ` before a command in the history, or nothing.
    pub(super) fn arguments_prefix(&self) -> String {
        let mut names: Vec<(&str, String)> = Vec::new();
        let mut seen = BTreeSet::new();
        for (name, value) in &self.arguments {
            let value = self.variables.get(name).or(value.as_ref()).cloned().unwrap_or_default();
            if seen.insert(name.clone()) {
                names.push((name, value));
            }
        }
        if names.is_empty() {
            return String::new();
        }
        let pairs: Vec<_> = names.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("|{} {} ", names.len(), pairs.join(" "))
    }

    /// How many bytes a copy of the configuration takes, about.
    pub(super) fn weight(&self) -> usize {
        let config = &self.config;
        let labels = config.labels.iter().map(|(key, value)| key.len() + value.len() + 48);
        let lists = [&config.entrypoint, &config.cmd, &config.shell];
        let words = lists.into_iter().flatten().flatten().chain(&config.env);
        let words = words.chain(&config.on_build);
        let sets = config.volumes.iter().chain(&config.exposed_ports);
        512 + labels.sum::<usize>() + words.chain(sets).map(|it| it.len() + 24).sum::<usize>()
    }
}
