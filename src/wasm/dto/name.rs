//! An image name taken apart.

use serde::Serialize;
use tsify::Tsify;

use crate::image::{
    Reference,
    anatomy::{self, Role},
};

/// An image name taken apart.
#[derive(Serialize, Tsify)]
pub struct Anatomy {
    input: String,
    /// As Docker prints it.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    familiar: Option<String>,
    /// In full.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    canonical: Option<String>,
    parts: Vec<Part>,
    /// Who runs the registry, in words.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    registry: Option<String>,
    /// Docker's words, if the text is not a name.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// Ours.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

/// One part of an image name.
#[derive(Serialize, Tsify)]
pub struct Part {
    role: PartRole,
    text: String,
    /// Whether Docker fills it in.
    implied: bool,
    rule: String,
}

/// What a part of an image name says.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum PartRole {
    /// The server.
    Registry,
    /// The user, team or organisation.
    Namespace,
    /// The image.
    Repository,
    /// The label.
    Tag,
    /// The content.
    Digest,
}

impl Anatomy {
    pub(in crate::wasm) fn of(input: &str) -> Self {
        let reference = input.parse::<Reference>();
        let (parts, error) = match anatomy::anatomy(input) {
            Ok(parts) => (parts.iter().map(Part::new).collect(), None),
            Err(error) => (Vec::new(), Some(error)),
        };
        let known = reference.as_ref().ok().and_then(|it| anatomy::well_known(&it.registry));
        Self {
            input: input.to_owned(),
            familiar: reference.as_ref().ok().map(Reference::familiar),
            canonical: reference.ok().map(|it| it.with_default_tag().to_string()),
            parts,
            registry: known.map(str::to_owned),
            help: error.as_ref().map(|it| anatomy::help(it, input).to_owned()),
            error: error.map(|it| it.to_string()),
        }
    }
}

impl Part {
    fn new(it: &anatomy::Part) -> Self {
        let anatomy::Part { role, text, span, rule } = it;
        Self {
            role: match role {
                Role::Registry => PartRole::Registry,
                Role::Namespace => PartRole::Namespace,
                Role::Repository => PartRole::Repository,
                Role::Tag => PartRole::Tag,
                Role::Digest => PartRole::Digest,
            },
            text: text.clone(),
            implied: span.is_none(),
            rule: (*rule).to_owned(),
        }
    }
}
