//! One connection: the closed loop over everything that can happen to it.

mod auth;
mod build;
mod calls;
mod context;
mod inbox;
mod job;
mod outbox;
mod run;
mod transfer;

use std::{collections::BTreeMap, sync::Arc};

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use bytes::Bytes;
use dockwright::protocol::{
    Channel, ErrorKind, Event, Frame, FromPage, RpcError, event::EngineState,
};
use futures_util::{
    SinkExt as _, StreamExt as _,
    stream::{SplitSink, SplitStream},
};
use serde_json::Value;
use tokio::{
    sync::{OwnedSemaphorePermit, mpsc},
    task::JoinSet,
    time::{Instant, interval_at, timeout},
};
use tokio_util::sync::CancellationToken;

use self::{
    context::Context,
    job::Tell,
    outbox::{Out, Outbox, Outlet},
    run::Handles,
};
use crate::{config, docker::Logins, hub::Hub};

/// Close codes of our own, beside those of the WebSocket protocol.
const UNAUTHENTICATED: u16 = 4401;
const AUTH_TIMEOUT: u16 = 4408;
const OVERLOADED: u16 = 1013;

/// What can happen to a connection.
enum Happening {
    Text(String),
    Binary(Bytes),
    /// A pong: the page is there.
    Alive,
    /// The page has closed the connection, or it broke.
    Hangup,
    /// Messages too long, or broken.
    Malformed,
    /// A task is done.
    Done(Done),
    /// It is time to ask whether the page is there.
    Tick,
    /// The engine came or went.
    Engine(bool),
    /// The agent stops.
    Stop,
}

/// What a task has done.
enum Done {
    Answer(u64, Result<Value, RpcError>),
    Job(u32),
    Nothing,
}

/// A job, as the session sees it.
struct Task {
    outlet: Outlet,
    cancel: CancellationToken,
    handles: Handles,
    /// Whether it may go on for a while without its page.
    has_grace: bool,
}

/// A connection that has proved itself.
struct Session {
    hub: Arc<Hub>,
    sid: String,
    connection: u64,
    logins: Arc<Logins>,
    tell: Tell,
    outbox: Arc<Outbox>,
    tasks: JoinSet<Done>,
    jobs: BTreeMap<u32, Task>,
    contexts: BTreeMap<u32, Context>,
    /// Jobs, streams and contexts have numbers of one series.
    last: u32,
    calls: u32,
    calls_since: Instant,
}

/// Why a connection ends.
struct Ending {
    code: u16,
    reason: &'static str,
}

/// Serves a connection until it ends.
pub(crate) async fn serve(hub: Arc<Hub>, socket: WebSocket, origin: String) {
    let Ok(_room) = Arc::clone(&hub.room.sockets).try_acquire_owned() else {
        let (mut write, _) = socket.split();
        close(&mut write, &Ending { code: OVERLOADED, reason: "too many connections" }).await;
        return;
    };
    let (mut write, mut read) = socket.split();
    let Ok(stranger) = Arc::clone(&hub.room.strangers).try_acquire_owned() else {
        close(&mut write, &Ending { code: OVERLOADED, reason: "too many connections" }).await;
        return;
    };
    match auth::authenticate(&hub, &mut write, &mut read, &origin).await {
        Ok(page) => serve_page(hub, page, write, read, stranger).await,
        Err(ending) => close(&mut write, &ending).await,
    }
}

async fn serve_page(
    hub: Arc<Hub>,
    page: auth::Page,
    write: SplitSink<WebSocket, Message>,
    read: SplitStream<WebSocket>,
    stranger: OwnedSemaphorePermit,
) {
    drop(stranger);
    let auth::Page { sid, logins } = page;
    let connection = hub.fleet.connect(&sid);
    let (control, queue) = mpsc::channel(config::CONTROL_QUEUE);
    let outbox = Arc::new(Outbox::default());
    let mut writer = JoinSet::new();
    writer.spawn(send_all(write, queue, Arc::clone(&outbox)));
    let mut session = Session {
        hub,
        sid,
        connection,
        logins,
        tell: Tell(control),
        outbox,
        tasks: JoinSet::new(),
        jobs: BTreeMap::new(),
        contexts: BTreeMap::new(),
        last: 0,
        calls: 0,
        calls_since: Instant::now(),
    };
    let ending = session.run(read, &mut writer).await;
    session.end(ending).await;
    // The writer ends with the close frame, or after its own time.
    let _ended = timeout(config::AUTH_TIME, writer.join_next()).await;
}

/// The writer: control first, then bytes.
async fn send_all(
    mut write: SplitSink<WebSocket, Message>,
    mut queue: mpsc::Receiver<Message>,
    outbox: Arc<Outbox>,
) {
    loop {
        let message = tokio::select! {
            biased;
            message = queue.recv() => match message {
                Some(message) => message,
                None => return,
            },
            out = outbox.next() => match out {
                Out::Text(text) => Message::text(text),
                Out::Binary(bytes) => Message::binary(bytes),
            },
        };
        let last = matches!(message, Message::Close(_));
        if !matches!(timeout(config::SEND_TIME, write.send(message)).await, Ok(Ok(()))) || last {
            return;
        }
    }
}

impl Session {
    async fn run(&mut self, mut read: SplitStream<WebSocket>, writer: &mut JoinSet<()>) -> Ending {
        let mut tick = interval_at(Instant::now() + config::PING_EVERY, config::PING_EVERY);
        let mut up = self.hub.up.clone();
        up.mark_unchanged();
        let mut heard = Instant::now();
        let stop = self.hub.stop.clone();
        loop {
            let happening = tokio::select! {
                message = read.next() => Happening::from(message),
                Some(done) = self.tasks.join_next() => Happening::Done(done.unwrap_or(Done::Nothing)),
                Ok(()) = up.changed() => Happening::Engine(*up.borrow_and_update()),
                _ = tick.tick() => Happening::Tick,
                _ = writer.join_next() => Happening::Hangup,
                () = stop.cancelled() => Happening::Stop,
            };
            if matches!(happening, Happening::Text(_) | Happening::Binary(_) | Happening::Alive) {
                heard = Instant::now();
            }
            match happening {
                Happening::Text(text) => {
                    if let Err(ending) = self.text(&text).await {
                        return ending;
                    }
                }
                Happening::Binary(bytes) => {
                    if let Err(ending) = self.binary(&bytes).await {
                        return ending;
                    }
                }
                Happening::Done(Done::Answer(id, result)) => self.tell.answer(id, &result).await,
                Happening::Done(Done::Job(job)) => drop(self.jobs.remove(&job)),
                Happening::Alive | Happening::Done(Done::Nothing) => (),
                Happening::Engine(up) => {
                    let state = if up { EngineState::Up } else { EngineState::Down };
                    self.tell.event(&Event::EngineState { state }).await;
                }
                Happening::Tick => {
                    self.outbox.expire();
                    if heard.elapsed() >= config::SILENCE {
                        return Ending {
                            code: close_code::AWAY,
                            reason: "no answer from the page",
                        };
                    }
                    if !self.jobs.is_empty() {
                        self.hub.pairing.touch(&self.sid);
                    }
                    if !self.hub.pairing.is_alive(&self.sid) {
                        return Ending { code: UNAUTHENTICATED, reason: "the session has ended" };
                    }
                    if self.tell.0.try_send(Message::Ping(Bytes::new())).is_err() {
                        return Ending {
                            code: close_code::POLICY,
                            reason: "the page takes no messages",
                        };
                    }
                }
                Happening::Hangup => return Ending { code: close_code::NORMAL, reason: "" },
                Happening::Malformed => {
                    return Ending { code: close_code::SIZE, reason: "a message is too long" };
                }
                Happening::Stop => {
                    self.tell
                        .event(&Event::Closing { reason: "The agent was stopped".to_owned() })
                        .await;
                    return Ending { code: close_code::AWAY, reason: "the agent was stopped" };
                }
            }
        }
    }

    async fn text(&mut self, text: &str) -> Result<(), Ending> {
        self.hub.pairing.touch(&self.sid);
        match FromPage::decode(text) {
            Ok(FromPage::Request { id, call }) => {
                let answer = match call {
                    _ if !self.may_call() => {
                        let text = "too many requests: wait a second";
                        Some(
                            Err(RpcError::new(ErrorKind::LimitExceeded, text).with_detail("calls")),
                        )
                    }
                    Ok(call) => self.call(id, call),
                    Err(error) => Some(Err(error)),
                };
                if let Some(answer) = answer {
                    self.tell.answer(id, &answer).await;
                }
                Ok(())
            }
            Ok(FromPage::Notification(Ok(call))) => {
                self.notify(call);
                Ok(())
            }
            Ok(FromPage::Notification(Err(_))) | Err(_) => {
                Err(Ending { code: close_code::POLICY, reason: "not a message of dockwright.v1" })
            }
        }
    }

    async fn binary(&mut self, bytes: &[u8]) -> Result<(), Ending> {
        self.hub.pairing.touch(&self.sid);
        let Ok(Frame { channel, stream, offset, payload }) = Frame::decode(bytes) else {
            return Err(Ending {
                code: close_code::UNSUPPORTED,
                reason: "not a frame of dockwright.v1",
            });
        };
        let overrun = || Ending { code: close_code::POLICY, reason: "input beyond the credit" };
        match channel {
            Channel::Stdin => {
                if let Some(context) = self.contexts.get_mut(&stream) {
                    if let Some(bytes) = context.bytes(offset, payload).map_err(|_| overrun())? {
                        self.tell.event(&Event::StreamCredit { stream, bytes }).await;
                    }
                } else if let Some(task) = self.jobs.get(&stream) {
                    task.handles.inbox.put(offset, payload).map_err(|_| overrun())?;
                }
                // A stream that has just ended takes nothing more, and the page could not know.
                Ok(())
            }
            Channel::Close => {
                self.eof(stream);
                Ok(())
            }
            Channel::Stdout | Channel::Stderr => {
                Err(Ending { code: close_code::UNSUPPORTED, reason: "a page sends input only" })
            }
        }
    }

    /// Whether a request may be looked at now.
    fn may_call(&mut self) -> bool {
        let whole = self.calls_since.elapsed().as_secs();
        if whole > 0 {
            let earned =
                u32::try_from(whole).unwrap_or(u32::MAX).saturating_mul(config::CALLS_PER_SECOND);
            self.calls = self.calls.saturating_sub(earned);
            self.calls_since = Instant::now();
        }
        self.calls += 1;
        self.calls <= config::CALLS_AT_ONCE && self.tasks.len() < config::MAX_TASKS
    }

    /// Ends everything that the page has started.
    async fn end(mut self, ending: Ending) {
        let Ending { code, reason } = ending;
        let frame = CloseFrame { code, reason: reason.into() };
        // If the queue is full, nobody reads it.
        let _full = self.tell.0.try_send(Message::Close(Some(frame)));
        for task in self.jobs.values() {
            task.outlet.discard();
            if !task.has_grace || self.hub.stop.is_cancelled() {
                task.cancel.cancel();
            }
        }
        let stop = self.hub.stop.clone();
        let in_time = tokio::select! {
            ended = timeout(config::BUILD_GRACE, self.finish()) => ended.is_ok(),
            () = stop.cancelled() => false,
        };
        if !in_time {
            self.jobs.values().for_each(|it| it.cancel.cancel());
            // What is not done then is done by the one who looks after orphans.
            let _late = timeout(config::CLEAN_UP, self.finish()).await;
        }
        self.hub.fleet.disconnect(self.connection);
    }
}

impl Session {
    /// Waits for all tasks.
    async fn finish(&mut self) {
        while self.tasks.join_next().await.is_some() {}
    }
}

impl Happening {
    fn from(message: Option<Result<Message, axum::Error>>) -> Self {
        match message {
            Some(Ok(Message::Text(text))) if text.len() <= dockwright::protocol::MAX_TEXT => {
                Self::Text(text.as_str().to_owned())
            }
            Some(Ok(Message::Text(_))) => Self::Malformed,
            Some(Ok(Message::Binary(bytes))) => Self::Binary(bytes),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Self::Alive,
            Some(Ok(Message::Close(_))) | None => Self::Hangup,
            Some(Err(error)) => {
                let too_long = error.to_string().contains("too long");
                if too_long { Self::Malformed } else { Self::Hangup }
            }
        }
    }
}

async fn close(write: &mut SplitSink<WebSocket, Message>, ending: &Ending) {
    let frame = CloseFrame { code: ending.code, reason: ending.reason.into() };
    let _gone = timeout(config::AUTH_TIME, write.send(Message::Close(Some(frame)))).await;
}
