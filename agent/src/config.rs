//! Every limit and every time, with its name.

use std::time::Duration;

/// Where the page is served if nothing else is said.
pub(crate) const PORT: u16 = 7878;

/// How long a request's head may take to arrive.
pub(crate) const HEAD_TIME: Duration = Duration::from_secs(10);
/// The longest request head, in bytes.
pub(crate) const MAX_HEAD: usize = 64 * 1024;
/// The longest body of `POST /v1/session`, in bytes.
pub(crate) const MAX_PAIRING_BODY: usize = 1024;
/// The most TCP connections at once.
pub(crate) const MAX_CONNECTIONS: usize = 256;
/// The most WebSockets at once.
pub(crate) const MAX_SOCKETS: usize = 64;
/// The most WebSockets that have not proved themselves yet.
pub(crate) const MAX_STRANGERS: usize = 16;

/// How long a printed link can be used.
pub(crate) const CODE_TIME: Duration = Duration::from_mins(10);
/// How long a session lives without a message.
pub(crate) const SESSION_IDLE: Duration = Duration::from_mins(30);
/// How long a session lives at most.
pub(crate) const SESSION_TIME: Duration = Duration::from_hours(12);
/// The most sessions; the one idle for longest makes room.
pub(crate) const MAX_SESSIONS: usize = 64;
/// How many wrong codes or proofs in a minute are answered at once.
pub(crate) const FAILURES_PER_MINUTE: usize = 10;
/// How long the next ones wait.
pub(crate) const FAILURE_DELAY: Duration = Duration::from_secs(1);

/// How long a page has for `session.auth`.
pub(crate) const AUTH_TIME: Duration = Duration::from_secs(5);
/// The longest message before that, in bytes.
pub(crate) const MAX_AUTH_MESSAGE: usize = 4 * 1024;
/// How often the agent asks whether the page is there.
pub(crate) const PING_EVERY: Duration = Duration::from_secs(15);
/// After how much silence a page is gone.
pub(crate) const SILENCE: Duration = Duration::from_secs(45);
/// How long one message may take to leave.
pub(crate) const SEND_TIME: Duration = Duration::from_secs(30);
/// The WebSocket's read buffer: 128 KiB each is what it would be by default.
pub(crate) const READ_BUFFER: usize = 8 * 1024;
/// The most bytes that wait for the network in one WebSocket.
pub(crate) const MAX_WRITE_BUFFER: usize = 1024 * 1024;
/// Messages that wait for the writer of a WebSocket.
pub(crate) const CONTROL_QUEUE: usize = 256;
/// Requests a second, sustained, and at once.
pub(crate) const CALLS_PER_SECOND: u32 = 50;
/// Requests at once.
pub(crate) const CALLS_AT_ONCE: u32 = 100;
/// The most calls and jobs of a connection that are being worked on.
pub(crate) const MAX_TASKS: usize = 96;
/// The most streams and contexts of a connection at once.
pub(crate) const MAX_STREAMS: usize = 32;
/// The most committed or open build contexts of a connection.
pub(crate) const MAX_CONTEXTS: usize = 4;

/// The largest piece of output in one frame; streams take turns after each.
pub(crate) const TURN: usize = 32 * 1024;
/// How much output of a stream waits before its producer does.
pub(crate) const HELD: usize = 128 * 1024;
/// How long a producer waits for a page that takes nothing: the engine must not be held up for longer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(2);
/// How much output is kept of a stream that nobody takes; the oldest goes first.
pub(crate) const RING: usize = 1024 * 1024;
/// How long the last output of a stream that has ended waits for a page that grants nothing.
pub(crate) const LAST_CREDIT: Duration = Duration::from_mins(1);
/// The most credit that a page can give.
pub(crate) const MAX_CREDIT: u64 = 16 * 1024 * 1024;
/// How often progress is told.
pub(crate) const PROGRESS_EVERY: Duration = Duration::from_millis(100);

/// Builds at once, in the whole agent.
pub(crate) const MAX_BUILDS: usize = 2;
/// Pulls and pushes at once.
pub(crate) const MAX_TRANSFERS: usize = 3;
/// Containers at once.
pub(crate) const MAX_RUNS: usize = 8;
/// How long a build goes on when its page has gone: it may be nearly done.
pub(crate) const BUILD_GRACE: Duration = Duration::from_secs(5);
/// How long containers that were started with `--detach` stay when no page is connected.
pub(crate) const DETACHED_GRACE: Duration = Duration::from_secs(30);
/// How long the end of everything may take.
pub(crate) const SHUTDOWN: Duration = Duration::from_secs(10);
/// How long cleaning up after a connection may take.
pub(crate) const CLEAN_UP: Duration = Duration::from_secs(8);

/// How long the engine has for a short answer.
pub(crate) const ENGINE_TIME: Duration = Duration::from_secs(30);
/// How long the engine has to describe itself.
pub(crate) const ENGINE_INFO: Duration = Duration::from_secs(5);
/// How long the engine has to say that it is there.
pub(crate) const ENGINE_PING: Duration = Duration::from_secs(2);
/// How often it is asked.
pub(crate) const ENGINE_WATCH: Duration = Duration::from_secs(3);
/// The longest answer of the engine that is kept whole, in bytes.
pub(crate) const MAX_ENGINE_ANSWER: usize = 8 * 1024 * 1024;
