//! `docker inspect`: JSON of images and containers, and the simplest templates.

use super::{Container, Engine, Image, Output, Status, print::units};
use crate::{
    command::{Inspect, Profile, inspect::Only},
    json::Value,
    order,
    simulate::merge::Process,
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
            ("Config", image.config.json()),
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

fn container_facts(it: &Container) -> Value {
    let (path, args) = match it.process.argv.split_first() {
        Some((path, args)) => (path.as_str(), args),
        None => ("", [].as_slice()),
    };
    let code = it.status.code().unwrap_or_default();
    Value::object([
        ("Args", args.into()),
        ("Config", container_config(&it.process)),
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

/// What a container was made with: its image's fields and those that no image has, in the order of their names.
fn container_config(it: &Process) -> Value {
    let Process {
        argv: _,
        config,
        image,
        hostname,
        domainname,
        tty,
        open_stdin,
        stdin_once,
        attach_stdin,
        attach_stdout,
        attach_stderr,
        stop_timeout,
        init: _,
    } = it;
    let Value::Object(mut fields) = config.json() else { return Value::Null };
    // The client does not know of the fields that only builds read.
    fields.retain(|it| !matches!(it.0.as_str(), "ArgsEscaped" | "Shell"));
    let own = [
        ("AttachStderr", (*attach_stderr).into()),
        ("AttachStdin", (*attach_stdin).into()),
        ("AttachStdout", (*attach_stdout).into()),
        ("Domainname", domainname.as_str().into()),
        ("Hostname", hostname.as_str().into()),
        ("Image", image.as_str().into()),
        ("OpenStdin", (*open_stdin).into()),
        ("StdinOnce", (*stdin_once).into()),
        ("Tty", (*tty).into()),
    ];
    fields.extend(own.map(|(name, value)| (name.to_owned(), value)));
    if let Some(seconds) = stop_timeout {
        fields.push(("StopTimeout".to_owned(), Value::Number(seconds.to_string())));
    }
    order::sort_by_key(&mut fields, |it| it.0.clone());
    Value::Object(fields)
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
            let show = |value: &Value| match value {
                // The values of a set are structures without fields.
                Value::Object(fields) if fields.is_empty() => "{}".to_owned(),
                value => go(value),
            };
            let pairs = fields.iter().map(|(key, value)| format!("{key}:{}", show(value)));
            format!("map[{}]", pairs.collect::<Vec<_>>().join(" "))
        }
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
