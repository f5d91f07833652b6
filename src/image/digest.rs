//! Content digests: `sha256:` and 64 hexadecimal digits.

use std::{fmt, str::FromStr};

use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// A checked digest, such as `sha256:2f65…`.
///
/// It can hold only an algorithm that Docker accepts and the right number of lower-case digits, so it is
/// safe as a path segment (CVE-2024-37032 came from a digest that was not).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(String);

/// Why a text is not a digest; the messages are those of the `go-digest` library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DigestError {
    /// Not `algorithm:hex`.
    #[error("invalid checksum digest format")]
    Format,
    /// The wrong number of digits.
    #[error("invalid checksum digest length")]
    Length,
    /// Neither `sha256`, `sha384` nor `sha512`.
    #[error("unsupported digest algorithm")]
    Algorithm,
}

impl Digest {
    /// The SHA-256 digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(format!("sha256:{}", hex(&Sha256::digest(bytes))))
    }

    /// The whole text, `sha256:…`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits after the colon.
    pub fn hex(&self) -> &str {
        self.0.split_once(':').map_or("", |it| it.1)
    }

    /// The first 12 digits, as Docker prints ids.
    pub fn short(&self) -> &str {
        self.hex().get(..12).unwrap_or_default()
    }
}

/// Lower-case hexadecimal digits of `bytes`.
pub fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, it| {
        // Writing to a `String` cannot fail.
        let _ok = write!(text, "{it:02x}");
        text
    })
}

impl FromStr for Digest {
    type Err = DigestError;

    /// Follows `digest.Validate` of opencontainers/go-digest: the shape first, then algorithm and length.
    fn from_str(text: &str) -> Result<Self, DigestError> {
        let (algorithm, hex) = text.split_once(':').ok_or(DigestError::Format)?;
        let part = |it: &str| {
            !it.is_empty() && it.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
        };
        if !algorithm.split(['+', '.', '_', '-']).all(part) || hex.is_empty() {
            return Err(DigestError::Format);
        }
        if !hex.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'=' | b'_' | b'-')) {
            return Err(DigestError::Format);
        }
        let length = match algorithm {
            "sha256" => 64,
            "sha384" => 96,
            "sha512" => 128,
            _ => return Err(DigestError::Algorithm),
        };
        if hex.len() != length {
            return Err(DigestError::Length);
        }
        if !hex.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(DigestError::Format);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_an_algorithm_and_its_number_of_digits() {
        let good = format!("sha256:{}", "a0".repeat(32));
        for (text, expected) in [
            (good.as_str(), None),
            ("sha256:abc", Some(DigestError::Length)),
            ("sha256", Some(DigestError::Format)),
            ("sha256:", Some(DigestError::Format)),
            ("md5:d41d8cd98f00b204e9800998ecf8427e", Some(DigestError::Algorithm)),
            ("../../x:aaaa", Some(DigestError::Format)),
            (&good.to_uppercase(), Some(DigestError::Format)),
            (&good.replace('a', "A"), Some(DigestError::Format)),
        ] {
            assert_eq!(text.parse::<Digest>().err(), expected, "{text}");
        }
    }

    #[test]
    fn the_digest_of_bytes() {
        let it = Digest::of(b"");
        assert_eq!(
            it.to_string(),
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        assert_eq!(it.short(), "e3b0c44298fc");
        assert_eq!(it.as_str().parse(), Ok(it));
    }
}
