//! An image's configuration, to and from JSON as BuildKit writes it.

use super::super::compare::is_empty;
use anyhow::{Context, Result};
use dockwright::image::{Config, Healthcheck};
use serde_json::{Map, Value, json};

/// Reads a configuration: sets are objects of empty objects, as in the OCI image specification.
pub(super) fn read(value: &Value) -> Result<Config> {
    let mut value = value.clone();
    if let Value::Object(fields) = &mut value {
        for name in ["ExposedPorts", "Volumes"] {
            if let Some(Value::Object(set)) = fields.get(name) {
                let keys: Vec<_> = set.keys().cloned().collect();
                fields.insert(name.to_owned(), json!(keys));
            }
        }
        // What is `null` is absent.
        fields.retain(|_, it| !it.is_null());
    }
    serde_json::from_value(value).context("it is no configuration of an image")
}

/// Fields of an object that leaves out what is empty.
#[derive(Default)]
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    pub(super) fn add(mut self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        if !is_empty(&value) {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    pub(super) fn done(self) -> Value {
        self.0.into()
    }
}

/// The configuration as BuildKit writes it into an image: without what is empty.
pub(super) fn value(config: &Config) -> Value {
    let Config {
        user,
        exposed_ports,
        env,
        entrypoint,
        cmd,
        volumes,
        working_dir,
        labels,
        stop_signal,
        shell,
        healthcheck,
        on_build,
        args_escaped,
    } = config;
    let set = |all: &dockwright::order::Set| -> Value {
        all.iter().map(|it| (it.clone(), json!({}))).collect::<Map<_, _>>().into()
    };
    Fields::default()
        .add("User", user.as_str())
        .add("ExposedPorts", set(exposed_ports))
        .add("Env", env.as_slice())
        .add("Entrypoint", json!(entrypoint))
        .add("Cmd", json!(cmd))
        .add("Volumes", set(volumes))
        .add("WorkingDir", working_dir.as_str())
        .add("Labels", json!(labels))
        .add("StopSignal", json!(stop_signal))
        .add("Shell", json!(shell))
        .add("Healthcheck", healthcheck.as_ref().map(health))
        .add("OnBuild", on_build.as_slice())
        .add("ArgsEscaped", *args_escaped)
        .done()
}

fn health(it: &Healthcheck) -> Value {
    let Healthcheck { test, interval, timeout, start_period, start_interval, retries } = it;
    Fields::default()
        .add("Test", test.as_slice())
        .add("Interval", *interval)
        .add("Timeout", *timeout)
        .add("StartPeriod", *start_period)
        .add("StartInterval", *start_interval)
        .add("Retries", *retries)
        .done()
}
