//! `docker inspect`: JSON of images and containers, and the simplest templates.

use serde_json::{Value, json};

use super::{Container, Engine, Image, Output, Status, print::units};
use crate::command::{Inspect, Profile, inspect::Only};

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
            let text = serde_json::to_string_pretty(&Value::Array(found)).unwrap_or_default();
            return Output::ok(text.replace("  ", "    ")).err(errors).exit(exit);
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
        json!({
            "Id": image.id.as_str(),
            "RepoTags": names,
            "Created": units::date(image.created).replace(" +0000 UTC", "Z").replace(' ', "T"),
            "Config": config(&image.config),
            "Architecture": "amd64",
            "Os": "linux",
            "Size": image.size(),
            "RootFS": {
                "Type": "layers",
                "Layers": image.layers.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(),
            },
        })
    }
}

fn config(config: &crate::image::Config) -> Value {
    serde_json::to_value(config).unwrap_or_default()
}

fn container_facts(it: &Container) -> Value {
    let (path, args) = match it.argv.split_first() {
        Some((path, args)) => (path.clone(), args.to_vec()),
        None => (String::new(), Vec::new()),
    };
    let code = it.status.code().unwrap_or_default();
    json!({
        "Id": it.id.hex(),
        "Path": path,
        "Args": args,
        "State": {
            "Status": it.status.word(),
            "Running": matches!(it.status, Status::Running { .. }),
            "ExitCode": code,
        },
        "Image": it.image.as_str(),
        "Name": format!("/{}", it.name),
        "Config": {
            "Hostname": it.hostname,
            "User": it.user,
            "Tty": it.tty,
            "OpenStdin": it.stdin,
            "Env": it.env,
            "Image": it.image_name,
            "WorkingDir": it.directory,
        },
    })
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
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(go).collect::<Vec<_>>().join(" "))
        }
        Value::Object(map) => {
            let pairs = map.iter().map(|(key, value)| format!("{key}:{}", go(value)));
            format!("map[{}]", pairs.collect::<Vec<_>>().join(" "))
        }
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
