//! What the value of a label is.

/// What the value of a label is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelKind {
    /// Anything.
    Text,
    /// A URI.
    Url,
    /// A time: RFC 3339.
    Time,
    /// An SPDX licence expression.
    Licence,
    /// A hash of a commit.
    Hash,
    /// A semantic version.
    Version,
    /// An e-mail address.
    Email,
}

/// There is no such kind of label.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no kind of label: say text, url, rfc3339, spdx, hash, semver or email")]
pub struct UnknownLabelKind(String);

impl std::str::FromStr for LabelKind {
    type Err = UnknownLabelKind;

    /// The names are hadolint's.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Ok(match name {
            "text" => Self::Text,
            "url" => Self::Url,
            "rfc3339" => Self::Time,
            "spdx" => Self::Licence,
            "hash" => Self::Hash,
            "semver" => Self::Version,
            "email" => Self::Email,
            _ => return Err(UnknownLabelKind(name.to_owned())),
        })
    }
}
