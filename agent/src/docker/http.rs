//! Plain HTTP over the engine's socket, where the bytes matter.

use std::collections::VecDeque;

use axum::http::{Method, Request, StatusCode, header};
use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt as _, Full};
use hyper::{body::Incoming, client::conn::http1, upgrade::Upgraded};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::{net::UnixStream, task::JoinSet, time::timeout};

use super::{Engine, EngineError};
use crate::config;

/// What is asked.
pub(super) struct Ask {
    request: axum::http::request::Builder,
    body: Bytes,
}

impl Ask {
    pub(super) fn new(method: Method, path: &str) -> Self {
        let request = Request::builder().method(method).uri(path).header(header::HOST, "docker");
        Self { request, body: Bytes::new() }
    }

    pub(super) fn get(path: &str) -> Self {
        Self::new(Method::GET, path)
    }

    pub(super) fn post(path: &str) -> Self {
        Self::new(Method::POST, path)
    }

    pub(super) fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    pub(super) fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string().into())
    }

    pub(super) fn body(mut self, media_type: &str, body: Bytes) -> Self {
        self.body = body;
        self.header(header::CONTENT_TYPE.as_str(), media_type)
    }
}

/// The engine's answer, whose body has not been read. The connection lives as long as it does.
#[derive(Debug)]
pub(super) struct Answer {
    response: hyper::Response<Incoming>,
    connection: JoinSet<()>,
}

impl Engine {
    /// Asks; the head of the answer may take as long as the engine works on it.
    async fn send(&self, ask: Ask) -> Result<Answer, EngineError> {
        let stream = UnixStream::connect(self.socket.as_path())
            .await
            .map_err(|it| EngineError::from_connect(&it, &self.socket))?;
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(|_| EngineError::Gone)?;
        let mut task = JoinSet::new();
        task.spawn(async move {
            // How it ended is seen by the one who reads the answer.
            let _ended = connection.with_upgrades().await;
        });
        let request = ask
            .request
            .body(Full::new(ask.body))
            .map_err(|it| EngineError::Strange(it.to_string()))?;
        let response = sender.send_request(request).await.map_err(|_| EngineError::Gone)?;
        Ok(Answer { response, connection: task })
    }

    /// Asks, and turns an answer that is an error into one.
    async fn ask(&self, ask: Ask) -> Result<Answer, EngineError> {
        let answer = self.send(ask).await?;
        let status = answer.response.status();
        if status.is_success() || status == StatusCode::SWITCHING_PROTOCOLS {
            return Ok(answer);
        }
        let body = answer.bytes().await?;
        let json: Option<Value> = serde_json::from_slice(&body).ok();
        let message = json.as_ref().and_then(|it| it.get("message")).and_then(Value::as_str);
        let message =
            message.map_or_else(|| String::from_utf8_lossy(&body).into_owned(), str::to_owned);
        Err(EngineError::Refused {
            status: status.as_u16(),
            message: message.trim_end().to_owned(),
        })
    }

    /// Asks for JSON, within the time of a short answer.
    pub(super) async fn json(&self, ask: Ask) -> Result<Value, EngineError> {
        self.json_within(ask, config::ENGINE_TIME).await
    }

    /// Asks for JSON.
    pub(super) async fn json_within(
        &self,
        ask: Ask,
        time: std::time::Duration,
    ) -> Result<Value, EngineError> {
        let asked = async { self.ask(ask).await?.bytes().await };
        let bytes = timeout(time, asked).await.map_err(|_| EngineError::Timeout)??;
        if bytes.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_slice(&bytes).map_err(|it| EngineError::Strange(it.to_string()))
    }

    /// Asks for a stream of JSON objects. Dropping the stream stops the work in the engine.
    pub(super) async fn lines(&self, ask: Ask) -> Result<Lines, EngineError> {
        let Answer { response, connection } = self.ask(ask).await?;
        let body = response.into_body();
        Ok(Lines { body, _connection: connection, rest: BytesMut::new(), ready: VecDeque::new() })
    }

    /// Asks for the raw connection.
    pub(super) async fn upgrade(&self, ask: Ask) -> Result<TokioIo<Upgraded>, EngineError> {
        let ask = ask.header("connection", "Upgrade").header("upgrade", "tcp");
        let connected = async {
            let mut answer = self.ask(ask).await?;
            let upgraded = hyper::upgrade::on(&mut answer.response).await;
            upgraded.map_err(|_| EngineError::Gone)
        };
        let upgraded =
            timeout(config::ENGINE_TIME, connected).await.map_err(|_| EngineError::Timeout)??;
        Ok(TokioIo::new(upgraded))
    }
}

impl Answer {
    async fn bytes(self) -> Result<Bytes, EngineError> {
        let limited =
            http_body_util::Limited::new(self.response.into_body(), config::MAX_ENGINE_ANSWER);
        let body = limited.collect().await;
        drop(self.connection);
        body.map(http_body_util::Collected::to_bytes).map_err(|_| EngineError::Gone)
    }
}

/// A stream of JSON objects, one a line.
#[derive(Debug)]
pub(crate) struct Lines {
    body: Incoming,
    _connection: JoinSet<()>,
    rest: BytesMut,
    ready: VecDeque<Value>,
}

impl Lines {
    /// The next object; `None` at the end. Safe to cancel.
    pub(super) async fn next(&mut self) -> Result<Option<Value>, EngineError> {
        loop {
            if let Some(value) = self.ready.pop_front() {
                return Ok(Some(value));
            }
            let Some(frame) = self.body.frame().await else { return self.last() };
            let frame = frame.map_err(|_| EngineError::Gone)?;
            if let Some(data) = frame.data_ref() {
                self.rest.extend_from_slice(data);
                self.split()?;
            }
        }
    }

    fn split(&mut self) -> Result<(), EngineError> {
        while let Some(at) = self.rest.iter().position(|it| *it == b'\n') {
            let line = self.rest.split_to(at + 1);
            self.take(&line)?;
        }
        if self.rest.len() > config::MAX_ENGINE_ANSWER {
            return Err(EngineError::Strange("a line that does not end".to_owned()));
        }
        Ok(())
    }

    fn last(&mut self) -> Result<Option<Value>, EngineError> {
        let line = self.rest.split();
        self.take(&line)?;
        Ok(self.ready.pop_front())
    }

    fn take(&mut self, line: &[u8]) -> Result<(), EngineError> {
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        let value =
            serde_json::from_slice(line).map_err(|it| EngineError::Strange(it.to_string()))?;
        self.ready.push_back(value);
        Ok(())
    }
}
