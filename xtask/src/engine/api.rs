//! The few calls to the engine that the tests' surroundings need, over its socket: no `docker` command is needed.

use anyhow::{Context, Result, bail, ensure};
use std::{
    fs::File,
    io::{Read, Write, copy},
    os::unix::net::UnixStream,
    path::Path,
    time::Duration,
};

/// Whether the engine answers.
pub(super) fn is_up(socket: &Path) -> bool {
    call(socket, "GET", "/_ping", None).is_ok()
}

/// The names of all containers, running or not.
pub(super) fn containers(socket: &Path) -> Result<Vec<String>> {
    let body = call(socket, "GET", "/containers/json?all=1", None)?;
    let list: Vec<serde_json::Value> =
        serde_json::from_str(&body).context("not a list of containers")?;
    let text = |it: &serde_json::Value, pointer| {
        it.pointer(pointer).and_then(|it| it.as_str()).unwrap_or("?").to_owned()
    };
    let shown = list.iter().map(|it| {
        format!("{} ({}, {})", text(it, "/Names/0"), text(it, "/Image"), text(it, "/Status"))
    });
    Ok(shown.collect())
}

/// Kills and removes all containers.
pub(super) fn remove_containers(socket: &Path) -> Result<()> {
    let body = call(socket, "GET", "/containers/json?all=1", None)?;
    let list: Vec<serde_json::Value> = serde_json::from_str(&body)?;
    for id in list.iter().filter_map(|it| it.get("Id")?.as_str()) {
        call(socket, "DELETE", &format!("/containers/{id}?force=1&v=1"), None)?;
    }
    Ok(())
}

/// `docker import`.
pub(super) fn import(socket: &Path, tar: &Path, name: &str, tag: &str, cmd: &str) -> Result<()> {
    let changes = format!("CMD [\"{cmd}\"]").replace(' ', "%20").replace('"', "%22");
    let path = format!("/images/create?fromSrc=-&repo={name}&tag={tag}&changes={changes}");
    let body = call(socket, "POST", &path, Some(File::open(tar)?))?;
    ensure!(!body.contains("\"error\""), "{body}");
    Ok(())
}

/// One request in HTTP/1.0: the answer then ends with the connection, and is not chunked.
fn call(socket: &Path, method: &str, path: &str, body: Option<File>) -> Result<String> {
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(Duration::from_mins(1)))?;
    let length = body.as_ref().map_or(Ok(0), |file| file.metadata().map(|it| it.len()))?;
    write!(
        stream,
        "{method} {path} HTTP/1.0\r\nHost: docker\r\nContent-Type: application/x-tar\r\nContent-Length: {length}\r\n\r\n"
    )?;
    if let Some(mut file) = body {
        copy(&mut file, &mut stream)?;
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) =
        answer.split_once("\r\n\r\n").context("the engine's answer has no end of its head")?;
    match head.split(' ').nth(1) {
        Some(code) if code.starts_with('2') => Ok(body.to_owned()),
        _ => bail!("{method} {path}: {}: {}", head.lines().next().unwrap_or_default(), body.trim()),
    }
}
