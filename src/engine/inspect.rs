//! `docker inspect`: JSON of images and containers, and the simplest templates.

use super::{Container, Engine, Image, Output, Status, print::units};
use crate::{
    command::{Inspect, Profile, inspect::Only},
    image::{Config, Healthcheck},
    json::Value,
    order::Set,
};

impl Engine {
    pub(super) fn inspect(&self, inspect: &Inspect) -> Output {
        let (mut found, mut errors) = (Vec::new(), String::new());
        for name in &inspect.names {
            let container = (inspect.only != Some(Only::Image))
                .then(|| self.container(name).map(container_facts));
            let image = (inspect.only != Some(Only::Container))
                .then(|| self.image(name).map(|it| self.image_facts(it)));
            match container.flatten().or_else(|| image.flatten()) {
                Some(facts) => found.push(facts),
                None => errors.push_str(&missing(inspect.only, name, self.profile)),
            }
        }
        let exit = u8::from(!errors.is_empty());
        let Some(format) = &inspect.format else {
            let text = format!("{:#}", Value::Array(found));
            return Output::ok(text).err(errors).exit(exit);
        };
        let mut output = Output::default();
        for facts in &found {
            match template(format, facts) {
                Some(text) => output = output.out(format!("{text}\n")),
                None => {
                    let note = format!("Dockwright does not simulate the template `{format}`.");
                    return output.note(note).exit(1);
                }
            }
        }
        output.err(errors).exit(exit)
    }

    fn image_facts(&self, image: &Image) -> Value {
        let names: Vec<String> = self.names_of(&image.id).into_iter().collect();
        let created = units::date(image.created).replace(" +0000 UTC", "Z").replace(' ', "T");
        let layers = image.layers.iter().map(|it| it.id.as_str().into()).collect();
        Value::object([
            ("Architecture", "amd64".into()),
            ("Config", config(&image.config)),
            ("Created", created.as_str().into()),
            ("Id", image.id.as_str().into()),
            ("Os", "linux".into()),
            ("RepoTags", names.as_slice().into()),
            (
                "RootFS",
                Value::object([("Layers", Value::Array(layers)), ("Type", "layers".into())]),
            ),
            ("Size", image.size().into()),
        ])
    }
}

/// The fields of a config, which stand in the order of their names like all fields here.
fn config(config: &Config) -> Value {
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
    let words = |it: &Option<Vec<String>>| it.as_deref().map(Value::from).into();
    let names = |it: &Set| Value::Array(it.iter().map(|it| it.as_str().into()).collect());
    Value::object([
        ("ArgsEscaped", (*args_escaped).into()),
        ("Cmd", words(cmd)),
        ("Entrypoint", words(entrypoint)),
        ("Env", env.as_slice().into()),
        ("ExposedPorts", names(exposed_ports)),
        ("Healthcheck", healthcheck.as_ref().map(health).into()),
        ("Labels", labels.into()),
        ("OnBuild", on_build.as_slice().into()),
        ("Shell", words(shell)),
        ("StopSignal", stop_signal.as_deref().map(Value::from).into()),
        ("User", user.as_str().into()),
        ("Volumes", names(volumes)),
        ("WorkingDir", working_dir.as_str().into()),
    ])
}

/// The fields of a health check that are set, as Go leaves the others out.
fn health(it: &Healthcheck) -> Value {
    let Healthcheck { test, interval, timeout, start_period, start_interval, retries } = it;
    let numbers = [
        ("Interval", interval),
        ("Retries", retries),
        ("StartInterval", start_interval),
        ("StartPeriod", start_period),
        ("Timeout", timeout),
    ];
    let numbers = numbers.into_iter().filter(|it| *it.1 != 0);
    let numbers = numbers.map(|(name, it)| (name.to_owned(), Value::Number(it.to_string())));
    Value::Object(numbers.chain([("Test".to_owned(), test.as_slice().into())]).collect())
}

fn container_facts(it: &Container) -> Value {
    let (path, args) = match it.argv.split_first() {
        Some((path, args)) => (path.as_str(), args),
        None => ("", [].as_slice()),
    };
    let code = it.status.code().unwrap_or_default();
    Value::object([
        ("Args", args.into()),
        (
            "Config",
            Value::object([
                ("Env", it.env.as_slice().into()),
                ("Hostname", it.hostname.as_str().into()),
                ("Image", it.image_name.as_str().into()),
                ("OpenStdin", it.stdin.into()),
                ("Tty", it.tty.into()),
                ("User", it.user.as_str().into()),
                ("WorkingDir", it.directory.as_str().into()),
            ]),
        ),
        ("Id", it.id.hex().into()),
        ("Image", it.image.as_str().into()),
        ("Name", format!("/{}", it.name).as_str().into()),
        ("Path", path.into()),
        (
            "State",
            Value::object([
                ("ExitCode", u64::from(code).into()),
                ("Running", matches!(it.status, Status::Running { .. }).into()),
                ("Status", it.status.word().into()),
            ]),
        ),
    ])
}

fn missing(only: Option<Only>, name: &str, profile: Profile) -> String {
    let (kind, text) = match only {
        None => ("object", format!("No such object: {name}")),
        Some(Only::Image) => ("image", format!("No such image: {name}")),
        Some(Only::Container) => ("container", format!("No such container: {name}")),
    };
    match profile {
        Profile::V20_10 => format!("Error: {text}\n"),
        Profile::V28 | Profile::V29 => {
            format!("Error response from daemon: no such {kind}: {name}\n")
                .replace("Error response from daemon: no such object", "error: no such object")
        }
    }
}

/// `{{.Config.Cmd}}` and `{{json .Config.Cmd}}`, with text around.
fn template(format: &str, facts: &Value) -> Option<String> {
    let mut text = String::new();
    let mut rest = format;
    while let Some((before, after)) = rest.split_once("{{") {
        text.push_str(before);
        let (action, behind) = after.split_once("}}")?;
        let action = action.trim();
        let (as_json, path) = match action.strip_prefix("json ") {
            Some(path) => (true, path.trim()),
            None => (false, action),
        };
        let path = path.strip_prefix('.')?;
        if !path.chars().all(|it| it.is_ascii_alphanumeric() || it == '.') {
            return None;
        }
        let parts = path.split('.').filter(|it| !it.is_empty());
        let mut parts = parts;
        let value = parts.try_fold(facts, |it, part| it.get(part))?;
        text.push_str(&if as_json { value.to_string() } else { go(value) });
        rest = behind;
    }
    text.push_str(rest);
    Some(text)
}

/// A value as Go prints it: `[a b]`, `<nil>`.
fn go(value: &Value) -> String {
    match value {
        Value::Null => "[]".to_owned(),
        Value::Text(text) => text.clone(),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(go).collect::<Vec<_>>().join(" "))
        }
        Value::Object(fields) => {
            let pairs = fields.iter().map(|(key, value)| format!("{key}:{}", go(value)));
            format!("map[{}]", pairs.collect::<Vec<_>>().join(" "))
        }
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
