//! What the agent tells the page without being asked.

use serde::{Deserialize, Serialize};

use crate::{
    json::{Value, names},
    protocol::RpcError,
};

/// A notification to the page.
///
/// Serde's own form of it is `{"method": {params}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Event {
    /// The first message of a connection.
    #[serde(rename = "session.hello")]
    Hello {
        /// [`crate::protocol::VERSION`].
        protocol: u32,
        /// The agent's version.
        agent: String,
        /// 16 random bytes, hexadecimal.
        nonce: String,
    },
    /// A job began or ended.
    #[serde(rename = "job.state")]
    JobState {
        /// The job.
        job: u32,
        /// Its state.
        state: JobState,
        /// Why it failed.
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<RpcError>,
    },
    /// A step of a pull, push or build: at most ten a second for each job, the latest of each `id`.
    #[serde(rename = "job.progress")]
    JobProgress {
        /// The job.
        job: u32,
        /// The layer (12 digits), or the build step (`[2/3] RUN …`); empty for lines about the whole.
        id: String,
        /// What Docker says: `Pull complete`.
        text: String,
        /// Bytes so far.
        #[serde(skip_serializing_if = "Option::is_none")]
        current: Option<u64>,
        /// Bytes in all.
        #[serde(skip_serializing_if = "Option::is_none")]
        total: Option<u64>,
    },
    /// A process has ended. It comes after the last byte of its stream.
    #[serde(rename = "stream.exit")]
    StreamExit {
        /// The stream.
        stream: u32,
        /// The exit code, if the engine said it; never inferred.
        code: Option<i64>,
    },
    /// Bytes were dropped since the page did not grant credit in time.
    #[serde(rename = "stream.gap")]
    StreamGap {
        /// The stream.
        stream: u32,
        /// The channel's number.
        channel: u8,
        /// The offset of the first missing byte.
        from: u64,
        /// The offset of the next byte that comes.
        to: u64,
    },
    /// More room for input.
    #[serde(rename = "stream.credit")]
    StreamCredit {
        /// The stream.
        stream: u32,
        /// How many bytes more.
        bytes: u64,
    },
    /// The engine came or went.
    #[serde(rename = "engine.state")]
    EngineState {
        /// Its state.
        state: EngineState,
    },
    /// The agent is about to stop.
    #[serde(rename = "agent.closing")]
    Closing {
        /// Why.
        reason: String,
    },
}

/// How a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// It runs.
    Running,
    /// It did what was asked.
    Succeeded,
    /// It did not.
    Failed,
    /// It was stopped.
    Cancelled,
    /// The engine went away, and with it the knowledge.
    Lost,
}

/// How the engine stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EngineState {
    /// It answers.
    Up,
    /// It does not.
    Down,
}

names! {
    JobState {
        "running" Running, "succeeded" Succeeded, "failed" Failed, "cancelled" Cancelled, "lost" Lost,
    }
    EngineState { "up" Up, "down" Down }
}

impl Event {
    /// Reads a notification, or `None` if the method is not an event's or the parameters are not its.
    pub fn read(method: &str, it: &Value) -> Option<Self> {
        Some(match method {
            "session.hello" => Self::Hello {
                protocol: it.field("protocol")?,
                agent: it.field("agent")?,
                nonce: it.field("nonce")?,
            },
            "job.state" => Self::JobState {
                job: it.field("job")?,
                state: it.field("state")?,
                error: it.field("error")?,
            },
            "job.progress" => Self::JobProgress {
                job: it.field("job")?,
                id: it.field("id")?,
                text: it.field("text")?,
                current: it.field("current")?,
                total: it.field("total")?,
            },
            "stream.exit" => {
                Self::StreamExit { stream: it.field("stream")?, code: it.field("code")? }
            }
            "stream.gap" => Self::StreamGap {
                stream: it.field("stream")?,
                channel: it.field("channel")?,
                from: it.field("from")?,
                to: it.field("to")?,
            },
            "stream.credit" => {
                Self::StreamCredit { stream: it.field("stream")?, bytes: it.field("bytes")? }
            }
            "engine.state" => Self::EngineState { state: it.field("state")? },
            "agent.closing" => Self::Closing { reason: it.field("reason")? },
            _ => return None,
        })
    }

    /// The two fields of a notification: `{"method": …, "params": …}`.
    pub fn encode(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        let parts = text.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
        let (method, params) = parts.and_then(|it| it.split_once(':')).unwrap_or_default();
        format!("{{\"method\":{method},\"params\":{params}}}")
    }
}
