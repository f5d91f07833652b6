//! What is left when a page, the agent or the engine goes: nothing, or the truth.

use std::time::{Duration, Instant};

use dockwright::protocol::{
    Call, ErrorKind,
    call::{ContainerFilter, ContainerRemove, ContainerRun, EngineInfo, Nothing},
};
use serde_json::Value;

use super::{address, agent, engine, existing, sh};
use crate::{agent::Agent, page::Page};

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn the_engine_is_described() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    let info: EngineInfo =
        serde_json::from_value(page.ask(Call::EngineInfo(Nothing {})).await.unwrap()).unwrap();
    assert_eq!(Some(&info), page.ready.engine.as_ref());
    assert_eq!((info.name.as_str(), info.os.as_str()), ("Docker Engine", "linux"));
    assert!(
        agent
            .printed()
            .contains(&format!("Found Docker Engine {} (API {}", info.version, info.api))
    );
    let images = page.ask(Call::ImageList(Nothing {})).await.unwrap();
    let debian = images["images"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["tags"].as_array().unwrap().iter().any(|it| it == super::IMAGE));
    assert!(debian.is_some_and(|it| it["size"].as_u64() > Some(1_000_000)), "{images}");
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn containers_go_with_their_page() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    let started = page.start(Call::ContainerRun(sh("sleep 1000"))).await;
    let id = started.container.unwrap();
    assert_eq!(existing(&[&id]).await, 1);
    let left = Instant::now();
    drop(page);
    while existing(&[&id]).await > 0 {
        assert!(left.elapsed() < Duration::from_secs(10));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn only_own_containers_are_listed_and_removed() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    let call = ContainerRun {
        detach: true,
        name: Some("dw-test-detached".to_owned()),
        ..sh("sleep 1000")
    };
    let started = page.start(Call::ContainerRun(call)).await;
    let id = started.container.clone().unwrap();
    page.ended(&started).await;
    let other = Agent::start(&address());
    let mut stranger = Page::open(&other).await;
    let list = |it: Value| it["containers"].as_array().unwrap().clone();
    let own = list(page.ask(Call::ContainerList(ContainerFilter { all: true })).await.unwrap());
    assert_eq!((own.len(), own[0]["id"].as_str()), (1, Some(id.as_str())));
    assert_eq!(own[0]["names"][0], "dw-test-detached");
    assert_eq!(own[0]["command"], "sh -c 'sleep 1000'");
    assert_eq!(
        list(stranger.ask(Call::ContainerList(ContainerFilter { all: true })).await.unwrap()).len(),
        0
    );
    let remove = |force| {
        Call::ContainerRemove(ContainerRemove { container: "dw-test-detached".to_owned(), force })
    };
    let error = stranger.ask(remove(true)).await.unwrap_err();
    assert_eq!(error.data.kind, ErrorKind::NotFound);
    let error = page.ask(remove(false)).await.unwrap_err();
    assert!(error.message.contains("You cannot remove a running container"), "{error}");
    page.ask(remove(true)).await.unwrap();
    assert_eq!(existing(&[&id]).await, 0);
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn containers_are_limited_in_the_background_too() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    let call = Call::ContainerRun(ContainerRun { detach: true, ..sh("sleep 1000") });
    let mut ids = Vec::new();
    for _ in 0..8 {
        ids.push(page.start(call.clone()).await.container.unwrap());
    }
    let error = page.ask(call.clone()).await.unwrap_err();
    assert_eq!(error.data.kind, ErrorKind::LimitExceeded);
    let remove = ContainerRemove { container: ids[0].get(..12).unwrap().to_owned(), force: true };
    page.ask(Call::ContainerRemove(remove)).await.unwrap();
    page.start(call).await;
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn a_stopped_agent_leaves_nothing() {
    let mut agent = agent();
    let mut page = Page::open(&agent).await;
    let mut ids = Vec::new();
    for detach in [false, false, true] {
        let started =
            page.start(Call::ContainerRun(ContainerRun { detach, ..sh("sleep 1000") })).await;
        ids.push(started.container.unwrap());
    }
    let ids: Vec<_> = ids.iter().map(String::as_str).collect();
    assert_eq!(existing(&ids).await, 3);
    let stopped = Instant::now();
    agent.signal("TERM");
    assert_eq!(page.until_closed().await.map(|it| it.code.into()), Some(1001));
    assert_eq!(agent.wait(Duration::from_secs(10)).code(), Some(0));
    assert!(stopped.elapsed() < Duration::from_secs(10));
    assert_eq!(existing(&ids).await, 0);
    assert_eq!(std::fs::read_dir(agent.folder.join("state")).unwrap().count(), 0);
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn the_next_agent_sweeps_what_a_killed_one_left_and_nothing_else() {
    let killed = agent();
    let mut page = Page::open(&killed).await;
    let other = agent();
    let mut stranger = Page::open(&other).await;
    let mut ids = Vec::new();
    for page in [&mut page, &mut stranger] {
        let started =
            page.start(Call::ContainerRun(ContainerRun { detach: true, ..sh("sleep 1000") })).await;
        ids.push(started.container.unwrap());
    }
    let labels =
        engine("GET", &format!("/containers/{}/json", ids[0])).await["Config"]["Labels"].clone();
    assert!(labels["io.dockwright.token"].is_string());
    let folder = killed.kill();
    assert_eq!(existing(&[&ids[0], &ids[1]]).await, 2);
    let next = Agent::start_in(&folder, &address());
    let started = Instant::now();
    while existing(&[&ids[0]]).await > 0 {
        assert!(started.elapsed() < Duration::from_secs(5));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(existing(&[&ids[1]]).await, 1);
    drop(next);
}
