//! Image names: `[registry/][namespace/]repository[:tag][@digest]`.
//!
//! The grammar and the normalisation are those of the `distribution/reference` library, which Docker uses.

use std::{fmt, str::FromStr};

use thiserror::Error;

use crate::image::{
    digest::{Digest, DigestError},
    grammar::{is_host, remainder},
    written::is_identifier,
};

/// The registry that is meant when a name gives none.
pub const DEFAULT_REGISTRY: &str = "docker.io";
/// The namespace of Docker Hub's official images, left out when they are written.
pub const OFFICIAL_NAMESPACE: &str = "library/";
/// The tag that is meant when a name gives neither tag nor digest.
pub const DEFAULT_TAG: &str = "latest";
const OLD_DEFAULT_REGISTRY: &str = "index.docker.io";
pub(super) const MAX_PATH: usize = 255;

/// A checked image name, with the registry and the namespace that Docker fills in.
///
/// `tag: None` means *not said*: `latest` is decided where a tag is needed, see [`Reference::tag_or_latest`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// The registry's host, and port if any: `docker.io`, `localhost:5000`.
    pub registry: String,
    /// Everything between registry and tag: `library/ubuntu`.
    pub path: String,
    /// The tag as written.
    pub tag: Option<String>,
    /// The digest as written.
    pub digest: Option<Digest>,
}

/// Why a text is not an image name. The messages are Docker's own.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReferenceError {
    /// The text does not have the shape of a name.
    #[error("invalid reference format")]
    Format,
    /// Capital letters in the repository.
    #[error("invalid reference format: repository name ({0}) must be lowercase")]
    UpperCase(String),
    /// The text is an image id.
    #[error("invalid repository name ({0}), cannot specify 64-byte hexadecimal strings")]
    Identifier(String),
    /// The path is over 255 characters.
    #[error("repository name must not be more than {MAX_PATH} characters")]
    TooLong,
    /// The digest is malformed.
    #[error(transparent)]
    Digest(#[from] DigestError),
}

impl Reference {
    /// The tag to use: the written one, else `latest`, unless a digest says more.
    pub fn tag_or_latest(&self) -> Option<&str> {
        match (&self.tag, &self.digest) {
            (Some(tag), _) => Some(tag),
            (None, None) => Some(DEFAULT_TAG),
            (None, Some(_)) => None,
        }
    }

    /// The same name with the tag `latest` if it has neither tag nor digest.
    #[must_use]
    pub fn with_default_tag(mut self) -> Self {
        self.tag = self.tag_or_latest().map(str::to_owned);
        self
    }

    /// Registry and path: `docker.io/library/ubuntu`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.registry, self.path)
    }

    /// The name as Docker prints it: without `docker.io/` and without `library/`.
    pub fn familiar_name(&self) -> String {
        if self.registry != DEFAULT_REGISTRY {
            return self.name();
        }
        match self.path.strip_prefix(OFFICIAL_NAMESPACE) {
            Some(rest) if !rest.contains('/') => rest.to_owned(),
            Some(_) | None => self.path.clone(),
        }
    }

    /// The familiar name with tag and digest: `ubuntu:bionic`.
    pub fn familiar(&self) -> String {
        self.with_suffix(self.familiar_name())
    }

    fn with_suffix(&self, mut name: String) -> String {
        if let Some(tag) = &self.tag {
            name.push(':');
            name.push_str(tag);
        }
        if let Some(digest) = &self.digest {
            name.push('@');
            name.push_str(digest.as_str());
        }
        name
    }
}

impl fmt::Display for Reference {
    /// The full name: `docker.io/library/ubuntu:bionic`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.with_suffix(self.name()))
    }
}

impl FromStr for Reference {
    type Err = ReferenceError;

    /// Reads a name as a user writes it, like `reference.ParseNormalizedNamed`.
    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        if let Some(found) = plain(text) {
            return Ok(found);
        }
        if is_identifier(text) {
            return Err(ReferenceError::Identifier(text.to_owned()));
        }
        let (registry, mut rest) = split_registry(text);
        let repository = split_at(&rest, b':').map_or(rest.as_str(), |it| it.0);
        if has_capitals(repository) {
            return Err(ReferenceError::UpperCase(repository.to_owned()));
        }
        let found = remainder(&rest).filter(|_| registry == DEFAULT_REGISTRY || is_host(registry));
        let (path, tag, digest) = found.ok_or(ReferenceError::Format)?;
        if path.len() > MAX_PATH {
            return Err(ReferenceError::TooLong);
        }
        let (path, tag) = (path.len(), tag.map(str::to_owned));
        let digest = digest.map(str::parse).transpose()?;
        rest.truncate(path);
        Ok(Self { registry: registry.to_owned(), path: rest, tag, digest })
    }
}

/// Whether the part before the first `/` of a name is a registry rather than a namespace.
pub fn is_registry(first: &str) -> bool {
    first == "localhost" || first.bytes().any(|it| matches!(it, b'.' | b':')) || has_capitals(first)
}

/// What most names are: an official image, perhaps with a tag. The result is the same as without this.
fn plain(text: &str) -> Option<Reference> {
    const MAX_PLAIN: usize = 63;
    let is_letter = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit();
    let (name, tag) =
        text.split_at_checked(text.bytes().take_while(|it| is_letter(*it)).count())?;
    let is_tag = |it: u8| is_letter(it) || matches!(it, b'.' | b'-');
    let tag = match tag.as_bytes() {
        [] => None,
        [b':', first, rest @ ..] if is_letter(*first) && rest.iter().all(|it| is_tag(*it)) => {
            Some(tag.get(1..)?.to_owned())
        }
        _ => return None,
    };
    let is_plain = !name.is_empty() && text.len() <= MAX_PLAIN;
    is_plain.then(|| Reference {
        registry: DEFAULT_REGISTRY.to_owned(),
        path: [OFFICIAL_NAMESPACE, name].concat(),
        tag,
        digest: None,
    })
}

/// What stands before and behind a sign. Names are short: a plain loop is faster than a search.
fn split_at(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|it| it == sign)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

fn has_capitals(text: &str) -> bool {
    // Most names are ASCII, which needs no table.
    if text.is_ascii() {
        return text.bytes().any(|it| it.is_ascii_uppercase());
    }
    text.chars().any(char::is_uppercase)
}

/// The registry and the rest, filling in `docker.io` and `library/`.
fn split_registry(text: &str) -> (&str, String) {
    let (registry, rest) = match split_at(text, b'/') {
        Some((OLD_DEFAULT_REGISTRY, rest)) => (DEFAULT_REGISTRY, rest),
        Some((first, rest)) if is_registry(first) => (first, rest),
        Some(_) | None => (DEFAULT_REGISTRY, text),
    };
    if registry == DEFAULT_REGISTRY && split_at(rest, b'/').is_none() {
        return (registry, [OFFICIAL_NAMESPACE, rest].concat());
    }
    (registry, rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, full: &str, familiar: &str) {
        let found: Reference = text.parse().unwrap();
        assert_eq!((found.to_string().as_str(), found.familiar().as_str()), (full, familiar));
    }

    #[track_caller]
    fn check_error(text: &str, expected: &str) {
        assert_eq!(text.parse::<Reference>().unwrap_err().to_string(), expected, "{text}");
    }

    #[test]
    fn docker_fills_in_what_is_not_written() {
        check("ubuntu", "docker.io/library/ubuntu", "ubuntu");
        check("debian:13.1-slim", "docker.io/library/debian:13.1-slim", "debian:13.1-slim");
        check("ubuntu:bionic", "docker.io/library/ubuntu:bionic", "ubuntu:bionic");
        check("mysql/mysql-server", "docker.io/mysql/mysql-server", "mysql/mysql-server");
        check("docker.io/ubuntu", "docker.io/library/ubuntu", "ubuntu");
        check("index.docker.io/ubuntu", "docker.io/library/ubuntu", "ubuntu");
        check("library/a/b", "docker.io/library/a/b", "library/a/b");
        check("localhost/app", "localhost/app", "localhost/app");
        check(
            "localhost:5000/team/app:2",
            "localhost:5000/team/app:2",
            "localhost:5000/team/app:2",
        );
        check("myhost/app", "docker.io/myhost/app", "myhost/app");
        check("MyHost/app", "MyHost/app", "MyHost/app");
        check("[::1]:5000/a__b--c.d", "[::1]:5000/a__b--c.d", "[::1]:5000/a__b--c.d");
        let digest = format!("sha256:{}", "0f".repeat(32));
        check(
            &format!("a:1@{digest}"),
            &format!("docker.io/library/a:1@{digest}"),
            &format!("a:1@{digest}"),
        );
    }

    #[test]
    fn errors_are_in_dockers_words() {
        for text in [
            "",
            ":",
            "a:",
            "a b",
            "-a",
            "a-",
            "a..b",
            "a___b",
            "a/",
            "/a",
            "a//b",
            "http://a",
            "a:b:c",
            "a:-b",
            "a:.",
            "host-.io/a",
        ] {
            check_error(text, "invalid reference format");
        }
        check_error(
            "Ubuntu",
            "invalid reference format: repository name (library/Ubuntu) must be lowercase",
        );
        check_error(
            "x/Ubuntu:A",
            "invalid reference format: repository name (x/Ubuntu) must be lowercase",
        );
        let id = "0f".repeat(32);
        check_error(
            &id,
            &format!("invalid repository name ({id}), cannot specify 64-byte hexadecimal strings"),
        );
        check_error(&"a".repeat(256), "repository name must not be more than 255 characters");
        check_error(&format!("a@sha256:{}", "a".repeat(40)), "invalid checksum digest length");
        check_error(&format!("a@md5:{}", "a".repeat(32)), "unsupported digest algorithm");
        check_error(&format!("a:{}", "t".repeat(129)), "invalid reference format");
    }

    #[test]
    fn the_tag_is_decided_where_it_is_needed() {
        let tag = |it: &str| it.parse::<Reference>().unwrap().with_default_tag().to_string();
        assert_eq!(tag("a"), "docker.io/library/a:latest");
        assert_eq!(tag("a:1"), "docker.io/library/a:1");
        let digest = format!("a@sha256:{}", "0f".repeat(32));
        assert_eq!(tag(&digest), format!("docker.io/library/{digest}"));
    }
}
