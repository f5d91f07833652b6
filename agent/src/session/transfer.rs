//! `image.pull` and `image.push`

use dockwright::image::reference::Reference;
use tokio::sync::OwnedSemaphorePermit;

use crate::{
    docker::{EngineError, Logins, Step},
    session::job::{End, Job, Progress},
};

/// What is to be done.
pub(crate) enum Direction {
    Pull { platform: Option<String> },
    Push,
}

/// Pulls or pushes, and says how it went.
pub(crate) async fn run(
    job: Job,
    image: Reference,
    direction: Direction,
    logins: &Logins,
    permit: OwnedSemaphorePermit,
) {
    job.running().await;
    let mut progress = Progress::new();
    let cancel = job.cancel.clone();
    let end = tokio::select! {
        result = work(&job, &image, &direction, logins, &mut progress) => match (result, &direction) {
            (Ok(()), Direction::Pull { .. }) => {
                job.hub.names.add(image);
                End::Succeeded
            }
            (Ok(()), Direction::Push) => End::Succeeded,
            (Err(error), _) => End::from_engine(error, EngineError::into_registry_rpc),
        },
        () = cancel.cancelled() => End::Cancelled,
    };
    progress.tell(&job.tell).await;
    drop(permit);
    job.end(end);
}

async fn work(
    job: &Job,
    image: &Reference,
    direction: &Direction,
    logins: &Logins,
    progress: &mut Progress,
) -> Result<(), EngineError> {
    let engine = &job.hub.engine;
    let mut transfer = match direction {
        Direction::Pull { platform } => engine.pull(image, platform.as_deref(), logins).await?,
        Direction::Push => engine.push(image, logins).await?,
    };
    loop {
        tokio::select! {
            step = transfer.next() => match step? {
                Some(Step::Line(line)) => {
                    // What was said before of the layers comes before.
                    progress.tell(&job.tell).await;
                    job.outlet.text(format!("{line}\n")).await;
                }
                Some(step @ Step::Layer { .. }) => progress.note(job.id, step),
                None => return Ok(()),
            },
            () = progress.due() => progress.tell(&job.tell).await,
        }
    }
}
