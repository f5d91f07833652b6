//! Pulls and pushes.

use dockwright::{
    image::{digest::Digest, reference::Reference},
    registry::address::encoded,
};
use serde_json::Value;

use super::{Engine, EngineError, Lines, Logins, http::Ask, image::image_path};

/// The credentials of one registry.
const AUTH: &str = "x-registry-auth";
/// What the engine reads as "no credentials".
const NO_AUTH: &str = "e30=";

/// A pull or a push that runs.
#[derive(Debug)]
pub(crate) struct Transfer(Lines);

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// A line about the whole.
    Line(String),
    /// How a layer stands.
    Layer {
        /// 12 digits.
        id: String,
        /// Such as `Downloading`.
        text: String,
        /// Bytes so far.
        current: Option<u64>,
        /// Bytes in all.
        total: Option<u64>,
    },
}

impl Engine {
    /// Pulls an image.
    pub(crate) async fn pull(
        &self,
        image: &Reference,
        platform: Option<&str>,
        logins: &Logins,
    ) -> Result<Transfer, EngineError> {
        let mut path = format!("/images/create?fromImage={}", encoded(&image.familiar_name()));
        // The engine takes a digest in the tag's place.
        let digest = image.digest.as_ref().map(Digest::as_str);
        if let Some(tag) = digest.or(image.tag_or_latest()) {
            path.push_str(&format!("&tag={}", encoded(tag)));
        }
        if let Some(platform) = platform {
            path.push_str(&format!("&platform={}", encoded(platform)));
        }
        let ask = Ask::post(&path);
        let ask = match logins.header(image) {
            Some(auth) => ask.header(AUTH, &auth),
            None => ask,
        };
        self.lines(ask).await.map(Transfer)
    }

    /// Pushes an image.
    pub(crate) async fn push(
        &self,
        image: &Reference,
        logins: &Logins,
    ) -> Result<Transfer, EngineError> {
        let name = image_path(&image.familiar_name())?;
        let tag = image.tag_or_latest().unwrap_or_default();
        let auth = logins.header(image);
        let ask = Ask::post(&format!("/images/{name}/push?tag={}", encoded(tag)));
        self.lines(ask.header(AUTH, auth.as_deref().unwrap_or(NO_AUTH))).await.map(Transfer)
    }
}

impl Transfer {
    /// What is said next; `None` at the end.
    pub(crate) async fn next(&mut self) -> Result<Option<Step>, EngineError> {
        loop {
            let Some(value) = self.0.next().await? else { return Ok(None) };
            if let Some(error) = failure(&value) {
                return Err(error);
            }
            if let Some(step) = step(&value) {
                return Ok(Some(step));
            }
        }
    }
}

/// The error in a line of a stream.
pub(super) fn failure(value: &Value) -> Option<EngineError> {
    let detail = value.get("errorDetail");
    let message = value.get("error").or_else(|| detail?.get("message"))?.as_str()?;
    let code = detail.and_then(|it| it.get("code")).and_then(Value::as_i64);
    Some(EngineError::Failed { message: message.to_owned(), code })
}

/// The step in a line of a stream.
pub(super) fn step(value: &Value) -> Option<Step> {
    let text = value.get("status")?.as_str()?.to_owned();
    let bytes =
        |key: &str| value.pointer(&format!("/progressDetail/{key}")).and_then(Value::as_u64);
    match value.get("id").and_then(Value::as_str) {
        // `latest: Pulling from library/debian`: the id is a tag, and the line is about the whole.
        Some(id) if text.starts_with("Pulling from ") => Some(Step::Line(format!("{id}: {text}"))),
        Some(id) => {
            let (current, total) = (bytes("current"), bytes("total").filter(|it| *it > 0));
            Some(Step::Layer { id: id.to_owned(), text, current, total })
        }
        None => Some(Step::Line(text)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lines_of_a_stream() {
        let line = |text: &str| Some(Step::Line(text.to_owned()));
        for (value, expected) in [
            (
                json!({ "status": "Pulling from library/debian", "id": "latest" }),
                line("latest: Pulling from library/debian"),
            ),
            (json!({ "status": "Digest: sha256:00" }), line("Digest: sha256:00")),
            (json!({ "aux": { "Tag": "1" } }), None),
            (
                json!({ "status": "Pushing", "id": "ab12", "progressDetail": { "current": 1, "total": 2 } }),
                Some(Step::Layer {
                    id: "ab12".to_owned(),
                    text: "Pushing".to_owned(),
                    current: Some(1),
                    total: Some(2),
                }),
            ),
        ] {
            assert_eq!(step(&value), expected, "{value}");
        }
    }

    #[test]
    fn errors_of_a_stream() {
        let value = json!({ "errorDetail": { "code": 3, "message": "no" }, "error": "no" });
        assert_eq!(
            failure(&value),
            Some(EngineError::Failed { message: "no".to_owned(), code: Some(3) })
        );
        assert_eq!(failure(&json!({ "stream": "error" })), None);
    }
}
