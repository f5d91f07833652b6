//! The linter with settings of its own.

use tsify::{Ts, Tsify};
use wasm_bindgen::{JsError, prelude::wasm_bindgen};

use crate::{
    diagnostic::Safety,
    lint::{Settings, fix, settings::Options},
    terminal::review,
    wasm::dto::linted::{Fixed, Linted},
};

/// The linter with settings of its own.
#[wasm_bindgen]
pub struct Linter {
    settings: Settings,
}

#[wasm_bindgen]
impl Linter {
    /// With the rules of a preset.
    ///
    /// # Errors
    /// If there is no such preset.
    #[wasm_bindgen(constructor)]
    pub fn new(preset: &str) -> Result<Self, JsError> {
        Ok(Self { settings: Settings::preset(preset.parse()?) })
    }

    /// Turns rules on, as `select` in a configuration does.
    ///
    /// # Errors
    /// If no rule is called so. The same is true of the next two.
    pub fn select(&mut self, rule: &str) -> Result<(), JsError> {
        Ok(self.settings.select(rule)?)
    }

    /// Turns rules off.
    pub fn ignore(&mut self, rule: &str) -> Result<(), JsError> {
        Ok(self.settings.ignore(rule)?)
    }

    /// Says how bad the findings of rules are.
    #[wasm_bindgen(js_name = setSeverity)]
    pub fn set_severity(&mut self, rule: &str, severity: &str) -> Result<(), JsError> {
        Ok(self.settings.set_severity(rule, severity.parse()?)?)
    }

    /// Turns on the rules that are tried out.
    pub fn preview(&mut self) {
        self.settings.preview();
    }

    /// Whether comments may silence findings.
    #[wasm_bindgen(js_name = obeyComments)]
    pub fn obey_comments(&mut self, obeys: bool) {
        self.settings.obeys_comments = obeys;
    }

    /// Tells the rules something: an option by its name in a configuration. A table is its keys and values in turn; what
    /// is yes or no is yes if there is a value.
    ///
    /// # Errors
    /// If there is no such option, or no such kind of label.
    #[wasm_bindgen(js_name = setOption)]
    pub fn set_option(&mut self, name: &str, values: Vec<String>) -> Result<(), JsError> {
        let Options {
            targets,
            contexts,
            trusted_registries,
            allowed_latest,
            allowed_secrets,
            allowed_empty_args,
            labels,
            strict_labels,
            secret_commands,
            absolute_workdirs,
            exec_healthchecks,
        } = &mut self.settings.options;
        let list = match name {
            "targets" => targets,
            "contexts" => contexts,
            "trusted-registries" => trusted_registries,
            "allowed-latest" => allowed_latest,
            "allowed-secrets" => allowed_secrets,
            "allowed-empty-args" => allowed_empty_args,
            "labels" => {
                for (name, kind) in pairs(&values) {
                    labels.push((name, kind.parse()?));
                }
                return Ok(());
            }
            "secret-commands" => {
                secret_commands.extend(pairs(&values));
                return Ok(());
            }
            _ => {
                let flag = match name {
                    "strict-labels" => strict_labels,
                    "absolute-workdirs" => absolute_workdirs,
                    "exec-healthchecks" => exec_healthchecks,
                    _ => return Err(JsError::new("there is no such option")),
                };
                *flag |= !values.is_empty();
                return Ok(());
            }
        };
        list.extend(values);
        Ok(())
    }

    /// What is wrong or unwise in a Dockerfile, beside a `.dockerignore` or without.
    ///
    /// # Errors
    /// Never, unless the result cannot be made into JavaScript values. The same is true of [`Linter::fix`].
    #[expect(clippy::needless_pass_by_value, reason = "JavaScript hands a text over")]
    pub fn lint(&self, source: &str, ignore: Option<String>) -> Result<Ts<Linted>, JsError> {
        let review = review(source, ignore.as_deref(), &self.settings);
        Ok(Linted::of(source, review).into_ts()?)
    }

    /// The Dockerfile with its safe repairs made, or with `risky` ones too.
    pub fn fix(&self, source: &str, risky: bool) -> Result<Ts<Fixed>, JsError> {
        let allowed = if risky { Safety::Unsafe } else { Safety::Safe };
        Ok(Fixed::from(fix::fix(source, &self.settings, allowed)).into_ts()?)
    }
}

fn pairs(values: &[String]) -> Vec<(String, String)> {
    let pairs = values.chunks_exact(2).filter_map(|it| match it {
        [name, value] => Some((name.clone(), value.clone())),
        _ => None,
    });
    pairs.collect()
}
