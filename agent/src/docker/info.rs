//! What engine there is.

use dockwright::protocol::call::EngineInfo;
use serde_json::Value;

use super::{Engine, EngineError, http::Ask};
use crate::config;

impl Engine {
    /// Name, version and warnings.
    pub(crate) async fn info(&self) -> Result<EngineInfo, EngineError> {
        let version = self.json_within(Ask::get("/version"), config::ENGINE_PING).await?;
        let info = self.json_within(Ask::get("/info"), config::ENGINE_INFO).await?;
        let text =
            |key: &str| version.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let component =
            version.pointer("/Components/0/Name").and_then(Value::as_str).unwrap_or_default();
        let is_docker = !component.contains("Podman");
        let number = text("Version");
        let warnings =
            info.get("Warnings").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        Ok(EngineInfo {
            name: if is_docker { "Docker Engine" } else { "Podman Engine" }.to_owned(),
            buildkit: is_docker && major(&number) >= 23,
            version: number,
            api: text("ApiVersion"),
            os: text("Os"),
            arch: text("Arch"),
            warnings: warnings.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        })
    }

    /// Whether it answers.
    pub(crate) async fn is_up(&self) -> bool {
        self.json_within(Ask::get("/version"), config::ENGINE_PING).await.is_ok()
    }
}

/// One sentence about an engine, or about why there is none.
pub(crate) fn sentence(info: &Result<EngineInfo, EngineError>) -> String {
    match info {
        Ok(EngineInfo { name, version, api, os, arch, .. }) => {
            format!("Found {name} {version} (API {api}, {os}/{arch}).")
        }
        Err(error) => format!("{error}."),
    }
}

/// Engines from 23 on build with BuildKit when nothing is said.
fn major(version: &str) -> u32 {
    version.split('.').next().and_then(|it| it.parse().ok()).unwrap_or_default()
}
