//! `.hadolint.yaml`, as it is.

use std::{collections::BTreeMap, fs, path::Path};

use dockwright::{diagnostic::Severity, lint::Settings};
use serde::Deserialize;

use super::{
    Failed,
    config::{Config, from_hadolint, label, level},
};

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
    let text = fs::read_to_string(path).map_err(|it| Failed::read(path, &it))?;
    let at = |it: &dyn std::fmt::Display| Failed::usage(format!("{}: {it}", path.display()));
    let written: Written = if text.trim().is_empty() {
        Written::default()
    } else {
        serde_saphyr::from_str(&text).map_err(|it| at(&it))?
    };
    from_hadolint(|settings| apply(settings, written).map_err(|it| at(&it)))
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
