//! With a real engine and a real registry, of the tests' own.
//!
//! `DOCKER_HOST` is the engine's socket and `DOCKWRIGHT_TEST_ENGINE_PID` says that it is the tests' own;
//! `DOCKWRIGHT_TEST_PRIVATE_REGISTRY` is the registry's `host:port`, with the user `student` and the password
//! `s3cret`. The engine has the image `debian:latest`.

mod build;
mod gone;
mod life;
mod run;
mod transfer;

use dockwright::protocol::call::ContainerRun;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::UnixStream,
};

use crate::agent::Agent;

const NEEDED: &str = "needs an engine: cargo xtask test --only agent";

/// The base of all images here.
pub(crate) const IMAGE: &str = "debian:latest";

/// The engine's address.
pub(crate) fn address() -> String {
    // Without it, `DOCKER_HOST` may be somebody's own.
    std::env::var("DOCKWRIGHT_TEST_ENGINE_PID").expect(NEEDED);
    std::env::var("DOCKER_HOST").expect(NEEDED)
}

/// The registry's host and port.
pub(crate) fn registry() -> String {
    std::env::var("DOCKWRIGHT_TEST_PRIVATE_REGISTRY").expect(NEEDED)
}

/// An agent with the engine.
pub(crate) fn agent() -> Agent {
    let agent = Agent::start(&address());
    assert!(agent.printed().contains("Found Docker Engine"), "{}", agent.printed());
    agent
}

/// A shell command.
pub(crate) fn sh(script: &str) -> ContainerRun {
    ContainerRun {
        image: IMAGE.to_owned(),
        cmd: ["sh", "-c", script].map(str::to_owned).to_vec(),
        ..ContainerRun::default()
    }
}

/// Asks the engine itself.
pub(crate) async fn engine(method: &str, path: &str) -> Value {
    let mut stream = UnixStream::connect(address().trim_start_matches("unix://")).await.unwrap();
    let request = format!("{method} {path} HTTP/1.0\r\nHost: docker\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let body = answer.split_once("\r\n\r\n").unwrap().1;
    serde_json::from_str(body).unwrap_or(Value::Null)
}

/// The containers that carry this name, running or not.
pub(crate) async fn containers(name: &str) -> usize {
    let list = engine(
        "GET",
        &format!("/containers/json?all=1&filters=%7B%22name%22%3A%5B%22{name}%22%5D%7D"),
    )
    .await;
    list.as_array().unwrap().len()
}

/// The containers of these ids that exist.
pub(crate) async fn existing(ids: &[&str]) -> usize {
    let list = engine("GET", "/containers/json?all=1").await;
    let list =
        list.as_array().unwrap().iter().filter(|it| ids.contains(&it["Id"].as_str().unwrap()));
    list.count()
}
