//! `build.start`

use dockwright::{
    engine::print::units::long_size,
    image::reference::Reference,
    protocol::call::{BuildStart, Builder},
};
use tokio::sync::OwnedSemaphorePermit;

use crate::{
    docker::{Building, EngineError, Logins, Said, Sources},
    session::{
        context::Packed,
        job::{End, Job, Progress},
    },
};

/// Builds, and says how it went.
pub(crate) async fn run(
    job: Job,
    build: BuildStart,
    context: Packed,
    logins: &Logins,
    permit: OwnedSemaphorePermit,
) {
    job.running().await;
    let cancel = job.cancel.clone();
    let end = tokio::select! {
        end = work(&job, &build, context, logins) => end,
        // Dropping the work stops the build.
        () = cancel.cancelled() => End::Cancelled,
    };
    drop(permit);
    job.end(end);
}

async fn work(job: &Job, build: &BuildStart, context: Packed, logins: &Logins) -> End {
    match try_work(job, build, context, logins).await {
        Ok(()) => {
            let names = build.tags.iter().filter_map(|it| it.parse::<Reference>().ok());
            names.for_each(|it| job.hub.names.add(it));
            End::Succeeded
        }
        Err(error) => End::from_engine(error, EngineError::into_rpc),
    }
}

async fn try_work(
    job: &Job,
    build: &BuildStart,
    context: Packed,
    logins: &Logins,
) -> Result<(), EngineError> {
    let engine = &job.hub.engine;
    let builder = match build.builder {
        Some(builder) => builder,
        None if engine.info().await?.buildkit => Builder::Buildkit,
        None => Builder::Classic,
    };
    if builder == Builder::Classic {
        let size = long_size(context.tar.len() as u64);
        job.outlet.text(format!("Sending build context to Docker daemon  {size}\n")).await;
    }
    let dockerfile = context.dockerfile(&build.dockerfile).to_owned();
    let sources = Sources { tar: context.tar, dockerfile };
    let mut building = engine.build(build, builder, sources, logins).await?;
    let mut progress = Progress::new();
    let followed = follow(job, &mut building, &mut progress).await;
    progress.tell(&job.tell).await;
    followed?;
    if builder == Builder::Buildkit {
        // The first name was given by the build.
        if let Some((first, others)) = build.tags.split_first() {
            for other in others {
                if let Ok(name) = other.parse() {
                    engine.tag(first, &name).await?;
                }
            }
        }
    }
    Ok(())
}

async fn follow(
    job: &Job,
    building: &mut Building,
    progress: &mut Progress,
) -> Result<(), EngineError> {
    let mut built = false;
    loop {
        tokio::select! {
            said = building.next() => match said? {
                Some(Said::Built) => built = true,
                Some(Said::Text(text)) => job.outlet.text(text).await,
                Some(Said::Step(step)) => progress.note(job.id, step),
                None if built => return Ok(()),
                // An engine that is killed just stops talking.
                None => return Err(EngineError::Gone),
            },
            () = progress.due() => progress.tell(&job.tell).await,
        }
    }
}
