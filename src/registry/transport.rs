//! How requests travel: the one effect that a registry's client has.

use std::future::Future;

use thiserror::Error;

/// A request without a body: the client only reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The absolute URL.
    pub url: String,
    /// The media types that are welcome.
    pub accept: String,
    /// The value of the `Authorization` header.
    pub authorization: Option<String>,
}

impl Request {
    /// A `GET`.
    pub fn get(url: impl Into<String>, accept: impl Into<String>) -> Self {
        Self { url: url.into(), accept: accept.into(), authorization: None }
    }

    /// The same with an `Authorization` header.
    #[must_use]
    pub fn with_authorization(mut self, value: String) -> Self {
        self.authorization = Some(value);
        self
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The headers that could be read; names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    /// The value of a header, whose name is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }
}

/// Why a request did not come back.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{url} cannot be reached: {reason}")]
pub struct TransportError {
    /// The URL.
    pub url: String,
    /// The reason, in the transport's words.
    pub reason: String,
}

/// Carries requests: `fetch` in a page, a table or a socket in tests.
pub trait Transport {
    /// Sends one request and waits for the whole answer.
    fn send(&self, request: Request) -> impl Future<Output = Result<Response, TransportError>>;
}
