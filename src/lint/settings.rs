//! Which rules run, how bad their findings are, and what the rules are told.

mod label_kind;
mod presets;

pub use label_kind::{LabelKind, UnknownLabelKind};
pub use presets::{PRESETS, Preset, UnknownPreset};

use crate::{
    diagnostic::{Diagnostic, Severity},
    lint::{Linted, Rule, State, rules, suppress},
    syntax::{Parse, keyword::nearest},
};

/// Which rules run, how bad their findings are, and what the rules are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// For each rule, in the order of [`rules`], how bad its findings are; `None` if it does not run.
    levels: Vec<Option<Severity>>,
    /// What the rules are told.
    pub options: Options,
    /// Whether comments may silence findings.
    pub obeys_comments: bool,
}

/// What rules can be told. Everything is empty at first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// The stages that are built, besides the last one.
    pub targets: Vec<String>,
    /// The names that `--from` may mean besides stages and images: named contexts.
    pub contexts: Vec<String>,
    /// The registries that images may come from: `docker.io`, `*.example.org`. All, if there is none.
    pub trusted_registries: Vec<String>,
    /// Images of which the tag `latest` is right: `corp/*`.
    pub allowed_latest: Vec<String>,
    /// Names of `ARG` and `ENV` that are no secrets, whatever they sound like.
    pub allowed_secrets: Vec<String>,
    /// Names of `ARG`s that need no default.
    pub allowed_empty_args: Vec<String>,
    /// The labels that images have, and what their values are.
    pub labels: Vec<(String, LabelKind)>,
    /// Whether no other label may be there.
    pub strict_labels: bool,
    /// Commands that need a secret mount, and the id of the secret.
    pub secret_commands: Vec<(String, String)>,
    /// Whether a relative `WORKDIR` is wrong below an absolute one too.
    pub absolute_workdirs: bool,
    /// Whether a `HEALTHCHECK` in shell form is wrong too.
    pub exec_healthchecks: bool,
}

/// There is no rule that is called so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule {name:?}{near}")]
pub struct UnknownRule {
    name: String,
    /// `; did you mean DW101?`, if something is called nearly so.
    near: String,
}

impl UnknownRule {
    fn new(name: &str) -> Self {
        let near = match nearest(name, names()) {
            Some(it) => format!("; did you mean {it}?"),
            None => String::new(),
        };
        Self { name: name.to_owned(), near }
    }
}

/// All codes, names, and names that other tools have.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    rules().flat_map(|it| [it.code, it.name].into_iter().chain(it.aliases()))
}

impl Default for Settings {
    /// What is on for everyone.
    fn default() -> Self {
        let level =
            |it: &Rule| matches!(it.state, State::On | State::Configured).then_some(it.severity);
        Self {
            levels: rules().map(level).collect(),
            options: Options::default(),
            obeys_comments: true,
        }
    }
}

impl Settings {
    /// No rule runs. What no builder can read is still reported.
    pub fn none() -> Self {
        Self { levels: rules().map(|_| None).collect(), ..Self::default() }
    }

    /// These rules alone run, even if comments silence them: for tests of a rule.
    #[cfg(test)]
    pub(super) fn only(rule: &Rule) -> Self {
        let mut settings = Self { obeys_comments: false, ..Self::none() };
        settings.set(|it| it == rule, |it| Some(it.severity));
        settings
    }

    /// Turns rules on: by code, name or a name that another tool gives them, by the start of a code (`DW4`), or `ALL`.
    /// Rules that are tried out are turned on by their own names alone.
    pub fn select(&mut self, selector: &str) -> Result<(), UnknownRule> {
        self.choose(selector, |it, is_exact| {
            (is_exact || it.state != State::Preview).then_some(Some(it.severity))
        })
    }

    /// Turns rules off, chosen as in [`Settings::select`].
    pub fn ignore(&mut self, selector: &str) -> Result<(), UnknownRule> {
        self.choose(selector, |_, _| Some(None))
    }

    /// Says how bad findings are, of rules that run or not, chosen as in [`Settings::select`]; they run from now on.
    pub fn set_severity(&mut self, selector: &str, severity: Severity) -> Result<(), UnknownRule> {
        self.choose(selector, |_, _| Some(Some(severity)))
    }

    /// Turns on the rules that are tried out.
    pub fn preview(&mut self) {
        self.set(|it| it.state == State::Preview, |it| Some(it.severity));
    }

    /// Sets the levels of the chosen rules to what `level` gives, if it gives something.
    fn choose(
        &mut self,
        selector: &str,
        level: impl Fn(&Rule, bool) -> Option<Option<Severity>>,
    ) -> Result<(), UnknownRule> {
        let mut is_known = false;
        for (rule, place) in rules().zip(&mut self.levels) {
            let is_exact = rule.is_called(selector);
            if is_exact || selects(selector, rule) {
                is_known = true;
                *place = level(rule, is_exact).unwrap_or(*place);
            }
        }
        if is_known { Ok(()) } else { Err(UnknownRule::new(selector)) }
    }

    fn set(&mut self, chosen: impl Fn(&Rule) -> bool, level: impl Fn(&Rule) -> Option<Severity>) {
        for (rule, place) in rules().zip(&mut self.levels) {
            if chosen(rule) {
                *place = level(rule);
            }
        }
    }

    /// The rules that run, and how bad their findings are.
    pub(super) fn running(&self) -> impl Iterator<Item = (&'static Rule, Severity)> {
        rules().zip(&self.levels).filter_map(|(rule, level)| Some((rule, (*level)?)))
    }

    /// How many rules run.
    pub fn count(&self) -> usize {
        self.levels.iter().flatten().count()
    }

    /// Whether a rule runs.
    pub fn runs(&self, rule: &Rule) -> bool {
        self.level(rule).is_some()
    }

    /// How bad the findings of a rule are.
    pub fn severity(&self, rule: &Rule) -> Severity {
        self.level(rule).unwrap_or(rule.severity)
    }

    fn level(&self, rule: &Rule) -> Option<Severity> {
        let at = rules().position(|it| it.code == rule.code)?;
        self.levels.get(at).copied().flatten()
    }

    /// Which findings are shown, and what comments silence; with what is wrong with the comments.
    pub(super) fn apply(&self, source: &str, parse: &Parse<'_>, found: Vec<Diagnostic>) -> Linted {
        if self.obeys_comments {
            suppress::apply(source, parse, found, self)
        } else {
            Linted { shown: found, silenced: Vec::new() }
        }
    }
}

/// Whether the start of a code chooses a rule: `DW4`, `SC`, `DL30`; `ALL` chooses all.
fn selects(selector: &str, rule: &Rule) -> bool {
    let starts = |code: &str| {
        let start = code.as_bytes().get(..selector.len()).unwrap_or_default();
        start.eq_ignore_ascii_case(selector.as_bytes())
    };
    let is_start = selector.len() >= 2
        && selector.bytes().take(2).all(|it| it.is_ascii_alphabetic())
        && selector.bytes().skip(2).all(|it| it.is_ascii_digit());
    selector == "ALL" || is_start && (starts(rule.code) || rule.hadolint().is_some_and(starts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::find;

    #[test]
    fn rules_are_chosen_by_any_of_their_names_and_by_the_start_of_a_code() {
        let rule = |it: &str| find(it).unwrap();
        let mut settings = Settings::none();
        for (selector, chosen, not) in [
            ("DL3006", "DW101", "DW102"),
            ("latest-tag", "DW102", "DW716"),
            ("MaintainerDeprecated", "DW716", "DW706"),
            ("DW7", "DW706", "SC2086"),
            ("SC", "SC2086", "SC2002"),
            ("sc2002", "SC2002", "SC2015"),
        ] {
            assert_eq!(settings.select(selector), Ok(()));
            assert!(settings.runs(rule(chosen)), "{selector}");
            assert!(!settings.runs(rule(not)), "{selector}");
        }
        settings.ignore("ALL").unwrap();
        assert_eq!(settings, Settings::none());
        settings.set_severity("DL3006", Severity::Error).unwrap();
        assert_eq!(settings.severity(rule("DW101")), Severity::Error);
        let error = settings.select("DW1O1").unwrap_err();
        assert_eq!(error.to_string(), "there is no rule \"DW1O1\"; did you mean DW101?");
    }
}
