//! A registry's client over any transport: ping, tags, manifests.
//!
//! The browser carries requests with `fetch`, the tests with a table or a socket: the client knows only
//! [`Transport`]. The conversation is that of the OCI distribution specification.

pub mod address;
pub mod challenge;
pub mod transport;

use thiserror::Error;

use crate::{
    image::{Digest, Reference},
    json::{self, Read, record},
    registry::{
        address::encoded,
        challenge::Challenge,
        transport::{Request, Response, Transport, TransportError},
    },
};

/// The media types of manifests that are asked for: OCI and Docker, index and single.
pub const MANIFEST_TYPES: &str = "application/vnd.oci.image.index.v1+json, \
    application/vnd.oci.image.manifest.v1+json, \
    application/vnd.docker.distribution.manifest.list.v2+json, \
    application/vnd.docker.distribution.manifest.v2+json";
const MAX_TAG_PAGES: usize = 100;

/// Why a registry did not answer the question.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RegistryError {
    /// The request did not reach the registry.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The registry refused, in its own words.
    #[error("{message} (HTTP status {status})")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Its message, or the name of the status.
        message: String,
    },
    /// The registry's answer is not what the specification says.
    #[error("unexpected answer: {0}")]
    Malformed(String),
    /// The bytes are not those that were asked for.
    #[error("digest mismatch: expected {expected}, got {found}")]
    DigestMismatch {
        /// What was asked for, or announced.
        expected: Digest,
        /// What the bytes are.
        found: Digest,
    },
}

/// A manifest as the registry holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The media type, without parameters.
    pub media_type: String,
    /// The digest, checked against the bytes.
    pub digest: Digest,
    /// The bytes, which the digest is of.
    pub bytes: Vec<u8>,
}

/// A user's name and password. It is sent to the registry's own host alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The value of a `Basic` authorization header, ready made.
    pub basic: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials(…)")
    }
}

/// Asks one registry.
#[derive(Debug)]
pub struct Client<T> {
    transport: T,
    origin: String,
    credentials: Option<Credentials>,
}

struct Tags {
    tags: Option<Vec<String>>,
}

struct Token {
    token: Option<String>,
    access_token: Option<String>,
}

struct Errors {
    errors: Vec<OneError>,
}

struct OneError {
    message: Option<String>,
}

record! {
    Tags { tags }
    Token { token, access_token }
    Errors { errors }
    OneError { message }
}

impl<T: Transport> Client<T> {
    /// A client of the registry at `origin`, such as `https://registry-1.docker.io`.
    pub fn new(transport: T, origin: impl Into<String>, credentials: Option<Credentials>) -> Self {
        Self { transport, origin: origin.into(), credentials }
    }

    /// The origin that serves a registry's name: Docker Hub's API has another host, and plain HTTP is spoken
    /// only on this computer.
    pub fn origin_of(reference: &Reference) -> String {
        match reference.registry.as_str() {
            "docker.io" => "https://registry-1.docker.io".to_owned(),
            host if host.starts_with("127.") || host.starts_with("localhost") => {
                format!("http://{host}")
            }
            host => format!("https://{host}"),
        }
    }

    /// Whether the registry speaks version 2 of the protocol and lets us in.
    ///
    /// # Errors
    /// If it cannot be reached or refuses.
    pub async fn ping(&self) -> Result<(), RegistryError> {
        self.get("/v2/", "application/json").await.map(|_| ())
    }

    /// All tags of a repository, over all pages.
    ///
    /// # Errors
    /// If the registry refuses, or leads to another host.
    pub async fn tags(&self, path: &str) -> Result<Vec<String>, RegistryError> {
        let mut tags = Vec::new();
        let mut next = Some(format!("/v2/{path}/tags/list"));
        for _ in 0..MAX_TAG_PAGES {
            let Some(url) = next.take() else { break };
            let response = self.get(&url, "application/json").await?;
            let page: Tags = read(&response.body)?;
            tags.extend(page.tags.unwrap_or_default());
            let Some(link) = response.header("link") else { break };
            let page = next_page(link, &self.origin).map_err(|it| {
                RegistryError::Malformed(format!("the next page is elsewhere: {it}"))
            })?;
            next = page.map(str::to_owned);
        }
        Ok(tags)
    }

    /// The manifest of a name, its bytes checked against its digest.
    ///
    /// # Errors
    /// If the registry refuses or the bytes are others.
    pub async fn manifest(&self, reference: &Reference) -> Result<Manifest, RegistryError> {
        let which = match (&reference.digest, reference.tag_or_latest()) {
            (Some(digest), _) => digest.as_str(),
            (None, tag) => tag.unwrap_or_default(),
        };
        let url = format!("/v2/{}/manifests/{which}", reference.path);
        let response = self.get(&url, MANIFEST_TYPES).await?;
        let found = Digest::of(&response.body);
        let announced = response.header("docker-content-digest").and_then(|it| it.parse().ok());
        for expected in [reference.digest.clone(), announced].into_iter().flatten() {
            if expected != found {
                return Err(RegistryError::DigestMismatch { expected, found });
            }
        }
        let media_type = response.header("content-type").unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim().to_owned();
        Ok(Manifest { media_type, digest: found, bytes: response.body })
    }

    /// Asks, and once more with a token or credentials if the registry says how.
    async fn get(&self, path: &str, accept: &str) -> Result<Response, RegistryError> {
        let request = Request::get(format!("{}{path}", self.origin), accept);
        let response = self.transport.send(request.clone()).await?;
        if response.status != 401 {
            return checked(response);
        }
        let challenge = response.header("www-authenticate").and_then(Challenge::parse);
        let authorization = match challenge {
            Some(Challenge::Basic) => {
                self.credentials.as_ref().map(|it| format!("Basic {}", it.basic))
            }
            Some(Challenge::Bearer { realm, service, scope }) => {
                let url = token_url(&realm, service.as_deref(), scope.as_deref());
                Some(format!("Bearer {}", self.token(url).await?))
            }
            None => None,
        };
        match authorization {
            Some(value) => checked(self.transport.send(request.with_authorization(value)).await?),
            None => checked(response),
        }
    }

    async fn token(&self, url: String) -> Result<String, RegistryError> {
        let mut request = Request::get(url, "application/json");
        // A realm is the registry's word; credentials go to the registry's own host and nowhere else.
        let is_own = request.url.strip_prefix(&self.origin).is_some_and(|it| it.starts_with('/'));
        if let (Some(credentials), true) = (&self.credentials, is_own) {
            request = request.with_authorization(format!("Basic {}", credentials.basic));
        }
        let response = checked(self.transport.send(request).await?)?;
        let token: Token = read(&response.body)?;
        let missing = || RegistryError::Malformed("a token answer without a token".to_owned());
        token.token.or(token.access_token).ok_or_else(missing)
    }
}

fn token_url(realm: &str, service: Option<&str>, scope: Option<&str>) -> String {
    let mut url = realm.to_owned();
    for (key, value) in [("service", service), ("scope", scope)] {
        if let Some(value) = value {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&format!("{key}={}", encoded(value)));
        }
    }
    url
}

/// The path of the next page, which `<…>; rel="next"` names; `request` is an address of the same registry.
///
/// # Errors
/// The address, if it is another host's: nobody else is to be asked.
pub fn next_page<'l>(link: &'l str, request: &str) -> Result<Option<&'l str>, &'l str> {
    let target = link.trim().strip_prefix('<').and_then(|it| it.split_once('>'));
    // What has a control character is no address.
    let target = target.filter(|it| !it.0.is_empty() && !it.0.contains(char::is_control));
    let Some((target, parameters)) = target else { return Ok(None) };
    if parameters.contains("rel=") && !parameters.contains("rel=\"next\"") {
        return Ok(None);
    }
    let host = request.match_indices('/').nth(2).map_or(request, |it| request.split_at(it.0).0);
    match target.strip_prefix(host).unwrap_or(target) {
        path if path.starts_with('/') && !path.starts_with("//") => Ok(Some(path)),
        _ => Err(target),
    }
}

/// The tag under which a registry without an API of referrers keeps what refers to a digest (OCI distribution
/// specification, "Referrers Tag Schema").
pub fn referrers_tag(digest: &str) -> String {
    let (algorithm, encoded) = digest.split_once(':').unwrap_or((digest, ""));
    let part = |text: &str, most: usize| -> String {
        let is_kept = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '.' | '-');
        text.chars().take(most).map(|it| if is_kept(it) { it } else { '-' }).collect()
    };
    format!("{}-{}", part(algorithm, 32), part(encoded, 64))
}

fn checked(response: Response) -> Result<Response, RegistryError> {
    if (200..300).contains(&response.status) {
        return Ok(response);
    }
    let said = read::<Errors>(&response.body).ok();
    let said = said.and_then(|it| it.errors.into_iter().find_map(|it| it.message));
    let message = said.unwrap_or_else(|| "the registry gave no reason".to_owned());
    Err(RegistryError::Refused { status: response.status, message })
}

fn read<T: Read>(body: &[u8]) -> Result<T, RegistryError> {
    let value = std::str::from_utf8(body).ok().and_then(json::parse);
    let read = value.and_then(|it| T::read(&it));
    read.ok_or_else(|| RegistryError::Malformed("JSON of another shape".to_owned()))
}
