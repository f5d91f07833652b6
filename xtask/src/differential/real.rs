//! What a real engine answers.

use super::{
    case::{Answer, Builder, Case, Image, Row, normal},
    folder::{self, Sent},
};
use crate::{
    engine::{Client, Isolated, escape},
    tar::Tar,
};
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::PathBuf};

/// A connection to an engine.
pub(super) struct Real {
    client: Client,
    /// Where the engine keeps the configuration files of images: the whole truth, which no call gives.
    images: PathBuf,
    /// Containers of base images, made once, with their configurations.
    containers: BTreeMap<String, (String, Value)>,
    /// Builds of a folder on disk.
    sent: Sent,
}

impl Real {
    pub(super) fn new(engine: &Isolated) -> Result<Self> {
        let mut client = Client::new(&engine.socket());
        let info = client.call("GET", "/info", "", b"")?.json()?;
        let driver = info
            .get("Driver")
            .and_then(Value::as_str)
            .context("the engine has no storage driver")?;
        let images = engine.data().join("image").join(driver).join("imagedb/content/sha256");
        Ok(Self { client, images, containers: BTreeMap::new(), sent: Sent::new(engine)? })
    }

    pub(super) fn answer(&mut self, case: &Case) -> Result<Answer> {
        match case.builder {
            Builder::Run => bail!("containers are made elsewhere"),
            // An archive is a folder from afar, whose `.dockerignore` no builder looks at.
            Builder::BuildKit | Builder::Classic if case.ignore.is_some() => {
                match self.sent.build(case)? {
                    Ok(id) => self.image(&id),
                    Err(error) => Ok(Answer::Error(error)),
                }
            }
            Builder::BuildKit => self.build(case, "version=2&networkmode=none"),
            Builder::Classic => self.build(case, "nocache=1&rm=1&forcerm=1&networkmode=none"),
            Builder::Import => self.change(case),
        }
    }

    /// The connection, for other calls.
    pub(super) fn client(&mut self) -> &mut Client {
        &mut self.client
    }

    /// The id and the configuration of the image that a case gives, if it gives one.
    pub(super) fn built(&mut self, case: &Case) -> Result<Option<(String, Value)>> {
        Ok(match self.build_image(case, "version=2&networkmode=none")? {
            Ok(id) => Some((id.clone(), self.config(&id)?)),
            Err(_) => None,
        })
    }

    /// The configuration of an image.
    pub(super) fn config(&mut self, image: &str) -> Result<Value> {
        let seen = self.client.call("GET", &format!("/images/{image}/json"), "", b"")?;
        ensure!(seen.is_ok(), "no image {image}: {}", seen.text());
        let config = seen.json()?.get("Config").cloned();
        config.context("an image without a configuration")
    }

    fn build(&mut self, case: &Case, query: &str) -> Result<Answer> {
        match self.build_image(case, query)? {
            Ok(id) => self.image(&id),
            Err(error) => Ok(Answer::Error(error)),
        }
    }

    /// The id of the image, or the error.
    fn build_image(&mut self, case: &Case, query: &str) -> Result<Result<String, String>> {
        let mut path = format!("/build?{query}");
        for (name, map) in [("buildargs", &case.build_args), ("labels", &case.labels)] {
            if !map.is_empty() {
                path += &format!("&{name}={}", escape(&serde_json::to_string(map)?));
            }
        }
        if let Some(target) = &case.target {
            path += &format!("&target={}", escape(target));
        }
        let answer = self.client.call("POST", &path, "application/x-tar", &folder::tar(case)?)?;
        if !answer.is_ok() {
            return Ok(Err(message(&answer.text())));
        }
        let mut id = None;
        for line in answer.text().lines() {
            let event: Value =
                serde_json::from_str(line).with_context(|| format!("not JSON: {line}"))?;
            if let Some(error) = event.get("error").and_then(Value::as_str) {
                return Ok(Err(error.to_owned()));
            }
            if let Some(found) = event.pointer("/aux/ID").and_then(Value::as_str) {
                id = Some(found.to_owned());
            }
        }
        let id = id.with_context(|| format!("the build gave no image: {}", answer.text()))?;
        Ok(Ok(id))
    }

    fn change(&mut self, case: &Case) -> Result<Answer> {
        let changes: Vec<String> =
            case.changes.iter().map(|it| format!("&changes={}", escape(it))).collect();
        let changes = changes.concat();
        let answer = if case.base.is_empty() {
            let path = format!("/images/create?fromSrc=-{changes}");
            self.client.call("POST", &path, "application/x-tar", &Tar::default().finish())?
        } else {
            let id = self.container(&case.base)?.0.clone();
            let path = format!("/commit?container={id}&pause=0{changes}");
            self.client.call("POST", &path, "application/json", b"")?
        };
        let text = answer.text();
        if !answer.is_ok() {
            return Ok(Answer::Error(message(&text)));
        }
        for line in text.lines() {
            let event: Value =
                serde_json::from_str(line).with_context(|| format!("not JSON: {line}"))?;
            if let Some(error) = event.get("error").and_then(Value::as_str) {
                return Ok(Answer::Error(error.to_owned()));
            }
            let id = event.get("Id").or_else(|| event.get("status")).and_then(Value::as_str);
            if let Some(id) = id.filter(|it| it.starts_with("sha256:")) {
                // The rest of the image is the engine's, and says nothing about the changes.
                let mut answer = self.image(id)?;
                if let Some(image) = answer.image() {
                    *image =
                        Image { config: std::mem::take(&mut image.config), ..Image::default() };
                }
                return Ok(answer);
            }
        }
        bail!("no image: {text}")
    }

    /// The container of a base image that commits are made of, and its configuration.
    pub(super) fn container(&mut self, image: &str) -> Result<&(String, Value)> {
        if !self.containers.contains_key(image) {
            let body = serde_json::json!({"Image": image, "Cmd": ["c"]}).to_string();
            let made = self.client.call(
                "POST",
                "/containers/create",
                "application/json",
                body.as_bytes(),
            )?;
            ensure!(made.is_ok(), "cannot make a container: {}", made.text());
            let made = made.json()?;
            let id =
                made.get("Id").and_then(Value::as_str).context("a container without a number")?;
            let seen =
                self.client.call("GET", &format!("/containers/{id}/json"), "", b"")?.json()?;
            let config = seen.get("Config").cloned().unwrap_or_default();
            self.containers.insert(image.to_owned(), (id.to_owned(), config));
        }
        self.containers.get(image).context("just made")
    }

    /// Reads the configuration file of an image.
    fn image(&self, id: &str) -> Result<Answer> {
        let name = id.strip_prefix("sha256:").unwrap_or(id);
        let file = self.images.join(name);
        let text =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let json: Value = serde_json::from_str(&text)?;
        let text = |value: &Value, key: &str| {
            value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let rows =
            json.get("history").and_then(Value::as_array).into_iter().flatten().map(|row| Row {
                created_by: without_sum(text(row, "created_by")),
                comment: text(row, "comment"),
                empty_layer: row.get("empty_layer").and_then(Value::as_bool).unwrap_or_default(),
                author: text(row, "author"),
            });
        let mut config = normal(json.get("config").unwrap_or(&Value::Null));
        // Of the container that the classic builder and a commit make; an image has no use for them.
        for name in ["Hostname", "Image", "AttachStdout", "AttachStderr"] {
            config.remove(name);
        }
        let platform =
            [text(&json, "os"), text(&json, "architecture"), text(&json, "variant")].join("/");
        Ok(Answer::Image(Image {
            config,
            history: rows.collect(),
            author: text(&json, "author"),
            platform: platform.trim_end_matches('/').to_owned(),
        }))
    }
}

/// The classic builder's row of a COPY or an ADD, without the sum of what was copied.
fn without_sum(row: String) -> String {
    for kind in ["file:", "dir:", "multi:"] {
        if row.contains(" #(nop) ")
            && let Some((before, rest)) = row.split_once(kind)
            && let Some((sum, after)) = rest.split_once(" in ")
            && sum.len() == 64
        {
            let kind = if kind == "dir:" { "file:" } else { kind };
            return format!("{before}{kind} in {after}");
        }
    }
    row
}

/// The text of an error that comes instead of a build.
pub(super) fn message(body: &str) -> String {
    let json: Value = serde_json::from_str(body).unwrap_or_default();
    json.get("message").and_then(Value::as_str).unwrap_or(body).to_owned()
}
