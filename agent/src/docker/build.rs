//! Builds: a context in, text and an image out.

use std::collections::BTreeSet;

use bytes::Bytes;
use dockwright::{
    image::reference::Reference,
    protocol::call::{BuildStart, Builder},
    registry::address::encoded,
    syntax::InstructionKind,
};
use serde_json::{Map, Value, json};

use super::{
    Engine, EngineError, Lines, Logins,
    buildkit::Session,
    http::Ask,
    transfer::{self, Step},
};

/// What a `RUN` of the classic builder gets; BuildKit has no such limit.
const MEMORY: u64 = 1024 * 1024 * 1024;

/// A build that runs. Dropping it stops it, within about 0.1 s, with both builders.
pub(crate) enum Building {
    /// The builder of old engines.
    Classic(Lines),
    /// BuildKit.
    Buildkit(Box<Session>),
}

/// What is built.
#[derive(Debug)]
pub(crate) struct Sources {
    /// The context.
    pub(crate) tar: Bytes,
    /// The text of the Dockerfile in it.
    pub(crate) dockerfile: String,
}

/// What a build says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    /// Text, as `docker build` prints it.
    Text(String),
    /// How a layer of a base image, or a step, stands.
    Step(Step),
    /// The image is there.
    Built,
}

impl Engine {
    /// Starts a build.
    pub(crate) async fn build(
        &self,
        build: &BuildStart,
        builder: Builder,
        sources: Sources,
        logins: &Logins,
    ) -> Result<Building, EngineError> {
        let Sources { tar, dockerfile } = sources;
        let registries = registries(&dockerfile);
        match builder {
            Builder::Classic => {
                let ask = Ask::post(&query(build)).body("application/x-tar", tar);
                let ask = match logins.config_header(&registries) {
                    Some(config) => ask.header("x-registry-config", &config),
                    None => ask,
                };
                self.lines(ask).await.map(Building::Classic)
            }
            Builder::Buildkit => {
                let credentials = logins.for_session(&registries).collect();
                let session = Session::start(self, build, tar, credentials)?;
                Ok(Building::Buildkit(Box::new(session)))
            }
        }
    }
}

impl Building {
    /// What is said next; `None` at the end, which is no success unless [`Said::Built`] came. Safe to cancel.
    pub(crate) async fn next(&mut self) -> Result<Option<Said>, EngineError> {
        match self {
            Self::Buildkit(session) => session.next().await,
            Self::Classic(lines) => loop {
                let Some(value) = lines.next().await? else { return Ok(None) };
                if let Some(error) = transfer::failure(&value) {
                    return Err(error);
                }
                if let Some(said) = said(&value) {
                    return Ok(Some(said));
                }
            },
        }
    }
}

/// What a line of the classic builder's stream says.
fn said(value: &Value) -> Option<Said> {
    if value.pointer("/aux/ID").is_some() {
        return Some(Said::Built);
    }
    if let Some(text) = value.get("stream").and_then(Value::as_str) {
        return Some(Said::Text(text.to_owned()));
    }
    match transfer::step(value)? {
        Step::Line(line) => Some(Said::Text(format!("{line}\n"))),
        step @ Step::Layer { .. } => Some(Said::Step(step)),
    }
}

fn query(build: &BuildStart) -> String {
    let BuildStart { dockerfile, tags, args, labels, target, platform, no_cache, pull, .. } = build;
    let texts = |map: &dockwright::order::Map<String>| {
        let map: Map<String, Value> =
            map.iter().map(|(key, it)| (key.clone(), json!(it))).collect();
        encoded(&Value::Object(map).to_string())
    };
    // `forcerm`: a build that fails or is cancelled leaves no container.
    let mut query = format!(
        "/build?version=1&dockerfile={}&rm=1&forcerm=1&memory={MEMORY}&memswap={MEMORY}&buildargs={}&labels={}",
        encoded(dockerfile),
        texts(args),
        texts(labels),
    );
    for tag in tags {
        query.push_str(&format!("&t={}", encoded(tag)));
    }
    for (name, text) in [("target", target), ("platform", platform)] {
        if let Some(text) = text {
            query.push_str(&format!("&{name}={}", encoded(text)));
        }
    }
    for (name, on) in [("nocache", no_cache), ("pull", pull)] {
        if *on {
            query.push_str(&format!("&{name}=1"));
        }
    }
    query
}

/// The registries of `FROM` and `COPY --from`, as far as they are written out: no others get credentials.
fn registries(dockerfile: &str) -> BTreeSet<String> {
    let parse = dockwright::syntax::parse(dockerfile);
    let images = parse.instructions.iter().filter_map(|it| match &it.kind {
        InstructionKind::From(from) => Some(from.image.as_str().to_owned()),
        InstructionKind::Copy(_) | InstructionKind::Add(_) => {
            it.flag("from")?.value.as_ref().map(|it| it.as_str().to_owned())
        }
        _ => None,
    });
    images.filter_map(|it| Some(it.parse::<Reference>().ok()?.registry)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_go_to_the_registries_of_base_images() {
        let dockerfile = "FROM --platform=linux/amd64 127.0.0.1:5000/a AS x\nFROM debian\nRUN echo ghcr.io/y\n\
             COPY --from=quay.io/b /c /d\nFROM $HOST/z\n";
        let found: Vec<_> = registries(dockerfile).into_iter().collect();
        assert_eq!(found, ["127.0.0.1:5000", "docker.io", "quay.io"]);
    }
}
