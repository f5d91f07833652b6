//! Configurations as JSON: one form for images as they are stored and for `docker inspect`.

use super::{Config, Healthcheck};
use crate::{json::Value, order::Set};

impl Config {
    /// All fields in the order of their names, as `docker inspect` shows them; `null` for what is not set. Sets are
    /// objects of empty objects, as Go writes them.
    pub fn json(&self) -> Value {
        let Self {
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
        } = self;
        let words = |it: &Option<Vec<String>>| it.as_deref().map(Value::from).into();
        let set =
            |it: &Set| Value::Object(it.iter().map(|it| (it.clone(), Value::object([]))).collect());
        Value::object([
            ("ArgsEscaped", (*args_escaped).into()),
            ("Cmd", words(cmd)),
            ("Entrypoint", words(entrypoint)),
            ("Env", env.as_slice().into()),
            ("ExposedPorts", set(exposed_ports)),
            ("Healthcheck", healthcheck.as_ref().map(Healthcheck::json).into()),
            ("Labels", labels.into()),
            ("OnBuild", on_build.as_slice().into()),
            ("Shell", words(shell)),
            ("StopSignal", stop_signal.as_deref().map(Value::from).into()),
            ("User", user.as_str().into()),
            ("Volumes", set(volumes)),
            ("WorkingDir", working_dir.as_str().into()),
        ])
    }

    /// The same without what is empty, as images store it. An `Entrypoint` and a `Cmd` say something when they are
    /// empty, so they stay.
    pub fn stored_json(&self) -> Value {
        let Value::Object(mut fields) = self.json() else { return Value::Null };
        fields.retain(|(name, value)| match value {
            Value::Array(it) if it.is_empty() => matches!(name.as_str(), "Entrypoint" | "Cmd"),
            value => !is_empty(value),
        });
        Value::Object(fields)
    }
}

impl Healthcheck {
    /// The fields that are set, in the order of their names, as Go leaves the others out.
    pub fn json(&self) -> Value {
        let Self { test, interval, timeout, start_period, start_interval, retries } = self;
        let number = |it: &i64| Value::Number(it.to_string());
        let Value::Object(mut fields) = Value::object([
            ("Interval", number(interval)),
            ("Retries", number(retries)),
            ("StartInterval", number(start_interval)),
            ("StartPeriod", number(start_period)),
            ("Test", test.as_slice().into()),
            ("Timeout", number(timeout)),
        ]) else {
            return Value::Null;
        };
        fields.retain(|it| !is_empty(&it.1));
        Value::Object(fields)
    }
}

/// What Go leaves out as empty.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(it) => !it,
        Value::Number(it) => it == "0",
        Value::Text(it) => it.is_empty(),
        Value::Array(it) => it.is_empty(),
        Value::Object(it) => it.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(config: &Config, stored: &Expect, shown: &Expect) {
        stored.assert_eq(&config.stored_json().to_string());
        shown.assert_eq(&config.json().to_string());
    }

    #[test]
    fn what_is_empty_is_shown_and_not_stored() {
        check(
            &Config::default(),
            &expect!["{}"],
            &expect![[
                r#"{"ArgsEscaped":false,"Cmd":null,"Entrypoint":null,"Env":[],"ExposedPorts":{},"Healthcheck":null,"Labels":{},"OnBuild":[],"Shell":null,"StopSignal":null,"User":"","Volumes":{},"WorkingDir":""}"#
            ]],
        );
        let words = |it: &str| it.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let full = Config {
            user: "u".into(),
            exposed_ports: ["80/tcp".to_owned()].into_iter().collect(),
            env: words("A=1"),
            entrypoint: Some(Vec::new()),
            cmd: Some(words("c d")),
            volumes: ["/v".to_owned()].into_iter().collect(),
            working_dir: "/w".into(),
            labels: [("k".to_owned(), "v".to_owned())].into_iter().collect(),
            stop_signal: Some("INT".into()),
            shell: Some(words("s")),
            healthcheck: Some(Healthcheck { retries: 3, start_period: -1, ..Default::default() }),
            on_build: words("CMD"),
            args_escaped: true,
        };
        check(
            &full,
            &expect![[
                r#"{"ArgsEscaped":true,"Cmd":["c","d"],"Entrypoint":[],"Env":["A=1"],"ExposedPorts":{"80/tcp":{}},"Healthcheck":{"Retries":3,"StartPeriod":-1},"Labels":{"k":"v"},"OnBuild":["CMD"],"Shell":["s"],"StopSignal":"INT","User":"u","Volumes":{"/v":{}},"WorkingDir":"/w"}"#
            ]],
            &expect![[
                r#"{"ArgsEscaped":true,"Cmd":["c","d"],"Entrypoint":[],"Env":["A=1"],"ExposedPorts":{"80/tcp":{}},"Healthcheck":{"Retries":3,"StartPeriod":-1},"Labels":{"k":"v"},"OnBuild":["CMD"],"Shell":["s"],"StopSignal":"INT","User":"u","Volumes":{"/v":{}},"WorkingDir":"/w"}"#
            ]],
        );
    }
}
