//! The gate: which requests are looked at at all.
//!
//! A web page anywhere can make the browser send requests to 127.0.0.1, and a name that an attacker owns can be made
//! to resolve to it. So the gate compares `Host` and `Origin` byte by byte with the few values that our own page
//! gives, for every request, before anything else is read. Loopback alone authenticates nobody: what is behind the
//! gate still needs a session.

use axum::http::{HeaderMap, Method, Uri, header};

/// Headers that proxies add, and that attackers add to be taken for someone else. We are behind no proxy.
const FORWARDING: [&str; 9] = [
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-proto",
    "x-forwarded-server",
    "x-forwarded-by",
    "x-real-ip",
    "x-original-host",
];

/// What the gate lets through.
#[derive(Debug, Clone)]
pub(crate) struct Gate {
    hosts: [String; 3],
    origins: [String; 3],
}

/// Why a request was refused. It is for tests: the requester learns nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Not exactly one `Host`, or not one of ours.
    Host,
    /// A header that only proxies send.
    Forwarded,
    /// An `Origin` that is not ours, more than one, or none where one is needed.
    Origin,
    /// The browser says that another site asks.
    Site,
}

impl Gate {
    /// The gate of a server on a port of 127.0.0.1 and `::1`.
    pub(crate) fn new(port: u16) -> Self {
        let hosts = ["127.0.0.1", "localhost", "[::1]"].map(|host| format!("{host}:{port}"));
        let origins = hosts.each_ref().map(|host| format!("http://{host}"));
        Self { hosts, origins }
    }

    /// Whether a request may go on.
    pub(crate) fn check(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<(), Refusal> {
        let host = only(headers, header::HOST).map_err(|_| Refusal::Host)?.ok_or(Refusal::Host)?;
        let is_ours = |it: &[u8]| self.hosts.iter().any(|host| host.as_bytes() == it);
        if !is_ours(host) || uri.authority().is_some_and(|it| it.as_str().as_bytes() != host) {
            return Err(Refusal::Host);
        }
        if FORWARDING.iter().any(|name| headers.contains_key(*name)) {
            return Err(Refusal::Forwarded);
        }
        let safe =
            matches!(*method, Method::GET | Method::HEAD) && !headers.contains_key(header::UPGRADE);
        match only(headers, header::ORIGIN).map_err(|_| Refusal::Origin)? {
            Some(origin) if self.origins.iter().any(|it| it.as_bytes() == origin) => (),
            None if safe => (),
            Some(_) | None => return Err(Refusal::Origin),
        }
        let fetch = |name: &'static str| only(headers, name).map_err(|_| Refusal::Site);
        match fetch("sec-fetch-site")? {
            None | Some(b"same-origin" | b"none") => Ok(()),
            // Someone followed a link to the page. Other ports of this machine are "same-site", so that is not enough.
            Some(b"cross-site" | b"same-site")
                if safe
                    && fetch("sec-fetch-mode")? == Some(b"navigate")
                    && fetch("sec-fetch-dest")? == Some(b"document")
                    && !uri.path().starts_with("/v1/") =>
            {
                Ok(())
            }
            Some(_) => Err(Refusal::Site),
        }
    }
}

/// The value of a header that may come once.
fn only(headers: &HeaderMap, name: impl header::AsHeaderName) -> Result<Option<&[u8]>, Twice> {
    let mut values = headers.get_all(name).iter();
    let first = values.next().map(axum::http::HeaderValue::as_bytes);
    if values.next().is_some() { Err(Twice) } else { Ok(first) }
}

struct Twice;
