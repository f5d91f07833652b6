//! Builds with BuildKit: its session, its steps, and the text that they become.

use std::collections::{HashMap, VecDeque};

use bollard::{
    auth::DockerCredentials,
    moby::buildkit::v1::{StatusResponse, Vertex, VertexLog, VertexStatus},
    models::{BuildInfo, BuildInfoAux},
    query_parameters::{BuildImageOptions, BuildImageOptionsBuilder, BuilderVersion},
};
use bytes::Bytes;
use dockwright::protocol::call::BuildStart;
use futures_util::StreamExt as _;
use tokio::{sync::mpsc, task::JoinSet};

use super::{
    Engine, EngineError,
    build::Said,
    plain::{Change, Plain},
    transfer::Step,
};
use crate::secret::random_hex;

/// How much of what BuildKit says may wait.
const QUEUE: usize = 16;

/// A build that runs. Dropping it stops it.
pub(crate) struct Session {
    said: mpsc::Receiver<Result<BuildInfo, EngineError>>,
    _task: JoinSet<()>,
    plain: Plain,
    ready: VecDeque<Said>,
}

impl Session {
    pub(super) fn start(
        engine: &Engine,
        build: &BuildStart,
        context: Bytes,
        credentials: HashMap<String, DockerCredentials>,
    ) -> Result<Self, EngineError> {
        let session = random_hex::<16>().map_err(|it| EngineError::Strange(it.to_string()))?;
        let options = options(build, &session);
        let (docker, engine) = (engine.docker()?, engine.clone());
        let (say, said) = mpsc::channel(QUEUE);
        let mut task = JoinSet::new();
        task.spawn(async move {
            let context = bollard::body_full(context);
            let mut stream =
                Box::pin(docker.build_image(options, Some(credentials), Some(context)));
            while let Some(info) = stream.next().await {
                if say.send(info.map_err(|it| engine.error(it))).await.is_err() {
                    return;
                }
            }
        });
        Ok(Self { said, _task: task, plain: Plain::default(), ready: VecDeque::new() })
    }

    pub(super) async fn next(&mut self) -> Result<Option<Said>, EngineError> {
        loop {
            if let Some(said) = self.ready.pop_front() {
                return Ok(Some(said));
            }
            match self.said.recv().await {
                Some(Ok(BuildInfo { aux: Some(BuildInfoAux::BuildKit(status)), .. })) => {
                    self.status(status);
                }
                Some(Ok(BuildInfo { aux: Some(BuildInfoAux::Default(_)), .. })) => {
                    return Ok(Some(Said::Built));
                }
                // "Successfully tagged …"
                Some(Ok(BuildInfo { stream, .. })) => self.ready.extend(stream.map(Said::Text)),
                Some(Err(error)) => return Err(error),
                None => return Ok(None),
            }
        }
    }

    fn status(&mut self, status: StatusResponse) {
        let StatusResponse { vertexes, statuses, logs, .. } = status;
        for vertex in vertexes {
            let Vertex { digest, name, cached, started, completed, error, .. } = vertex;
            let change = Change {
                cached,
                error,
                started: started.map(|it| seconds(it.seconds, it.nanos)),
                completed: completed.map(|it| seconds(it.seconds, it.nanos)),
                name,
            };
            if let Some(text) = change.progress() {
                let (id, text) = (change.name.clone(), text.to_owned());
                self.ready.push_back(Said::Step(Step::Layer {
                    id,
                    text,
                    current: None,
                    total: None,
                }));
            }
            self.plain.step(&digest, change);
        }
        for VertexStatus { id, name, current, total, .. } in statuses {
            let bytes = |it| u64::try_from(it).ok().filter(|it| *it > 0);
            let text = if name.is_empty() { id.clone() } else { name };
            let step = Step::Layer { id, text, current: bytes(current), total: bytes(total) };
            self.ready.push_back(Said::Step(step));
        }
        for VertexLog { vertex, timestamp, msg, .. } in logs {
            let at = timestamp.map(|it| seconds(it.seconds, it.nanos));
            self.plain.log(&vertex, at, &String::from_utf8_lossy(&msg));
        }
        let text = self.plain.take();
        if !text.is_empty() {
            self.ready.push_back(Said::Text(text));
        }
    }
}

/// Seconds since some time on 64 bits of floating point: milliseconds stay right.
fn seconds(seconds: i64, nanos: i32) -> f64 {
    // Twelve days of seconds, so that the conversion is exact.
    let seconds = i32::try_from(seconds.rem_euclid(1 << 20)).unwrap_or_default();
    f64::from(seconds) + f64::from(nanos) / 1e9
}

fn options(build: &BuildStart, session: &str) -> BuildImageOptions {
    let BuildStart { dockerfile, tags, args, labels, target, platform, no_cache, pull, .. } = build;
    let map = |it: &dockwright::order::Map<String>| -> HashMap<String, String> {
        it.iter().map(|(key, it)| (key.clone(), it.clone())).collect()
    };
    let mut options = BuildImageOptionsBuilder::default()
        .dockerfile(dockerfile)
        .buildargs(&map(args))
        .labels(&map(labels))
        .nocache(*no_cache)
        .rm(true)
        .forcerm(true)
        .version(BuilderVersion::BuilderBuildKit)
        .session(session);
    // The engine takes several names; `bollard` has one. The others are given afterwards.
    if let Some(tag) = tags.first() {
        options = options.t(tag);
    }
    if let Some(target) = target {
        options = options.target(target);
    }
    if let Some(platform) = platform {
        options = options.platform(platform);
    }
    if *pull {
        options = options.pull("1");
    }
    options.build()
}
