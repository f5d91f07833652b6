//! `dockwright.toml`: which rules run, how bad their findings are, what rules are told.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use dockwright::{
    diagnostic::{Severity, UnknownSeverity},
    lint::{
        Settings,
        settings::{LabelKind, Preset, UnknownLabelKind},
    },
};
use globset::Glob;
use serde::Deserialize;

use super::{Choice, Failed, File, hadolint};

/// The names of the configuration, the first that is there counts.
const NAMES: [&str; 2] = ["dockwright.toml", ".dockwright.toml"];
const HADOLINT: [&str; 2] = [".hadolint.yaml", ".hadolint.yml"];
/// The sets of rules that a configuration can be pinned to. A rule that comes later runs in later ones alone.
const RULESETS: [&str; 1] = ["2026.1"];
/// So many configurations may extend each other.
const MAX_EXTENDS: usize = 10;

/// What a file is looked at with.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Config {
    pub(in crate::cli) settings: Settings,
    pub(super) fail_level: Option<Severity>,
    /// Whether codes are hadolint's.
    pub(super) is_hadolint: bool,
    /// Patterns of paths, and what is not looked for there.
    per_file: Vec<(globset::GlobMatcher, Vec<String>)>,
    /// Where patterns start.
    folder: PathBuf,
}

/// The file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of the file")]
struct Written {
    extends: Option<PathBuf>,
    preset: Option<String>,
    ruleset: Option<String>,
    select: Option<Vec<String>>,
    extend_select: Vec<String>,
    ignore: Vec<String>,
    preview: bool,
    fail_level: Option<String>,
    severity: BTreeMap<String, String>,
    per_file_ignores: BTreeMap<String, Vec<String>>,
    suppressions: Option<bool>,
    targets: Vec<String>,
    contexts: Vec<String>,
    trusted_registries: Vec<String>,
    allowed_latest: Vec<String>,
    allowed_secrets: Vec<String>,
    allowed_empty_args: Vec<String>,
    labels: BTreeMap<String, String>,
    strict_labels: bool,
    secret_commands: BTreeMap<String, String>,
    absolute_workdirs: bool,
    exec_healthchecks: bool,
}

/// A severity by its name; hadolint's `ignore` and `none` are no severities.
pub(super) fn level(name: &str) -> Result<Severity, String> {
    name.parse().map_err(|it: UnknownSeverity| it.to_string())
}

/// What a label's value is, by name; the names are hadolint's.
pub(super) fn label(name: &str) -> Result<LabelKind, String> {
    name.parse().map_err(|it: UnknownLabelKind| it.to_string())
}

impl Config {
    fn new(preset: Preset) -> Self {
        Self {
            settings: Settings::preset(preset),
            fail_level: None,
            is_hadolint: preset == Preset::Hadolint,
            per_file: Vec::new(),
            folder: PathBuf::from("."),
        }
    }

    /// Reads a configuration, and those that it extends.
    fn read(path: &Path) -> Result<Self, Failed> {
        let mut all = Vec::new();
        let mut next = Some(path.to_owned());
        while let Some(path) = next {
            let text = fs::read_to_string(&path).map_err(|it| Failed::read(&path, &it))?;
            let written: Written = toml::from_str(&text).map_err(|it| {
                Failed::usage(format!("{}: {}", path.display(), it.to_string().trim_end()))
            })?;
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            next = written.extends.as_ref().map(|it| folder.join(it));
            all.push((path, written));
            if all.len() > MAX_EXTENDS {
                let text = format!("more than {MAX_EXTENDS} configurations extend each other");
                return Err(Failed::usage(text).help("look for one that extends itself"));
            }
        }
        let preset = all.iter().find_map(|it| it.1.preset.as_deref()).unwrap_or("default");
        let mut config = Self::new(preset_of(preset)?);
        // The one that is extended first.
        for (path, written) in all.into_iter().rev() {
            config
                .add(&path, written)
                .map_err(|it| Failed { text: format!("{}: {}", path.display(), it.text), ..it })?;
        }
        Ok(config)
    }

    fn add(&mut self, path: &Path, written: Written) -> Result<(), Failed> {
        let usage = |it: String| Failed::usage(it);
        if let Some(it) = written.ruleset.filter(|it| !RULESETS.contains(&it.as_str())) {
            let text =
                format!("there is no ruleset {it:?}: this version has {}", RULESETS.join(", "));
            return Err(usage(text));
        }
        if let Some(it) = &written.select {
            self.only(it)?;
        }
        if written.preview {
            self.settings.preview();
        }
        for it in &written.extend_select {
            self.settings.select(it).map_err(Failed::usage)?;
        }
        for (rule, severity) in &written.severity {
            match severity.as_str() {
                "off" => self.settings.ignore(rule).map_err(Failed::usage)?,
                it => self
                    .settings
                    .set_severity(rule, level(it).map_err(usage)?)
                    .map_err(Failed::usage)?,
            }
        }
        for it in &written.ignore {
            self.settings.ignore(it).map_err(Failed::usage)?;
        }
        if let Some(it) = &written.fail_level {
            self.fail_level = Some(level(it).map_err(usage)?);
        }
        if let Some(it) = written.suppressions {
            self.settings.obeys_comments = it;
        }
        for (pattern, rules) in written.per_file_ignores {
            let glob = Glob::new(&pattern)
                .map_err(|it| Failed::usage(format!("per-file-ignores: {it}")))?;
            self.per_file.push((glob.compile_matcher(), rules));
        }
        self.folder = PathBuf::from(path.parent().unwrap_or(Path::new("")));
        let options = &mut self.settings.options;
        options.targets.extend(written.targets);
        options.contexts.extend(written.contexts);
        options.trusted_registries.extend(written.trusted_registries);
        options.allowed_latest.extend(written.allowed_latest);
        options.allowed_secrets.extend(written.allowed_secrets);
        options.allowed_empty_args.extend(written.allowed_empty_args);
        for (name, kind) in written.labels {
            options.labels.push((name, label(&kind).map_err(usage)?));
        }
        options.secret_commands.extend(written.secret_commands);
        options.strict_labels |= written.strict_labels;
        options.absolute_workdirs |= written.absolute_workdirs;
        options.exec_healthchecks |= written.exec_healthchecks;
        Ok(())
    }

    /// These rules and no others.
    fn only(&mut self, rules: &[String]) -> Result<(), Failed> {
        self.settings.ignore("ALL").map_err(Failed::usage)?;
        rules.iter().try_for_each(|it| self.settings.select(it).map_err(Failed::usage))
    }

    /// For a file: what is ignored there is left out.
    fn of(&self, file: &Path) -> Result<Self, Failed> {
        let mut config = self.clone();
        let inside = file.strip_prefix(&self.folder).unwrap_or(file);
        for (_, rules) in self.per_file.iter().filter(|it| it.0.is_match(inside)) {
            for it in rules {
                config
                    .settings
                    .ignore(it)
                    .map_err(|it| Failed::usage(format!("per-file-ignores: {it}")))?;
            }
        }
        Ok(config)
    }
}

fn preset_of(name: &str) -> Result<Preset, Failed> {
    name.parse().map_err(Failed::usage)
}

/// Finds the configuration of each file, and reads each once.
pub(in crate::cli) struct Finder<'a> {
    choice: &'a Choice,
    /// What the file on the standard input is called.
    stdin: Option<&'a str>,
    read: BTreeMap<PathBuf, Arc<Config>>,
}

impl<'a> Finder<'a> {
    pub(in crate::cli) fn new(choice: &'a Choice, stdin: Option<&'a str>) -> Self {
        Self { choice, stdin, read: BTreeMap::new() }
    }

    /// What a file is looked at with: its configuration, and on top of it the command line.
    pub(in crate::cli) fn of(&mut self, file: &File) -> Result<Arc<Config>, Failed> {
        let found = match (&self.choice.config, self.choice.isolated) {
            (Some(path), _) => Some(path.clone()),
            (None, true) => None,
            (None, false) => nearest(&self.place(file)),
        };
        // Without a configuration, all files are looked at with the same.
        let key = found.clone().unwrap_or_default();
        let config = match self.read.get(&key) {
            Some(it) => Arc::clone(it),
            None => {
                let config = match &found {
                    None => Config::new(Preset::Default),
                    Some(path) if is_yaml(path) => hadolint::read(path)?,
                    Some(path) => Config::read(path)?,
                };
                let config = Arc::new(self.command_line(config)?);
                self.read.insert(key, Arc::clone(&config));
                config
            }
        };
        if config.per_file.is_empty() {
            return Ok(config);
        }
        Ok(Arc::new(config.of(&self.place(file))?))
    }

    /// Where a file is, or would be.
    fn place(&self, file: &File) -> PathBuf {
        let path = match self.stdin {
            Some(name) if file.is_stdin() => PathBuf::from(name),
            _ => file.path.clone(),
        };
        path.canonicalize().unwrap_or_else(|_| env::current_dir().unwrap_or_default().join(path))
    }

    fn command_line(&self, mut config: Config) -> Result<Config, Failed> {
        let Choice { preset, select, extend_select, ignore, preview, .. } = self.choice;
        if let Some(it) = preset {
            let preset = preset_of(it)?;
            let options = config.settings.options;
            config.settings = Settings::preset(preset);
            config.settings.options = options;
            config.is_hadolint = preset == Preset::Hadolint;
        }
        if !select.is_empty() {
            config
                .only(select)
                .map_err(|it| Failed { text: format!("--select: {}", it.text), ..it })?;
        }
        if *preview {
            config.settings.preview();
        }
        for it in extend_select {
            config
                .settings
                .select(it)
                .map_err(|it| Failed::usage(format!("--extend-select: {it}")))?;
        }
        for it in ignore {
            config.settings.ignore(it).map_err(|it| Failed::usage(format!("--ignore: {it}")))?;
        }
        Ok(config)
    }
}

pub(in crate::cli) fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "yaml" || it == "yml")
}

/// The nearest configuration above a file; hadolint's only if there is none of ours.
pub(in crate::cli) fn nearest(file: &Path) -> Option<PathBuf> {
    let find = |names: &[&str]| {
        let folders = file.ancestors().skip(1);
        folders.flat_map(|it| names.iter().map(move |name| it.join(name))).find(|it| it.is_file())
    };
    find(&NAMES).or_else(|| find(&HADOLINT))
}

/// Settings from hadolint's configuration.
pub(super) fn from_hadolint(
    change: impl FnOnce(&mut Settings) -> Result<Option<Severity>, Failed>,
) -> Result<Config, Failed> {
    let mut config = Config::new(Preset::Default);
    config.fail_level = change(&mut config.settings)?;
    Ok(config)
}
