//! Carries a registry client's requests with `fetch`, through gloo-net.

use gloo_net::http;

use crate::registry::transport::{Request, Response, Transport, TransportError};

/// The browser's `fetch`: no cookies, no referrer of ours, redirects as the browser allows them.
#[derive(Debug, Clone, Copy)]
pub struct Fetch;

impl Transport for Fetch {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let Request { url, accept, authorization } = request;
        let failed =
            |it: gloo_net::Error| TransportError { url: url.clone(), reason: it.to_string() };
        let mut get = http::Request::get(&url).header("accept", &accept);
        if let Some(value) = &authorization {
            get = get.header("authorization", value);
        }
        let found = get.send().await.map_err(failed)?;
        Ok(Response {
            status: found.status(),
            headers: found
                .headers()
                .entries()
                .map(|(name, value)| (name.to_ascii_lowercase(), value))
                .collect(),
            body: found.binary().await.map_err(failed)?,
        })
    }
}
