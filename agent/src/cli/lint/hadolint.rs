//! `.hadolint.yaml`, as it is.

use std::{collections::BTreeMap, fs, path::Path};

use dockwright::{diagnostic::Severity, lint::Settings};
use serde::Deserialize;
use serde_json::json;

use super::{
    Failed,
    config::{Config, from_hadolint, label, level},
};
use crate::cli::migrate::codes;

/// The file as hadolint's manual describes it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
struct Written {
    ignored: Vec<String>,
    #[serde(rename = "override")]
    levels: BTreeMap<String, Vec<String>>,
    #[serde(rename = "trustedRegistries", alias = "trusted-registries")]
    trusted_registries: Vec<String>,
    label_schema: BTreeMap<String, String>,
    strict_labels: bool,
    failure_threshold: Option<String>,
    disable_ignore_pragma: bool,
}

/// Reads hadolint's configuration: its levels turn rules on, what it ignores is off.
pub(super) fn read(path: &Path) -> Result<Config, Failed> {
    let written = written(path)?;
    from_hadolint(|settings| apply(settings, written).map_err(|it| wrong(path, &it)))
}

fn written(path: &Path) -> Result<Written, Failed> {
    let text = fs::read_to_string(path).map_err(|it| Failed::read(path, &it))?;
    if text.trim().is_empty() {
        return Ok(Written::default());
    }
    serde_saphyr::from_str(&text).map_err(|it| wrong(path, &it))
}

fn wrong(path: &Path, it: &dyn std::fmt::Display) -> Failed {
    Failed::usage(format!("{}: {it}", path.display()))
}

/// The same as a `dockwright.toml`.
pub(in crate::cli) fn toml(path: &Path) -> Result<String, Failed> {
    let written = written(path)?;
    // What is wrong in it is said as ever.
    read(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut text = format!("# From {name}.\n");
    let mut unknown = Vec::new();
    let mut codes = |rule: &str| {
        let ours = codes(rule);
        if ours.is_empty() {
            unknown.push(rule.to_owned());
        }
        ours
    };
    let ignored: Vec<_> = written.ignored.iter().flat_map(|it| codes(it)).collect();
    let mut levels = String::new();
    for (level, rules) in &written.levels {
        for code in rules.iter().flat_map(|it| codes(it)) {
            levels.push_str(&format!("{code} = {level:?}\n"));
        }
    }
    match written.failure_threshold.as_deref() {
        None | Some("ignore" | "none") => (),
        Some(it) => text.push_str(&format!("fail-level = {it:?}\n")),
    }
    if written.disable_ignore_pragma {
        text.push_str("suppressions = false\n");
    }
    if !ignored.is_empty() {
        text.push_str(&format!("ignore = {}\n", json!(ignored)));
    }
    if !written.trusted_registries.is_empty() {
        text.push_str(&format!("trusted-registries = {}\n", json!(written.trusted_registries)));
    }
    if written.strict_labels {
        text.push_str("strict-labels = true\n");
    }
    if !unknown.is_empty() {
        text.push_str(&format!("# Not known here: {}.\n", unknown.join(", ")));
    }
    if !levels.is_empty() {
        text.push_str(&format!("\n[severity]\n{levels}"));
    }
    if !written.label_schema.is_empty() {
        text.push_str("\n[labels]\n");
        for (label, kind) in &written.label_schema {
            text.push_str(&format!("{} = {kind:?}\n", json!(label)));
        }
    }
    Ok(text)
}

fn apply(settings: &mut Settings, written: Written) -> Result<Option<Severity>, String> {
    for (name, rules) in &written.levels {
        let severity = level(name)?;
        for it in rules {
            known(settings.set_severity(it, severity), it)?;
        }
    }
    for it in &written.ignored {
        known(settings.ignore(it), it)?;
    }
    settings.obeys_comments = !written.disable_ignore_pragma;
    settings.options.trusted_registries = written.trusted_registries;
    settings.options.strict_labels = written.strict_labels;
    for (name, kind) in written.label_schema {
        settings.options.labels.push((name, label(&kind)?));
    }
    match written.failure_threshold.as_deref() {
        None | Some("ignore" | "none") => Ok(None),
        Some(it) => level(it).map(Some),
    }
}

/// A number of `ShellCheck` that is not known here is no mistake.
fn known(done: Result<(), impl std::fmt::Display>, rule: &str) -> Result<(), String> {
    match done {
        Err(error) if !rule.starts_with("SC") => Err(error.to_string()),
        Ok(()) | Err(_) => Ok(()),
    }
}
