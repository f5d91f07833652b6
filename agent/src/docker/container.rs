//! Containers: made, started, signalled, waited for, removed. Ids come from the engine or the journal, never from
//! the page.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use bollard::{models::ContainerCreateBody, query_parameters::CreateContainerOptionsBuilder};
use dockwright::{
    protocol::{
        ErrorKind, RpcError,
        call::{ContainerRun, ContainerSummary},
    },
    registry::address::encoded,
};
use serde_json::Value;

use super::{Engine, EngineError, Refused, http::Ask, policy};

/// Which agent a container belongs to. An image may carry labels too, so this is never enough to delete something.
const INSTANCE: &str = "io.dockwright.instance";
/// A random value that the journal knows, made before the container.
const TOKEN: &str = "io.dockwright.token";

/// Whose container it is.
#[derive(Debug, Clone)]
pub(crate) struct Owner {
    /// Of the agent.
    pub(crate) instance: String,
    /// Of the container.
    pub(crate) token: String,
    /// The container's name.
    pub(crate) name: String,
}

/// A container that has not started.
#[derive(Debug)]
pub(crate) struct Created {
    pub(crate) id: String,
    pub(crate) warnings: Vec<String>,
}

impl Engine {
    /// Makes a container that [`check`] has let through.
    pub(crate) async fn create(
        &self,
        run: ContainerRun,
        owner: &Owner,
    ) -> Result<Created, EngineError> {
        let body = body(run, owner);
        let options = CreateContainerOptionsBuilder::default().name(&owner.name).build();
        let docker = self.docker()?;
        let created = docker.create_container(Some(options), body).await;
        let created = created.map_err(|it| self.error(it))?;
        Ok(Created { id: created.id, warnings: created.warnings })
    }

    /// Starts it.
    pub(crate) async fn start(&self, id: &str) -> Result<(), EngineError> {
        self.json(Ask::post(&format!("/containers/{id}/start"))).await.map(|_| ())
    }

    /// Waits until it has ended, and says how. To be asked after the start.
    pub(crate) async fn wait(&self, id: &str) -> Result<i64, EngineError> {
        let mut lines = self.lines(Ask::post(&format!("/containers/{id}/wait"))).await?;
        let answer = lines.next().await?.ok_or(EngineError::Gone)?;
        answer.get("StatusCode").and_then(Value::as_i64).ok_or(EngineError::Gone)
    }

    /// Sends a signal, such as `KILL`.
    pub(crate) async fn signal(&self, id: &str, signal: &str) -> Result<(), EngineError> {
        self.json(Ask::post(&format!("/containers/{id}/kill?signal=SIG{}", encoded(signal))))
            .await
            .map(|_| ())
    }

    /// Sets the size of its terminal.
    pub(crate) async fn resize(&self, id: &str, cols: u16, rows: u16) -> Result<(), RpcError> {
        policy::size_ok(cols, rows).map_err(|it| refused(&it))?;
        let ask = Ask::post(&format!("/containers/{id}/resize?w={cols}&h={rows}"));
        self.json(ask).await.map(|_| ()).map_err(EngineError::into_rpc)
    }

    /// Removes it with its volumes, running or not. A container that is not there is removed.
    pub(crate) async fn remove(&self, id: &str, force: bool) -> Result<(), EngineError> {
        let ask = Ask::new(Method::DELETE, &format!("/containers/{id}?v=true&force={force}"));
        match self.json(ask).await {
            Ok(_) | Err(EngineError::Refused { status: 404, .. }) => Ok(()),
            // Someone else removes it already.
            Err(EngineError::Refused { status: 409, message })
                if message.contains("already in progress") =>
            {
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// The id of the container of this name, if it has this token.
    pub(crate) async fn with_token(
        &self,
        name: &str,
        token: &str,
    ) -> Result<Option<String>, EngineError> {
        match self.json(Ask::get(&format!("/containers/{}/json", encoded(name)))).await {
            Ok(it) => {
                let found = it.pointer(&format!("/Config/Labels/{TOKEN}")).and_then(Value::as_str);
                let id = it.get("Id").and_then(Value::as_str);
                Ok(id.filter(|_| found == Some(token)).map(str::to_owned))
            }
            Err(EngineError::Refused { status: 404, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The containers among these, newest first.
    pub(crate) async fn containers(
        &self,
        all: bool,
        owned: &BTreeSet<String>,
    ) -> Result<Vec<ContainerSummary>, EngineError> {
        let list = self.json(Ask::get(&format!("/containers/json?all={all}"))).await?;
        let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(list.iter().map(summary).filter(|it| owned.contains(&it.id)).collect())
    }
}

/// Whether the policy allows what the page asks for.
pub(crate) fn check(run: &ContainerRun) -> Result<(), RpcError> {
    policy::check(run).map_err(|it| refused(&it))
}

fn refused(refused: &Refused) -> RpcError {
    RpcError::new(ErrorKind::PolicyDenied, refused.to_string()).with_exit(125)
}

fn body(run: ContainerRun, owner: &Owner) -> ContainerCreateBody {
    let ContainerRun {
        image,
        cmd,
        entrypoint,
        env,
        workdir,
        user,
        hostname,
        tty,
        stdin,
        detach,
        ports,
        ..
    } = run;
    let labels = [(INSTANCE, &owner.instance), (TOKEN, &owner.token)];
    ContainerCreateBody {
        image: Some(image),
        cmd: (!cmd.is_empty()).then_some(cmd),
        entrypoint: entrypoint.map(|it| vec![it]),
        env: Some(env),
        working_dir: workdir,
        user,
        hostname,
        tty: Some(tty),
        open_stdin: Some(stdin),
        stdin_once: Some(stdin && !detach),
        attach_stdin: Some(stdin && !detach),
        attach_stdout: Some(!detach),
        attach_stderr: Some(!detach),
        labels: Some(labels.into_iter().map(|(key, it)| (key.to_owned(), it.clone())).collect()),
        exposed_ports: Some(ports.iter().map(policy::exposed).collect()),
        host_config: Some(policy::host_config(&ports)),
        ..ContainerCreateBody::default()
    }
}

fn summary(it: &Value) -> ContainerSummary {
    let text = |key: &str| it.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let list =
        |key: &str| it.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let names = list("Names").iter().filter_map(Value::as_str);
    ContainerSummary {
        id: text("Id"),
        image: text("Image"),
        command: text("Command"),
        created: it.get("Created").and_then(Value::as_i64).unwrap_or_default(),
        status: text("Status"),
        state: text("State"),
        ports: ports(list("Ports")),
        names: names.map(|it| it.trim_start_matches('/').to_owned()).collect(),
    }
}

/// Ports as `docker ps` shows them: `127.0.0.1:8080->80/tcp, 443/tcp`.
fn ports(list: &[Value]) -> String {
    let mut shown = BTreeMap::new();
    for it in list {
        let number = |key: &str| it.get(key).and_then(Value::as_u64);
        let text = |key: &str| it.get(key).and_then(Value::as_str).unwrap_or_default();
        let private = number("PrivatePort").unwrap_or_default();
        let kind = text("Type");
        let port = match number("PublicPort").filter(|it| *it > 0) {
            Some(public) => format!("{}:{public}->{private}/{kind}", text("IP")),
            None => format!("{private}/{kind}"),
        };
        shown.insert((private, port.clone()), port);
    }
    shown.into_values().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ports_look_like_docker_ps() {
        let list = json!([
            { "PrivatePort": 443, "Type": "tcp" },
            { "IP": "127.0.0.1", "PrivatePort": 80, "PublicPort": 8080, "Type": "tcp" },
        ]);
        assert_eq!(ports(list.as_array().unwrap()), "127.0.0.1:8080->80/tcp, 443/tcp");
    }
}
