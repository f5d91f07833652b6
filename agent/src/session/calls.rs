//! What a page may ask, answered: one arm for each method, and no other.

use std::sync::Arc;

use dockwright::{
    image::reference::Reference,
    protocol::{
        Call, ErrorKind, RpcError,
        call::{
            BuildStart, ContainerList, ContainerRun, ContextBegun, Credit, ImageList, ImageTag,
            JobCancel, Ping, RegistryLogin, Resize, Signal, Started, Stream,
        },
    },
};
use serde_json::{Value, json};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

use super::{
    Done, Session, Task, build,
    context::Context,
    job::Job,
    run::{self, Handles},
    transfer::{self, Direction},
};
use crate::{config, docker::EngineError, hub::Hub, pairing::SCOPES, secret::Secret};

/// What a page gets at once; `None` if a task answers.
type Answer = Option<Result<Value, RpcError>>;

/// The signals that a page may send.
const SIGNALS: [&str; 5] = ["INT", "TERM", "HUP", "KILL", "QUIT"];

/// What a session must be allowed to do for a method; `None` for what every session may.
fn scope(call: &Call) -> Option<&'static str> {
    match call {
        Call::EngineInfo(_)
        | Call::ImageList(_)
        | Call::ImageInspect(_)
        | Call::ContainerList(_) => Some("engine.read"),
        Call::ImagePull(_) => Some("image.pull"),
        Call::ImagePush(_) => Some("push"),
        Call::RegistryLogin(_) | Call::RegistryLogout(_) => Some("login"),
        Call::ContextBegin(_)
        | Call::ContextPut(_)
        | Call::ContextCommit(_)
        | Call::BuildStart(_)
        | Call::ImageTag(_)
        | Call::ImageRemove(_) => Some("build"),
        Call::ContainerRun(_) | Call::ContainerRemove(_) => Some("run"),
        // What concerns the session and its own jobs.
        Call::Auth(_)
        | Call::Ping(_)
        | Call::JobCancel(_)
        | Call::StreamCredit(_)
        | Call::StreamResize(_)
        | Call::StreamSignal(_)
        | Call::StreamEof(_) => None,
    }
}

impl Session {
    /// Answers a request, or starts what will.
    pub(super) fn call(&mut self, id: u64, call: Call) -> Answer {
        if scope(&call).is_some_and(|it| !SCOPES.contains(&it)) {
            return Some(Err(RpcError::new(
                ErrorKind::ScopeDenied,
                "this session may not do that",
            )));
        }
        let engine = self.hub.engine.clone();
        match call {
            Call::Auth(_) => Some(Err(RpcError::new(
                ErrorKind::InvalidRequest,
                "the session is authenticated already",
            ))),
            Call::Ping(Ping { t }) => Some(Ok(json!(Ping { t }))),
            Call::EngineInfo(_) => self.spawn(id, async move {
                engine.info().await.map(|it| json!(it)).map_err(EngineError::into_rpc)
            }),
            Call::ImageList(_) => self.spawn(id, async move {
                let images = engine.images().await.map_err(EngineError::into_rpc)?;
                Ok(json!(ImageList { images }))
            }),
            Call::ImageInspect(it) => self.spawn(id, async move {
                engine.image(&it.name).await.map_err(EngineError::into_rpc)
            }),
            Call::ImageTag(ImageTag { source, target }) => {
                let hub = Arc::clone(&self.hub);
                self.spawn(id, async move {
                    let target = image(&target)?;
                    engine.tag(&source, &target).await.map_err(EngineError::into_rpc)?;
                    hub.names.add(target);
                    Ok(json!({}))
                })
            }
            Call::ImageRemove(it) => {
                let hub = Arc::clone(&self.hub);
                self.spawn(id, async move {
                    let name = image(&it.name)?;
                    if !hub.names.has(&name) {
                        let text = "Dockwright removes only image names that it has given; use `docker rmi` in a terminal";
                        return Err(RpcError::new(ErrorKind::PolicyDenied, text).with_detail("image.remove"));
                    }
                    let removed = engine.remove_image(&name, it.force).await;
                    removed.map(|it| json!(it)).map_err(EngineError::into_rpc)
                })
            }
            Call::ImagePull(it) => {
                let direction = Direction::Pull { platform: it.platform };
                self.transfer(id, &it.name, direction).err().map(Err)
            }
            Call::ImagePush(it) => self.transfer(id, &it.name, Direction::Push).err().map(Err),
            Call::RegistryLogin(RegistryLogin { host, user, secret }) => {
                let (logins, secret) = (Arc::clone(&self.logins), Secret::new(secret));
                self.spawn(id, async move {
                    let login = engine.login(&logins, &host, user, secret).await;
                    login.map(|()| json!({})).map_err(EngineError::into_registry_rpc)
                })
            }
            Call::RegistryLogout(it) => Some(self.logout(&it.host)),
            Call::ContextBegin(_) => Some(Ok(self.context_begin())),
            Call::ContextPut(put) => {
                Some(self.context(put.ctx).and_then(|it| it.put(put)).map(|()| json!({})))
            }
            Call::ContextCommit(it) => {
                Some(self.context(it.ctx).and_then(Context::commit).map(|()| json!({})))
            }
            Call::BuildStart(it) => self.build(id, it).err().map(Err),
            Call::ContainerRun(it) => self.run_container(id, it).err().map(Err),
            Call::ContainerList(it) => {
                let hub = Arc::clone(&self.hub);
                self.spawn(id, async move { list(&hub, it.all).await })
            }
            Call::ContainerRemove(it) => {
                let hub = Arc::clone(&self.hub);
                self.spawn(id, async move { remove(&hub, &it.container, it.force).await })
            }
            Call::JobCancel(JobCancel { job }) => Some(self.cancel(job)),
            Call::StreamSignal(Signal { stream, signal }) => match self.container(stream) {
                Ok(_) if !SIGNALS.contains(&signal.as_str()) => {
                    let text = format!("{signal:?} is none of {}", SIGNALS.join(", "));
                    Some(Err(RpcError::new(ErrorKind::InvalidParams, text)))
                }
                Ok(container) => self.spawn(id, async move {
                    engine
                        .signal(&container, &signal)
                        .await
                        .map(|()| json!({}))
                        .map_err(EngineError::into_rpc)
                }),
                Err(error) => Some(Err(error)),
            },
            Call::StreamResize(Resize { stream, cols, rows }) => match self.container(stream) {
                Ok(container) => self.spawn(id, async move {
                    engine.resize(&container, cols, rows).await.map(|()| json!({}))
                }),
                Err(error) => Some(Err(error)),
            },
            Call::StreamCredit(Credit { stream, bytes }) => {
                self.outbox.grant(stream, bytes);
                Some(Ok(json!({})))
            }
            Call::StreamEof(Stream { stream }) => {
                self.eof(stream);
                Some(Ok(json!({})))
            }
        }
    }

    /// Takes what needs no answer; everything else is asked as a request.
    pub(super) fn notify(&mut self, call: Call) {
        match call {
            Call::StreamCredit(Credit { stream, bytes }) => self.outbox.grant(stream, bytes),
            Call::StreamEof(Stream { stream }) => self.eof(stream),
            Call::StreamResize(Resize { stream, cols, rows }) if self.has_room() => {
                if let Ok(container) = self.container(stream) {
                    let engine = self.hub.engine.clone();
                    self.tasks.spawn(async move {
                        // A process that has ended already has no terminal.
                        let _ended = engine.resize(&container, cols, rows).await;
                        Done::Nothing
                    });
                }
            }
            Call::StreamSignal(Signal { stream, signal })
                if SIGNALS.contains(&signal.as_str()) && self.has_room() =>
            {
                if let Ok(container) = self.container(stream) {
                    let engine = self.hub.engine.clone();
                    self.tasks.spawn(async move {
                        // A process that has ended already takes no signal.
                        let _ended = engine.signal(&container, &signal).await;
                        Done::Nothing
                    });
                }
            }
            Call::JobCancel(JobCancel { job }) => drop(self.cancel(job)),
            _ => (),
        }
    }

    /// Whether another task may begin.
    fn has_room(&self) -> bool {
        self.tasks.len() < config::MAX_TASKS
    }

    /// Ends the input of a stream.
    pub(super) fn eof(&self, stream: u32) {
        if let Some(task) = self.jobs.get(&stream) {
            task.handles.inbox.close();
        }
    }

    fn spawn(
        &mut self,
        id: u64,
        work: impl Future<Output = Result<Value, RpcError>> + Send + 'static,
    ) -> Answer {
        self.tasks.spawn(async move { Done::Answer(id, work.await) });
        None
    }

    fn logout(&self, host: &str) -> Result<Value, RpcError> {
        if self.logins.forget(host) {
            Ok(json!({}))
        } else {
            Err(RpcError::new(ErrorKind::NotFound, format!("Not logged in to {host}")))
        }
    }

    fn context_begin(&mut self) -> Value {
        if self.contexts.len() >= config::MAX_CONTEXTS {
            // The oldest was left behind by a page that gave up.
            self.contexts.pop_first();
        }
        self.last += 1;
        self.contexts.insert(self.last, Context::new());
        json!(ContextBegun { ctx: self.last, stream: self.last })
    }

    fn context(&mut self, ctx: u32) -> Result<&mut Context, RpcError> {
        self.contexts
            .get_mut(&ctx)
            .ok_or_else(|| RpcError::new(ErrorKind::NotFound, format!("no context {ctx}")))
    }

    fn build(&mut self, request: u64, build: BuildStart) -> Result<(), RpcError> {
        // Whatever is wrong with the build, its context is used up.
        let context = self.contexts.remove(&build.ctx);
        build.tags.iter().try_for_each(|it| image(it).map(|_| ()))?;
        let context = context.ok_or_else(|| {
            RpcError::new(ErrorKind::NotFound, format!("no context {}", build.ctx))
        })?;
        let context = context.pack()?;
        let permit = permit(&self.hub.room.builds, "builds", config::MAX_BUILDS)?;
        let logins = Arc::clone(&self.logins);
        let job = self.job(true)?;
        self.start(request, job, |job| async move {
            build::run(job, build, context, &logins, permit).await;
        });
        Ok(())
    }

    fn transfer(&mut self, request: u64, name: &str, direction: Direction) -> Result<(), RpcError> {
        let image = image(name)?;
        let permit = permit(&self.hub.room.transfers, "pulls and pushes", config::MAX_TRANSFERS)?;
        let logins = Arc::clone(&self.logins);
        let job = self.job(false)?;
        self.start(request, job, |job| async move {
            transfer::run(job, image, direction, &logins, permit).await;
        });
        Ok(())
    }

    /// Starts a job. The page is told its number before anything else of it.
    fn start<F: Future<Output = ()> + Send + 'static>(
        &mut self,
        request: u64,
        job: Job,
        work: impl FnOnce(Job) -> F,
    ) {
        let (id, tell, outlet) = (job.id, job.tell.clone(), job.outlet.clone());
        let work = work(job);
        self.tasks.spawn(async move {
            let started = Started { job: id, stream: id, container: None, notes: Vec::new() };
            tell.answer(request, &Ok(json!(started))).await;
            outlet.open();
            work.await;
            Done::Job(id)
        });
    }

    fn run_container(&mut self, id: u64, call: ContainerRun) -> Result<(), RpcError> {
        if !call.image.bytes().all(|it| it.is_ascii_hexdigit()) {
            image(&call.image)?;
        }
        let permit = permit(&self.hub.room.runs, "containers", config::MAX_RUNS)?;
        let job = self.job(false)?;
        let (number, handles) = (job.id, Handles::default());
        if let Some(task) = self.jobs.get_mut(&number) {
            task.handles = handles.clone();
        }
        self.tasks.spawn(async move {
            run::run(job, id, call, handles, permit).await;
            Done::Job(number)
        });
        Ok(())
    }

    /// A new job with its stream.
    fn job(&mut self, has_grace: bool) -> Result<Job, RpcError> {
        if self.outbox.len() + self.contexts.len() >= config::MAX_STREAMS {
            return Err(limit("streams", config::MAX_STREAMS));
        }
        self.last += 1;
        let (outlet, cancel) = (self.outbox.stream(self.last), CancellationToken::new());
        let task = Task {
            outlet: outlet.clone(),
            cancel: cancel.clone(),
            handles: Handles::default(),
            has_grace,
        };
        self.jobs.insert(self.last, task);
        let (hub, tell) = (Arc::clone(&self.hub), self.tell.clone());
        Ok(Job { id: self.last, connection: self.connection, hub, tell, outlet, cancel })
    }

    fn cancel(&self, job: u32) -> Result<Value, RpcError> {
        let task = self
            .jobs
            .get(&job)
            .ok_or_else(|| RpcError::new(ErrorKind::NotFound, format!("no job {job}")))?;
        // First the bytes that nobody wants: an engine that cannot get rid of them does not answer.
        task.outlet.discard();
        task.cancel.cancel();
        Ok(json!({}))
    }

    fn container(&self, stream: u32) -> Result<String, RpcError> {
        let gone = || {
            RpcError::new(ErrorKind::StreamGone, format!("no container has the stream {stream}"))
        };
        let task = self.jobs.get(&stream).ok_or_else(gone)?;
        task.handles.container.get().cloned().ok_or_else(gone)
    }
}

async fn list(hub: &Hub, all: bool) -> Result<Value, RpcError> {
    let owned = hub.journal.containers().into_values().collect();
    let containers = hub.engine.containers(all, &owned).await.map_err(EngineError::into_rpc)?;
    Ok(json!(ContainerList { containers }))
}

/// Removes one of the agent's own containers, by name, id, or the start of one.
async fn remove(hub: &Hub, name: &str, force: bool) -> Result<Value, RpcError> {
    let owned = hub.journal.containers().into_values().collect();
    let list = hub.engine.containers(true, &owned).await.map_err(EngineError::into_rpc)?;
    let by_name = list.iter().find(|it| it.names.iter().any(|it| it == name));
    let mut by_id = list.iter().filter(|it| !name.is_empty() && it.id.starts_with(name));
    let id = match (by_name, by_id.next(), by_id.next()) {
        (Some(it), _, _) | (None, Some(it), None) => it.id.clone(),
        (None, None, _) | (None, Some(_), Some(_)) => {
            return Err(RpcError::new(ErrorKind::NotFound, format!("No such container: {name}"))
                .with_status(404));
        }
    };
    hub.engine.remove(&id, force).await.map_err(EngineError::into_rpc)?;
    if let Some(token) = hub.fleet.token(&id) {
        hub.journal.gone(&token);
        hub.fleet.remove(&token);
    }
    Ok(json!({}))
}

fn image(name: &str) -> Result<Reference, RpcError> {
    name.parse().map_err(|it: dockwright::image::reference::ReferenceError| {
        RpcError::new(ErrorKind::InvalidParams, it.to_string())
    })
}

fn permit(
    room: &Arc<Semaphore>,
    what: &str,
    most: usize,
) -> Result<OwnedSemaphorePermit, RpcError> {
    Arc::clone(room).try_acquire_owned().map_err(|_| limit(what, most))
}

fn limit(what: &str, most: usize) -> RpcError {
    RpcError::new(ErrorKind::LimitExceeded, format!("at most {most} {what} at once"))
        .with_detail(what)
}
