//! An engine that goes away. A proxy stands for it, since killing the tests' engine would disturb the others: to the
//! agent, a proxy that drops its connections and its socket is an engine that was killed.

use std::{path::PathBuf, time::Duration};

use dockwright::protocol::{
    Call, ErrorKind, Event,
    call::{BuildStart, Builder, EngineInfo, Nothing},
    event::{EngineState, JobState},
};
use tokio::{
    io::copy_bidirectional,
    net::{UnixListener, UnixStream},
    task::JoinSet,
    time::sleep,
};

use super::{address, existing, sh};
use crate::{
    agent::{Agent, folder},
    page::Page,
};

struct Proxy {
    socket: PathBuf,
    tasks: JoinSet<()>,
}

impl Proxy {
    fn start() -> Self {
        let folder = folder();
        std::fs::create_dir_all(&folder).unwrap();
        let mut proxy = Self { socket: folder.join("docker.sock"), tasks: JoinSet::new() };
        proxy.up();
        proxy
    }

    fn up(&mut self) {
        let listener = UnixListener::bind(&self.socket).unwrap();
        let engine = address().trim_start_matches("unix://").to_owned();
        self.tasks.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let engine = engine.clone();
                connections.spawn(async move {
                    let mut engine = UnixStream::connect(engine).await.unwrap();
                    drop(copy_bidirectional(&mut stream, &mut engine).await);
                });
            }
        });
    }

    async fn kill(&mut self) {
        self.tasks.shutdown().await;
        std::fs::remove_file(&self.socket).unwrap();
    }

    fn address(&self) -> String {
        format!("unix://{}", self.socket.display())
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(self.socket.parent().unwrap()));
    }
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn a_build_fails_and_a_container_is_lost_without_an_invented_code() {
    let mut proxy = Proxy::start();
    let agent = Agent::start(&proxy.address());
    let mut page = Page::open(&agent).await;
    let mut jobs = Vec::new();
    for builder in [Builder::Classic, Builder::Buildkit] {
        let dockerfile = format!(
            "FROM debian:latest\nRUN echo begun; sleep 30 # {builder:?} {}\n",
            std::process::id()
        );
        let ctx = page.context(&[("Dockerfile", &dockerfile)]).await;
        let build = BuildStart {
            ctx,
            dockerfile: "Dockerfile".to_owned(),
            builder: Some(builder),
            ..BuildStart::default()
        };
        let started = page.start(Call::BuildStart(build)).await;
        page.until_printed(started.stream, "begun\n").await;
        jobs.push(started);
    }
    let container = page.start(Call::ContainerRun(sh("echo begun; sleep 1000"))).await;
    page.until_printed(container.stream, "begun\n").await;

    proxy.kill().await;
    let killed = std::time::Instant::now();
    for job in &jobs {
        let ended = page.ended(job).await;
        assert_eq!(ended.state, JobState::Lost, "{ended:?}");
        assert_eq!(ended.error.map(|it| it.data.kind), Some(ErrorKind::EngineUnavailable));
    }
    let ended = page.ended(&container).await;
    assert_eq!((ended.state, ended.exits), (JobState::Lost, vec![None]));
    assert!(killed.elapsed() < Duration::from_secs(2), "{:?}", killed.elapsed());
    let is = |state| move |it: &Page| it.events.contains(&Event::EngineState { state });
    page.until("engine.state down", is(EngineState::Down)).await;
    let error = page.ask(Call::EngineInfo(Nothing {})).await.unwrap_err();
    assert_eq!(error.data.kind, ErrorKind::EngineUnavailable);

    // Back again: what was left behind is removed.
    proxy.up();
    page.until("engine.state up", is(EngineState::Up)).await;
    let info = page.ask(Call::EngineInfo(Nothing {})).await.unwrap();
    assert!(serde_json::from_value::<EngineInfo>(info).is_ok());
    let back = std::time::Instant::now();
    while existing(&[container.container.as_deref().unwrap()]).await > 0 {
        assert!(back.elapsed() < Duration::from_secs(10));
        sleep(Duration::from_millis(100)).await;
    }
}
