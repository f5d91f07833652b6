//! What goes wrong, as the two ends say it.

use serde::{Deserialize, Serialize};

use crate::json::{names, record};

/// What kind of thing went wrong, with the number on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// −32700: not JSON.
    Parse,
    /// −32600: not a request.
    InvalidRequest,
    /// −32601: no such method.
    UnknownMethod,
    /// −32602: wrong parameters.
    InvalidParams,
    /// −32603: a fault of ours.
    Internal,
    /// −32800: the client cancelled it.
    Cancelled,
    /// −32001: no session, or a wrong proof.
    Unauthenticated,
    /// −32002: the session may not do this.
    ScopeDenied,
    /// −32003: the container policy forbids it; `detail` names the rule.
    PolicyDenied,
    /// −32004: no such image, container, job or stream.
    NotFound,
    /// −32005: the name is taken, or the object is in use.
    Conflict,
    /// −32006: over a limit; `detail` names it.
    LimitExceeded,
    /// −32007: no engine answers.
    EngineUnavailable,
    /// −32008: the engine refused; the message is its own text.
    EngineError,
    /// −32009: a registry refused; the message is its own text.
    RegistryError,
    /// −32011: no answer in time.
    Timeout,
    /// −32012: the engine's disk is full.
    DiskFull,
    /// −32013: the two ends speak different versions.
    VersionUnsupported,
    /// −32014: the stream has ended.
    StreamGone,
}

impl ErrorKind {
    /// The number on the wire.
    pub const fn code(self) -> i32 {
        match self {
            Self::Parse => -32700,
            Self::InvalidRequest => -32600,
            Self::UnknownMethod => -32601,
            Self::InvalidParams => -32602,
            Self::Internal => -32603,
            Self::Cancelled => -32800,
            Self::Unauthenticated => -32001,
            Self::ScopeDenied => -32002,
            Self::PolicyDenied => -32003,
            Self::NotFound => -32004,
            Self::Conflict => -32005,
            Self::LimitExceeded => -32006,
            Self::EngineUnavailable => -32007,
            Self::EngineError => -32008,
            Self::RegistryError => -32009,
            Self::Timeout => -32011,
            Self::DiskFull => -32012,
            Self::VersionUnsupported => -32013,
            Self::StreamGone => -32014,
        }
    }
}

/// An error as it goes over the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct RpcError {
    /// The number of `data.kind`.
    pub code: i32,
    /// One sentence for people. The engine's own words where it has words.
    pub message: String,
    /// What a program looks at.
    pub data: ErrorData,
}

/// The part of an error for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorData {
    /// The kind.
    pub kind: ErrorKind,
    /// The HTTP status that the engine or the registry answered with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// What `docker` would exit with: 127 where a command is not found, 126 where it may not be run, the code of a
    /// failed `RUN`. `None` where there is nothing more to say than that it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit: Option<u8>,
    /// More, cut at 2 KiB: the name of the rule or limit, what to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl RpcError {
    /// An error with a message.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let data = ErrorData { kind, status: None, exit: None, detail: None };
        Self { code: kind.code(), message: message.into(), data }
    }

    /// The same with the HTTP status of the answer that it came in.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.data.status = Some(status);
        self
    }

    /// The same with an exit code.
    #[must_use]
    pub fn with_exit(mut self, exit: u8) -> Self {
        self.data.exit = Some(exit);
        self
    }

    /// The same with a detail.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.data.detail = Some(detail.into());
        self
    }
}

record! {
    RpcError { code, message, data }
    ErrorData { kind, status, exit, detail }
}

names! {
    ErrorKind {
        "parse" Parse, "invalid_request" InvalidRequest, "unknown_method" UnknownMethod,
        "invalid_params" InvalidParams, "internal" Internal, "cancelled" Cancelled,
        "unauthenticated" Unauthenticated, "scope_denied" ScopeDenied, "policy_denied" PolicyDenied,
        "not_found" NotFound, "conflict" Conflict, "limit_exceeded" LimitExceeded,
        "engine_unavailable" EngineUnavailable, "engine_error" EngineError, "registry_error" RegistryError,
        "timeout" Timeout, "disk_full" DiskFull, "version_unsupported" VersionUnsupported,
        "stream_gone" StreamGone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{self, Read as _};

    #[test]
    fn the_page_knows_every_kind_of_error() {
        let all = serde_json::from_str::<ErrorKind>("\"?\"").unwrap_err().to_string();
        let names: Vec<_> = all.split('`').skip(3).step_by(2).collect();
        assert_eq!(names.len(), 19, "{all}");
        for name in names {
            let kind: ErrorKind = serde_json::from_str(&json::quoted(name)).unwrap();
            assert_eq!(ErrorKind::read(&name.into()), Some(kind));
        }
    }
}
