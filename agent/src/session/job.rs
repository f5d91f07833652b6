//! What every job has: a way to say things, a place for its bytes, and a way to be stopped.

use std::{collections::BTreeMap, sync::Arc};

use axum::extract::ws::Message;
use dockwright::protocol::{
    Event, RpcError,
    event::JobState,
    rpc::{encode_event, encode_response},
};
use serde_json::Value;
use tokio::{
    sync::mpsc,
    time::{Instant, Interval, MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;

use crate::{
    config,
    docker::{EngineError, Step},
    hub::Hub,
    session::outbox::Outlet,
};

/// The way to the page for everything but bytes.
#[derive(Debug, Clone)]
pub(crate) struct Tell(pub(super) mpsc::Sender<Message>);

impl Tell {
    /// Says something. If the connection has ended, nobody hears it, and the session notices that itself.
    pub(crate) async fn event(&self, event: &Event) {
        self.text(encode_event(event)).await;
    }

    /// Answers a request.
    pub(crate) async fn answer(&self, id: u64, result: &Result<Value, RpcError>) {
        self.text(encode_response(id, result)).await;
    }

    async fn text(&self, text: String) {
        let _gone = self.0.send(Message::text(text)).await;
    }
}

/// A job, as the task that does it sees it.
pub(crate) struct Job {
    pub(crate) id: u32,
    pub(crate) connection: u64,
    pub(crate) hub: Arc<Hub>,
    pub(crate) tell: Tell,
    pub(crate) outlet: Outlet,
    /// The page does not want it any more.
    pub(crate) cancel: CancellationToken,
}

/// How a job ended.
pub(crate) enum End {
    Succeeded,
    Cancelled,
    Failed(RpcError),
    Lost(RpcError),
}

impl End {
    /// The end that an error of the engine makes.
    pub(crate) fn from_engine(error: EngineError, rpc: fn(EngineError) -> RpcError) -> Self {
        if error.is_absence() { Self::Lost(rpc(error)) } else { Self::Failed(rpc(error)) }
    }
}

impl Job {
    /// Says that it runs.
    pub(crate) async fn running(&self) {
        self.tell
            .event(&Event::JobState { job: self.id, state: JobState::Running, error: None })
            .await;
    }

    /// The page knows the stream's number now.
    pub(crate) fn open(&self) {
        self.outlet.open();
    }

    /// Says how it ended, after the last byte.
    pub(crate) fn end(&self, end: End) {
        self.outlet.end(&[self.ended(end)]);
    }

    /// The event that says how it ended.
    pub(crate) fn ended(&self, end: End) -> Event {
        let (state, error) = match end {
            End::Succeeded => (JobState::Succeeded, None),
            End::Cancelled => (JobState::Cancelled, None),
            End::Failed(error) => (JobState::Failed, Some(error)),
            End::Lost(error) => (JobState::Lost, Some(error)),
        };
        Event::JobState { job: self.id, state, error }
    }
}

/// Progress on its way to the page: of each layer or step the latest, ten times a second.
pub(crate) struct Progress {
    waiting: BTreeMap<String, Event>,
    told: Interval,
}

impl Progress {
    pub(crate) fn new() -> Self {
        let mut told = interval(config::PROGRESS_EVERY);
        told.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { waiting: BTreeMap::new(), told }
    }

    /// Notes how a layer or step stands.
    pub(crate) fn note(&mut self, job: u32, step: Step) {
        let (id, text, current, total) = match step {
            Step::Line(text) => (String::new(), text, None, None),
            Step::Layer { id, text, current, total } => (id, text, current, total),
        };
        let event = Event::JobProgress { job, id: id.clone(), text, current, total };
        self.waiting.insert(id, event);
    }

    /// When it is time to tell. Safe to cancel.
    pub(crate) async fn due(&mut self) {
        if self.waiting.is_empty() {
            std::future::pending::<Instant>().await;
        }
        self.told.tick().await;
    }

    /// Tells.
    pub(crate) async fn tell(&mut self, tell: &Tell) {
        while let Some((_, event)) = self.waiting.pop_first() {
            tell.event(&event).await;
        }
    }
}
