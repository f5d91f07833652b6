//! Image names as they are written, with nothing filled in: what `distribution/reference` calls a reference that is not
//! normalised (`Parse` and the expressions of `regexp.go`).

use std::fmt;

use thiserror::Error;

use crate::image::{
    digest::{Digest, DigestError},
    grammar::{host_and_port, is_host, remainder},
    reference::MAX_PATH,
};

/// The parts of a name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// The host, and port if any; empty if none is written.
    pub domain: String,
    /// The rest before tag and digest.
    pub path: String,
    /// The tag.
    pub tag: Option<String>,
    /// The digest, which has the shape of one.
    pub digest: Option<String>,
}

/// Why a text is no name. The messages are those of `distribution/reference`.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WrittenError {
    /// Nothing is written.
    #[error("repository name must have at least one component")]
    Empty,
    /// It does not have the shape of a name.
    #[error("invalid reference format")]
    Format,
    /// It would have it in lower case.
    #[error("repository name must be lowercase")]
    UpperCase,
    /// The path is over 255 characters.
    #[error("repository name must not be more than {MAX_PATH} characters")]
    TooLong,
    /// The digest is malformed.
    #[error(transparent)]
    Digest(#[from] DigestError),
}

impl Written {
    /// Reads the parts of a text that has the shape of a name.
    pub fn shape(text: &str) -> Option<Self> {
        let with_domain = || {
            let (domain, rest) = text.split_at_checked(host_and_port(text)?)?;
            Some((domain, remainder(rest.strip_prefix('/')?)?))
        };
        // What looks like a host may be the first part of a path: `test_com/foo`.
        let (domain, (path, tag, digest)) =
            with_domain().or_else(|| Some(("", remainder(text)?)))?;
        Some(Self {
            domain: domain.to_owned(),
            path: path.to_owned(),
            tag: tag.map(str::to_owned),
            digest: digest.map(str::to_owned),
        })
    }

    /// Reads and checks a name.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, WrittenError> {
        let Some(found) = Self::shape(text) else {
            return Err(match text {
                "" => WrittenError::Empty,
                _ if Self::shape(&text.to_ascii_lowercase()).is_some() => WrittenError::UpperCase,
                _ => WrittenError::Format,
            });
        };
        if found.path.len() > MAX_PATH {
            return Err(WrittenError::TooLong);
        }
        if let Some(digest) = &found.digest {
            digest.parse::<Digest>()?;
        }
        Ok(found)
    }

    /// Domain and path.
    pub fn name(&self) -> String {
        let slash = if self.domain.is_empty() { "" } else { "/" };
        format!("{}{slash}{}", self.domain, self.path)
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())?;
        if let Some(tag) = &self.tag {
            write!(f, ":{tag}")?;
        }
        if let Some(digest) = &self.digest {
            write!(f, "@{digest}")?;
        }
        Ok(())
    }
}

/// Whether a text is the host of a name, with its port if it has one.
pub fn is_domain(text: &str) -> bool {
    is_host(text)
}

/// Whether a text is the id of an image.
pub fn is_identifier(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, domain: &str, path: &str, tag: &str) {
        let found = Written::parse(text).unwrap();
        assert_eq!(
            (&*found.domain, &*found.path, found.tag.as_deref().unwrap_or_default()),
            (domain, path, tag)
        );
        assert_eq!(found.to_string(), text);
    }

    #[test]
    fn nothing_is_filled_in() {
        check("ubuntu", "", "ubuntu", "");
        check("a/b/c:1", "a", "b/c", "1");
        check("a_b/c", "", "a_b/c", "");
        check("localhost:5000", "", "localhost", "5000");
        check("[::1]:5000/x:y", "[::1]:5000", "x", "y");
    }

    #[test]
    fn errors_are_those_of_the_library() {
        let long = format!("a/{}", "b/".repeat(128) + "c");
        let short = format!("a@sha256:{}", "f".repeat(32));
        for (text, expected) in [
            ("", "repository name must have at least one component"),
            (":x", "invalid reference format"),
            ("Up:x", "repository name must be lowercase"),
            (&long, "repository name must not be more than 255 characters"),
            (&short, "invalid checksum digest length"),
        ] {
            assert_eq!(Written::parse(text).unwrap_err().to_string(), expected, "{text}");
        }
    }
}
