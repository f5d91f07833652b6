//! Images: listed, described, named and un-named.

use axum::http::Method;
use dockwright::{
    image::reference::Reference,
    protocol::call::{ImageRemoved, ImageSummary},
    registry::address::encoded,
};
use serde_json::Value;

use super::{Engine, EngineError, http::Ask};

impl Engine {
    /// The images, in the engine's order.
    pub(crate) async fn images(&self) -> Result<Vec<ImageSummary>, EngineError> {
        let list = self.json(Ask::get("/images/json")).await?;
        Ok(list.as_array().map(Vec::as_slice).unwrap_or_default().iter().map(summary).collect())
    }

    /// One image, as the engine describes it.
    pub(crate) async fn image(&self, name: &str) -> Result<Value, EngineError> {
        self.json(Ask::get(&format!("/images/{}/json", image_path(name)?))).await
    }

    /// Gives an image another name.
    pub(crate) async fn tag(&self, source: &str, target: &Reference) -> Result<(), EngineError> {
        let tag = target.tag_or_latest().unwrap_or_default();
        let (source, name) = (image_path(source)?, encoded(&target.familiar_name()));
        let path = format!("/images/{source}/tag?repo={name}&tag={tag}");
        self.json(Ask::post(&path)).await.map(|_| ())
    }

    /// Takes a name away, and the image with its last one.
    pub(crate) async fn remove_image(
        &self,
        name: &Reference,
        force: bool,
    ) -> Result<ImageRemoved, EngineError> {
        let path = format!("/images/{}?force={force}", encoded(&name.familiar()));
        let list = self.json(Ask::new(Method::DELETE, &path)).await?;
        let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
        let texts = |key: &str| {
            list.iter().filter_map(|it| it.get(key)?.as_str().map(str::to_owned)).collect()
        };
        Ok(ImageRemoved { untagged: texts("Untagged"), deleted: texts("Deleted") })
    }
}

fn summary(it: &Value) -> ImageSummary {
    let texts = |key: &str| {
        let list = it.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let texts = list.iter().filter_map(Value::as_str);
        texts.filter(|it| !it.starts_with("<none>")).map(str::to_owned).collect()
    };
    ImageSummary {
        id: it.get("Id").and_then(Value::as_str).unwrap_or_default().to_owned(),
        tags: texts("RepoTags"),
        digests: texts("RepoDigests"),
        created: it.get("Created").and_then(Value::as_i64).unwrap_or_default(),
        size: it.get("Size").and_then(Value::as_u64).unwrap_or_default(),
    }
}

/// A name or an id as a part of a path: nothing else gets into one.
pub(super) fn image_path(name: &str) -> Result<String, EngineError> {
    let id = name.strip_prefix("sha256:").unwrap_or(name);
    let is_id = !id.is_empty()
        && id.len() <= 64
        && id.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
    match name.parse::<Reference>() {
        _ if is_id => Ok(name.to_owned()),
        Ok(reference) => Ok(encoded(&reference.familiar())),
        Err(error) => Err(EngineError::Refused { status: 400, message: error.to_string() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_and_ids_get_into_a_path() {
        for good in
            ["debian", "debian:latest", "127.0.0.1:5000/a/b:1", "deadbeef", "sha256:0123abcd"]
        {
            assert_eq!(image_path(good).as_deref(), Ok(good));
        }
        for bad in ["", "..", "../containers", "a/../../b", "a b", "a?force=1", "a#b", "a%2fb", "A"]
        {
            assert!(image_path(bad).is_err(), "{bad}");
        }
    }
}
