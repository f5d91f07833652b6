//! The JSON-RPC 2.0 envelope.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    json,
    protocol::{Call, ErrorKind, Event, RpcError},
};

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
