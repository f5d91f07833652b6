//! The JSON-RPC 2.0 envelope and its errors.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    json::{self, names, record},
    protocol::{Call, Event},
};

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

/// A message that the agent has received.
#[derive(Debug, Clone, PartialEq)]
pub enum FromPage {
    /// A request: it must be answered under the same id.
    Request {
        /// Unique in the connection.
        id: u64,
        /// What is asked, or why it cannot be.
        call: Result<Call, RpcError>,
    },
    /// A notification. Malformed ones are errors without an id.
    Notification(Result<Call, RpcError>),
}

/// A message that the page has received. The page is never asked anything.
#[derive(Debug, Clone)]
pub enum FromAgent {
    /// The answer to a request.
    Response {
        /// The request's id.
        id: u64,
        /// The answer.
        result: Result<json::Value, RpcError>,
    },
    /// A notification.
    Event(Event),
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

impl FromAgent {
    /// Reads a text frame.
    ///
    /// # Errors
    /// If it is neither an answer nor a notification that this version knows.
    pub fn decode(text: &str) -> Result<Self, RpcError> {
        let heard = json::parse(text);
        heard.and_then(|it| Self::read(&it)).ok_or_else(|| {
            let message = "neither an answer nor an event that this version knows";
            RpcError::new(ErrorKind::InvalidRequest, message)
        })
    }

    fn read(it: &json::Value) -> Option<Self> {
        let method: Option<String> = it.field("method")?;
        let error: Option<RpcError> = it.field("error")?;
        match (it.field("id")?, method, it.get("result"), error) {
            (None, Some(method), None, None) => {
                let params = it.get("params").unwrap_or(&json::Value::Null);
                Event::read(&method, params).map(Self::Event)
            }
            (Some(id), None, Some(result), None) => {
                Some(Self::Response { id, result: Ok(result.clone()) })
            }
            (Some(id), None, None, Some(error)) => Some(Self::Response { id, result: Err(error) }),
            (_, _, _, _) => None,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    jsonrpc: String,
    id: Option<u64>,
    method: String,
    params: Option<Value>,
}

impl FromPage {
    /// Reads a text frame. Batches (arrays) are refused.
    ///
    /// # Errors
    /// `Parse` or `InvalidRequest`, to be sent without an id.
    pub fn decode(text: &str) -> Result<Self, RpcError> {
        let value: Value = serde_json::from_str(text)
            .map_err(|it| RpcError::new(ErrorKind::Parse, format!("not JSON: {it}")))?;
        let invalid = |it: String| RpcError::new(ErrorKind::InvalidRequest, it);
        let envelope: Envelope = serde_json::from_value(value)
            .map_err(|it| invalid(format!("not a JSON-RPC message: {it}")))?;
        if envelope.jsonrpc != "2.0" {
            return Err(invalid("`jsonrpc` must be \"2.0\"".to_owned()));
        }
        let params = envelope.params.unwrap_or_else(|| Value::Object(serde_json::Map::default()));
        let call = Call::decode(&envelope.method, params);
        match envelope.id {
            Some(id) => Ok(Self::Request { id, call }),
            None => Ok(Self::Notification(call)),
        }
    }
}

/// A request with an id, or a notification without.
pub fn encode_call(id: Option<u64>, call: &Call) -> String {
    envelope(id, &json(call))
}

/// A notification to the page.
pub fn encode_event(event: &Event) -> String {
    envelope(None, &event.encode())
}

/// An answer.
pub fn encode_response(id: u64, result: &Result<Value, RpcError>) -> String {
    let body = match result {
        Ok(result) => format!("{{\"result\":{}}}", json(result)),
        Err(error) => format!("{{\"error\":{}}}", json(error)),
    };
    envelope(Some(id), &body)
}

/// The types hold nothing that JSON cannot say: string keys, no NaN.
fn json(it: &impl Serialize) -> String {
    serde_json::to_string(it).unwrap_or_default()
}

/// Puts version and id in front of the fields of `object`, a JSON object that is not empty.
fn envelope(id: Option<u64>, object: &str) -> String {
    let fields = object.strip_prefix('{').unwrap_or_default();
    match id {
        Some(id) => format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},{fields}"),
        None => format!("{{\"jsonrpc\":\"2.0\",{fields}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Read as _;
    use crate::protocol::{
        call::{Credit, Nothing, Ping},
        event::{EngineState, JobState},
    };

    #[track_caller]
    fn check_error(text: &str, kind: ErrorKind) {
        let found = match FromPage::decode(text) {
            Ok(FromPage::Request { call: Err(error), .. } | FromPage::Notification(Err(error)))
            | Err(error) => error,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!((found.data.kind, found.code), (kind, kind.code()), "{text}: {found}");
    }

    #[test]
    fn calls_come_back_as_they_went() {
        for (id, call) in [
            (Some(1), Call::Ping(Ping { t: 7 })),
            (None, Call::EngineInfo(Nothing {})),
            (None, Call::StreamCredit(Credit { stream: 1, bytes: 2 })),
        ] {
            let text = encode_call(id, &call);
            let expected = match id {
                Some(id) => FromPage::Request { id, call: Ok(call) },
                None => FromPage::Notification(Ok(call)),
            };
            assert_eq!(FromPage::decode(&text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_call_is_an_error_of_its_kind() {
        check_error("{", ErrorKind::Parse);
        check_error("[]", ErrorKind::InvalidRequest);
        check_error("{}", ErrorKind::InvalidRequest);
        check_error(
            r#"{"jsonrpc":"1.0","id":1,"method":"engine.info"}"#,
            ErrorKind::InvalidRequest,
        );
        check_error(
            r#"{"jsonrpc":"2.0","id":-1,"method":"engine.info"}"#,
            ErrorKind::InvalidRequest,
        );
        check_error(
            r#"{"jsonrpc":"2.0","id":1,"method":"engine.info","extra":1}"#,
            ErrorKind::InvalidRequest,
        );
        check_error(
            r#"{"jsonrpc":"2.0","id":1,"method":"container.privileged"}"#,
            ErrorKind::UnknownMethod,
        );
        check_error(
            r#"{"jsonrpc":"2.0","id":1,"method":"session.ping"}"#,
            ErrorKind::InvalidParams,
        );
        let privileged = r#"{"jsonrpc":"2.0","id":1,"method":"container.run","params":{"image":"a","privileged":true}}"#;
        check_error(privileged, ErrorKind::InvalidParams);
    }

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

    #[test]
    fn the_page_reads_answers_and_events() {
        let error = Some(RpcError::new(ErrorKind::DiskFull, "full").with_detail("d"));
        let states =
            [JobState::Running, JobState::Succeeded, JobState::Failed, JobState::Cancelled];
        let states = states.map(|state| Event::JobState { job: 1, state, error: None });
        let (id, text) = ("a".to_owned(), "b".to_owned());
        let events = [
            Event::Hello { protocol: 1, agent: "a".to_owned(), nonce: "b".to_owned() },
            Event::JobState { job: 1, state: JobState::Lost, error },
            Event::JobProgress { job: 1, id, text, current: Some(2), total: None },
            Event::StreamExit { stream: 1, code: Some(-1) },
            Event::StreamGap { stream: 1, channel: 2, from: 3, to: u64::MAX },
            Event::StreamCredit { stream: 1, bytes: 2 },
            Event::EngineState { state: EngineState::Up },
            Event::EngineState { state: EngineState::Down },
            Event::Closing { reason: "r".to_owned() },
        ];
        for event in events.into_iter().chain(states) {
            let found = FromAgent::decode(&encode_event(&event)).unwrap();
            assert!(matches!(&found, FromAgent::Event(it) if *it == event), "{found:?}");
        }

        let text = encode_response(3, &Ok(serde_json::json!({ "a": 1 })));
        let found = FromAgent::decode(&text).unwrap();
        assert!(
            matches!(&found, FromAgent::Response { id: 3, result: Ok(it) } if it.to_string() == r#"{"a":1}"#),
            "{found:?}"
        );

        let error = RpcError::new(ErrorKind::NotFound, "no such image").with_exit(125);
        let found = FromAgent::decode(&encode_response(4, &Err(error.clone()))).unwrap();
        assert!(
            matches!(&found, FromAgent::Response { id: 4, result: Err(it) } if *it == error),
            "{found:?}"
        );

        for bad in [
            "",
            "[]",
            r#"{"id":1}"#,
            r#"{"id":1,"result":1,"error":null,"x":"#,
            r#"{"method":"nope","params":{}}"#,
        ] {
            assert!(FromAgent::decode(bad).is_err(), "{bad}");
        }
    }
}
