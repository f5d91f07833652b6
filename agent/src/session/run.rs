//! `container.run`

use std::{
    pin::pin,
    sync::{Arc, OnceLock},
    time::Duration,
};

use dockwright::protocol::{
    ErrorKind, Event, RpcError,
    call::{ContainerRun, Started},
};
use serde_json::json;
use tokio::{
    sync::OwnedSemaphorePermit,
    time::{sleep, timeout},
};

use crate::{
    docker::{Attached, EngineError, Input, Owner, check},
    session::{
        inbox::Inbox,
        job::{End, Job},
    },
};

/// How long the engine may take to pass on the last output after the end of the process.
const LAST_OUTPUT: Duration = Duration::from_secs(5);
/// How often a container that is to be cancelled is killed, until it has ended.
const KILL_EVERY: Duration = Duration::from_secs(2);
/// How long the removal of a container may take before someone else looks after it.
const REMOVAL: Duration = Duration::from_secs(5);

/// What the session's other calls need of a container that runs.
#[derive(Clone, Default)]
pub(crate) struct Handles {
    pub(crate) inbox: Inbox,
    pub(crate) container: Arc<OnceLock<String>>,
}

/// A container that has started.
struct Running {
    id: String,
    owner: Owner,
    attached: Option<Attached>,
    warnings: Vec<String>,
}

/// Runs a container until it ends, and removes it.
pub(crate) async fn run(
    job: Job,
    request: u64,
    call: ContainerRun,
    handles: Handles,
    permit: OwnedSemaphorePermit,
) {
    let detach = call.detach;
    let running = match start(&job, call, permit).await {
        Ok(running) => running,
        Err(error) => {
            job.tell.answer(request, &Err(error)).await;
            job.outlet.forget();
            return;
        }
    };
    let Running { id, owner, attached, warnings } = running;
    let _first = handles.container.set(id.clone());
    let started =
        Started { job: job.id, stream: job.id, container: Some(id.clone()), notes: warnings };
    job.tell.answer(request, &Ok(json!(started))).await;
    job.running().await;
    job.open();
    let Some(attached) = attached.filter(|_| !detach) else {
        job.hub.fleet.detach(&owner.token);
        job.end(End::Succeeded);
        return;
    };
    let code = follow(&job, &id, attached, &handles.inbox).await;
    let (code, end) = match code {
        Ok(code) if job.cancel.is_cancelled() => (Some(code), End::Cancelled),
        Ok(code) => (Some(code), End::Succeeded),
        Err(error) => (None, End::from_engine(error, EngineError::into_rpc)),
    };
    remove(&job, &id, &owner.token).await;
    job.outlet.end(&[Event::StreamExit { stream: job.id, code }, job.ended(end)]);
}

/// Makes, attaches and starts. Whatever fails, nothing is left.
async fn start(
    job: &Job,
    call: ContainerRun,
    permit: OwnedSemaphorePermit,
) -> Result<Running, RpcError> {
    check(&call)?;
    let (engine, journal) = (&job.hub.engine, &job.hub.journal);
    let unwritten = |it: std::io::Error| {
        RpcError::new(ErrorKind::Internal, format!("the agent cannot note the container: {it}"))
            .with_exit(125)
    };
    let owner = journal.intend(call.name.clone()).map_err(unwritten)?;
    let (tty, stdin, detach) = (call.tty, call.stdin, call.detach);
    let size = call.size.clone();
    let created = match engine.create(call, &owner).await {
        Ok(created) => created,
        Err(error) => {
            // Unless the engine itself refused, it may make it yet: the note stays for the next agent.
            if matches!(error, EngineError::Refused { .. }) {
                journal.gone(&owner.token);
            }
            return Err(error.into_start_rpc());
        }
    };
    let id = created.id;
    job.hub.fleet.add(&owner.token, &id, job.connection, permit);
    let started = async {
        journal.made(&owner, &id).map_err(unwritten)?;
        let attached = if detach {
            None
        } else {
            Some(engine.attach(&id, tty, stdin).await.map_err(EngineError::into_start_rpc)?)
        };
        engine.start(&id).await.map_err(EngineError::into_start_rpc)?;
        Ok(attached)
    };
    match started.await {
        Ok(attached) => {
            if let Some(size) = size.filter(|_| tty) {
                // A process that has ended already has no terminal.
                let _ended = engine.resize(&id, size.cols, size.rows).await;
            }
            Ok(Running { id, owner, attached, warnings: created.warnings })
        }
        Err(error) => {
            remove(job, &id, &owner.token).await;
            Err(error)
        }
    }
}

/// Carries bytes until the process has ended, and says how: only ever what the engine says.
async fn follow(
    job: &Job,
    id: &str,
    attached: Attached,
    inbox: &Inbox,
) -> Result<i64, EngineError> {
    let Attached { mut output, input } = attached;
    let engine = &job.hub.engine;
    let mut print = pin!(async {
        while let Some((channel, bytes)) = output.next().await {
            job.outlet.write(channel, bytes).await;
        }
    });
    let mut read = pin!(feed(job, input, inbox));
    let mut wait = pin!(engine.wait(id));
    // The output goes on being read meanwhile: otherwise the engine would not answer.
    let mut kill = pin!(async {
        job.cancel.cancelled().await;
        loop {
            // A process that has ended already cannot be killed; an engine that is busy is asked again.
            let _ended = timeout(KILL_EVERY, engine.signal(id, "KILL")).await;
            sleep(KILL_EVERY).await;
        }
    });
    let (mut printed, mut fed) = (false, false);
    let code = loop {
        tokio::select! {
            code = &mut wait => break code,
            () = &mut print, if !printed => printed = true,
            () = &mut read, if !fed => fed = true,
            () = &mut kill => (),
        }
    };
    if !printed {
        // The page may take its time: what it has no room for yet is kept for it.
        job.outlet.hurry();
        let _late = timeout(LAST_OUTPUT, print).await;
    }
    code
}

/// Carries input.
async fn feed(job: &Job, mut input: Input, inbox: &Inbox) {
    while let Some(bytes) = inbox.take().await {
        // If the container takes nothing more, it is about to end.
        if input.write(&bytes).await.is_err() {
            return;
        }
        let bytes = bytes.len() as u64;
        inbox.taken(bytes);
        job.tell.event(&Event::StreamCredit { stream: job.id, bytes }).await;
    }
    let _ended = input.close().await;
}

/// Removes a container, or leaves it to the one who looks after orphans.
async fn remove(job: &Job, id: &str, token: &str) {
    match timeout(REMOVAL, job.hub.engine.remove(id, true)).await {
        Ok(Ok(())) => {
            job.hub.journal.gone(token);
            job.hub.fleet.remove(token);
        }
        Ok(Err(_)) | Err(_) => job.hub.fleet.abandon(token),
    }
}
