//! What the connection to the agent says to the page.

use serde::Serialize;
use tsify::Tsify;

use crate::protocol::call;

/// What happens on a connection to the agent.
#[derive(Serialize, Tsify)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum AgentEvent {
    /// Text for the terminal. `bytes` counts what the page must say with `granted` once it has shown it.
    Output {
        /// Where it goes.
        stream: OutputStream,
        /// The text.
        text: String,
        /// Bytes of the stream, 0 for text that is not from a stream.
        bytes: u32,
    },
    /// How far a layer or step is.
    Progress {
        /// Which.
        id: String,
        /// What it does.
        text: String,
        /// Bytes so far.
        current: u64,
        /// Bytes in all, 0 if nobody knows.
        total: u64,
    },
    /// Raw terminal bytes begin or end: they come through the other callback.
    Tty {
        /// Whether they begin.
        on: bool,
    },
    /// A question: answer it with `answer`.
    Prompt {
        /// The question.
        text: String,
        /// Whether the answer must not be shown.
        secret: bool,
    },
    /// The engine came or went.
    Engine {
        /// Whether it answers.
        up: bool,
    },
    /// The connection has ended.
    Closed {
        /// Why, as a sentence.
        reason: String,
    },
}

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum OutputStream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
    /// Dockwright's own words.
    Note,
}

/// What engine there is.
#[derive(Serialize, Tsify)]
pub struct Engine {
    name: String,
    version: String,
    api: String,
    platform: String,
    buildkit: bool,
    warnings: Vec<String>,
}

impl From<call::EngineInfo> for Engine {
    fn from(it: call::EngineInfo) -> Self {
        let call::EngineInfo { name, version, api, os, arch, buildkit, warnings } = it;
        Self { name, version, api, platform: format!("{os}/{arch}"), buildkit, warnings }
    }
}

/// Why there is no connection.
#[derive(Serialize, Tsify)]
pub struct ConnectError {
    /// A kind of `dockwright.v1`, such as `unauthenticated`.
    pub(super) kind: String,
    /// A sentence, with what to do.
    pub(super) message: String,
}
