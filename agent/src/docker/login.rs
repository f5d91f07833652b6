//! Credentials: checked by the engine, kept in memory, sent to their registry alone.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE};
use bollard::auth::DockerCredentials;
use dockwright::image::reference::{DEFAULT_REGISTRY, Reference};
use serde_json::{Value, json};

use super::{Engine, EngineError, http::Ask};
use crate::{lock::Locked as _, secret::Secret};

/// How Docker writes its Hub in credentials.
const HUB: &str = "https://index.docker.io/v1/";

/// The credentials of a session.
#[derive(Debug, Default)]
pub(crate) struct Logins(Mutex<BTreeMap<String, Login>>);

#[derive(Debug, Clone)]
struct Login {
    user: String,
    secret: Secret,
    /// What some registries give in exchange for the password.
    token: Option<Secret>,
}

impl Logins {
    /// Forgets the credentials of a registry. Whether there were any.
    pub(crate) fn forget(&self, host: &str) -> bool {
        self.0.locked().remove(&registry(host)).is_some()
    }

    /// The header that lets the engine use the credentials for an image's registry.
    pub(super) fn header(&self, image: &Reference) -> Option<String> {
        let login = self.0.locked().get(&image.registry).cloned()?;
        Some(URL_SAFE.encode(login.json(&image.registry).to_string()))
    }

    /// The header for a build: only what the registries of its base images need.
    pub(super) fn config_header(&self, registries: &BTreeSet<String>) -> Option<String> {
        let logins = self.0.locked();
        let config: serde_json::Map<String, Value> = registries
            .iter()
            .filter_map(|it| Some((address(it).to_owned(), logins.get(it)?.json(it))))
            .collect();
        (!config.is_empty()).then(|| URL_SAFE.encode(Value::Object(config).to_string()))
    }

    /// The same for BuildKit's session.
    pub(super) fn for_session(
        &self,
        registries: &BTreeSet<String>,
    ) -> impl Iterator<Item = (String, DockerCredentials)> {
        let logins = self.0.locked();
        let found: Vec<_> = registries
            .iter()
            .filter_map(|it| Some((session_host(it).to_owned(), logins.get(it)?.credentials(it))))
            .collect();
        found.into_iter()
    }
}

impl Login {
    fn json(&self, registry: &str) -> Value {
        let Self { user, secret, token } = self;
        match token {
            Some(token) => {
                json!({ "identitytoken": token.reveal(), "serveraddress": address(registry) })
            }
            None => {
                json!({ "username": user, "password": secret.reveal(), "serveraddress": address(registry) })
            }
        }
    }

    fn credentials(&self, registry: &str) -> DockerCredentials {
        let Self { user, secret, token } = self;
        DockerCredentials {
            username: Some(user.clone()),
            password: Some(secret.reveal().to_owned()),
            identitytoken: token.as_ref().map(|it| it.reveal().to_owned()),
            serveraddress: Some(address(registry).to_owned()),
            ..DockerCredentials::default()
        }
    }
}

impl Engine {
    /// Lets the engine check credentials with their registry, and keeps them if they are right.
    pub(crate) async fn login(
        &self,
        logins: &Logins,
        host: &str,
        user: String,
        secret: Secret,
    ) -> Result<(), EngineError> {
        let registry = registry(host);
        let login = Login { user, secret, token: None };
        let answer = self.json(Ask::post("/auth").json(&login.json(&registry))).await?;
        let token = answer.get("IdentityToken").and_then(Value::as_str).filter(|it| !it.is_empty());
        let login = Login { token: token.map(|it| Secret::new(it.to_owned())), ..login };
        logins.0.locked().insert(registry, login);
        Ok(())
    }
}

/// The registry as image names have it.
fn registry(host: &str) -> String {
    let host = host.trim_start_matches("https://").trim_start_matches("http://");
    let host = host.split('/').next().unwrap_or_default();
    match host {
        "" | "index.docker.io" | "registry-1.docker.io" => DEFAULT_REGISTRY.to_owned(),
        _ => host.to_owned(),
    }
}

/// The registry as credentials have it.
fn address(registry: &str) -> &str {
    if registry == DEFAULT_REGISTRY { HUB } else { registry }
}

/// The registry as BuildKit's session looks it up.
fn session_host(registry: &str) -> &str {
    if registry == DEFAULT_REGISTRY { "registry-1.docker.io" } else { registry }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_found_by_registry_and_shown_nowhere() {
        let logins = Logins::default();
        let secret = Secret::new("s3cret".to_owned());
        let login = Login { user: "student".to_owned(), secret, token: None };
        logins.0.locked().insert(registry("127.0.0.1:5000"), login.clone());
        logins.0.locked().insert(registry("https://index.docker.io/v1/"), login);
        let header = |image: &str| logins.header(&image.parse().unwrap());
        assert!(header("127.0.0.1:5000/x").is_some());
        assert!(header("student/x").is_some());
        assert_eq!(header("localhost:5000/x"), None);
        assert!(!format!("{logins:?}").contains("s3cret"));
        let only = BTreeSet::from(["127.0.0.1:5000".to_owned()]);
        let decoded = URL_SAFE.decode(logins.config_header(&only).unwrap()).unwrap();
        assert!(!String::from_utf8(decoded).unwrap().contains("index.docker.io"));
        assert!(logins.forget("127.0.0.1:5000") && !logins.forget("127.0.0.1:5000"));
    }
}
