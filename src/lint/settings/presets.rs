//! Sets of rules under one name.

use super::Settings;
use crate::{
    diagnostic::Severity,
    lint::{Rule, State},
};

/// A set of rules under one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// What is on for everyone.
    Default,
    /// hadolint's rules and the shell checks, as bad as hadolint finds them.
    Hadolint,
    /// What `docker build --check` warns of.
    Buildkit,
    /// Secrets, downloads, users, and where images come from.
    Security,
    /// What a builder of today makes better: cache mounts, here-documents, git sources.
    Modern,
    /// What a cluster asks of an image.
    Kubernetes,
    /// All rules that are not tried out.
    Strict,
}

/// The presets by name.
pub const PRESETS: [(&str, Preset); 7] = [
    ("default", Preset::Default),
    ("hadolint", Preset::Hadolint),
    ("buildkit", Preset::Buildkit),
    ("security", Preset::Security),
    ("modern", Preset::Modern),
    ("kubernetes", Preset::Kubernetes),
    ("strict", Preset::Strict),
];

/// The codes that hadolint leaves off, or has no more.
const HADOLINT_OFF: [&str; 3] = ["DL1001", "DL3005", "DL3057"];
/// How bad hadolint finds what is not a warning there.
const HADOLINT_ERRORS: &str = "DL1000 DL3000 DL3004 DL3011 DL3012 DL3020 DL3021 DL3023 DL3024 DL3026 DL3043 DL3044 DL3061 DL4000 DL4004";
const HADOLINT_INFOS: &str =
    "DL3001 DL3009 DL3010 DL3015 DL3019 DL3047 DL3049 DL3050 DL3057 DL3059 DL3060 DL3066";
const HADOLINT_STYLES: &str = "DL3048";

/// On top of the default: rules, by code or the start of one.
const SECURITY: &str = "DW6 DW101 DW102 DW103 DW104 DW302 DW308 DW701 DW702";
const MODERN: &str = "DW470 DW908 DW103";
const NOT_MODERN: &str = "DW404 DW412 DW424 DW425 DW426 DW442 DW453";
const KUBERNETES: &str = "DW702 DW703 DW713";
const NOT_KUBERNETES: &str = "DW710";

impl Settings {
    /// The settings of a preset.
    pub fn preset(preset: Preset) -> Self {
        let mut settings = Self::default();
        match preset {
            Preset::Default => (),
            Preset::Hadolint => {
                settings = Self::none();
                settings.set(|it| hadolint(it).is_some(), |it| hadolint(it).map(|it| it.1));
            }
            Preset::Buildkit => {
                settings = Self::none();
                settings.set(|it| it.buildkit().is_some(), |_| Some(Severity::Warning));
            }
            Preset::Security => settings.change(SECURITY, ""),
            Preset::Modern => settings.change(MODERN, NOT_MODERN),
            Preset::Kubernetes => settings.change(KUBERNETES, NOT_KUBERNETES),
            Preset::Strict => {
                settings.set(|it| it.state == State::Off, |it| Some(it.severity));
            }
        }
        settings
    }

    fn change(&mut self, on: &str, off: &str) {
        let chosen = |all: &str, it: &Rule| {
            all.split(' ').any(|start| !start.is_empty() && it.code.starts_with(start))
        };
        self.set(|it| chosen(on, it) && it.state != State::Preview, |it| Some(it.severity));
        self.set(|it| chosen(off, it), |_| None);
    }
}

/// hadolint's code of a rule, and how bad it is there, if it is on there.
fn hadolint(rule: &Rule) -> Option<(&'static str, Severity)> {
    let code = rule.hadolint().filter(|it| !HADOLINT_OFF.contains(it))?;
    let is_in = |all: &str| all.split(' ').any(|it| it == code);
    let severity = if code.starts_with("SC") {
        rule.severity
    } else if is_in(HADOLINT_ERRORS) {
        Severity::Error
    } else if is_in(HADOLINT_INFOS) {
        Severity::Info
    } else if is_in(HADOLINT_STYLES) {
        Severity::Style
    } else {
        Severity::Warning
    };
    Some((code, severity))
}

impl std::str::FromStr for Preset {
    type Err = UnknownPreset;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = PRESETS.iter().find(|it| it.0 == name);
        found.map(|it| it.1).ok_or_else(|| UnknownPreset(name.to_owned()))
    }
}

/// There is no such preset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no preset {0:?}: write default, hadolint, buildkit, security, modern, kubernetes or strict"
)]
pub struct UnknownPreset(pub String);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::find;

    #[test]
    fn presets_turn_rules_on_and_off() {
        let level = |preset: &str, rule: &str| {
            let settings = Settings::preset(preset.parse().unwrap());
            let rule = find(rule).unwrap();
            settings.runs(rule).then(|| settings.severity(rule))
        };
        for (preset, rule, expected) in [
            ("default", "DW101", Some(Severity::Warning)),
            ("hadolint", "DL4000", Some(Severity::Error)),
            ("hadolint", "SC2086", Some(Severity::Info)),
            ("buildkit", "DL4000", Some(Severity::Warning)),
            ("buildkit", "DL3006", None),
            ("strict", "SC2002", None),
        ] {
            assert_eq!(level(preset, rule), expected, "{preset} {rule}");
        }
        assert!("hadolnt".parse::<Preset>().is_err());
    }
}
