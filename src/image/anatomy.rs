//! An image name taken apart: what is written, what Docker fills in, and by which rule.

use crate::{
    image::reference::{
        DEFAULT_REGISTRY, DEFAULT_TAG, OFFICIAL_NAMESPACE, Reference, ReferenceError, is_registry,
    },
    text::{Span, to_u32},
};

/// What a part of a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The server.
    Registry,
    /// The user, team or organisation.
    Namespace,
    /// The image.
    Repository,
    /// The label that its owner can move.
    Tag,
    /// The content, which nobody can change.
    Digest,
}

/// One part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it says.
    pub role: Role,
    /// Its text.
    pub text: String,
    /// Where it is written, or `None` if Docker fills it in.
    pub span: Option<Span>,
    /// The rule that made it this part, as a sentence.
    pub rule: &'static str,
}

/// Takes `text` apart, from registry to digest.
///
/// # Errors
/// If the text is not an image name.
pub fn anatomy(text: &str) -> Result<Vec<Part>, ReferenceError> {
    let reference: Reference = text.parse()?;
    let mut parts = vec![registry(text, &reference)];
    let written_path = parts.iter().find_map(|it| it.span).map_or(0, |it| it.end as usize + 1);
    let (namespace, repository) = match reference.path.rsplit_once('/') {
        Some((namespace, repository)) => (Some(namespace), repository),
        None => (None, reference.path.as_str()),
    };
    if let Some(namespace) = namespace {
        parts.push(self::namespace(text, namespace, written_path));
    }
    let end = text.find('@').unwrap_or(text.len());
    let tag_at = reference.tag.as_ref().map(|tag| end - tag.len());
    let repository_end = tag_at.map_or(end, |it| it - 1);
    parts.push(Part {
        role: Role::Repository,
        text: repository.to_owned(),
        span: Some(span(repository_end - repository.len(), repository.len())),
        rule: "The last part before the tag is the repository.",
    });
    match (&reference.tag, tag_at, reference.tag_or_latest()) {
        (Some(tag), Some(at), _) => parts.push(Part {
            role: Role::Tag,
            text: tag.clone(),
            span: Some(span(at, tag.len())),
            rule: "The tag follows a colon. Its owner can move it to another image.",
        }),
        (_, _, Some(_)) => parts.push(Part {
            role: Role::Tag,
            text: DEFAULT_TAG.to_owned(),
            span: None,
            rule: "Without a tag or a digest, Docker uses the tag latest.",
        }),
        (_, _, None) => (),
    }
    if let Some(digest) = &reference.digest {
        parts.push(Part {
            role: Role::Digest,
            text: digest.to_string(),
            span: Some(span(end + 1, digest.as_str().len())),
            rule: "The digest follows an at sign. It names this content and no other.",
        });
    }
    Ok(parts)
}

/// Who runs a registry, in words, if it is a well-known one.
pub fn well_known(registry: &str) -> Option<&'static str> {
    match registry {
        DEFAULT_REGISTRY | "registry.hub.docker.com" | "registry-1.docker.io" => Some("Docker Hub"),
        "ghcr.io" => Some("GitHub Container Registry"),
        "quay.io" => Some("Red Hat Quay"),
        "mcr.microsoft.com" => Some("Microsoft Artifact Registry"),
        "registry.k8s.io" => Some("the Kubernetes project's registry"),
        "public.ecr.aws" => Some("Amazon ECR Public"),
        "registry.gitlab.com" => Some("GitLab Container Registry"),
        "gcr.io" => Some("Google Container Registry, replaced by Artifact Registry"),
        _ if registry.ends_with(".amazonaws.com") && registry.contains(".dkr.ecr.") => {
            Some("Amazon ECR")
        }
        _ if registry.ends_with("-docker.pkg.dev") => Some("Google Artifact Registry"),
        _ if registry.ends_with(".gcr.io") => {
            Some("Google Container Registry, replaced by Artifact Registry")
        }
        _ if is_local(registry) => Some("a registry on this computer"),
        _ => None,
    }
}

/// What to do about a text that is not a name.
pub fn help(error: &ReferenceError, text: &str) -> &'static str {
    let is_odd = |it: char| !it.is_ascii_graphic();
    match error {
        ReferenceError::UpperCase(_) => {
            "Write the name in small letters. Only the tag may have capitals."
        }
        ReferenceError::Identifier(_) => {
            "This is an image id. Give the image a name with docker tag."
        }
        ReferenceError::TooLong => "Shorten the name.",
        ReferenceError::Digest(_) => "A digest is sha256: and 64 hexadecimal digits.",
        ReferenceError::Format if text.is_empty() => "Write an image name, such as ubuntu:bionic.",
        ReferenceError::Format if text.contains("://") => {
            "Leave out the scheme: a name starts with the registry's host."
        }
        ReferenceError::Format if text.chars().any(is_odd) => {
            "A name has no blanks and no characters beyond a–z, 0–9 and . _ - / : @."
        }
        ReferenceError::Format => {
            "The pattern is [registry/][namespace/]repository[:tag][@digest]."
        }
    }
}

fn is_local(registry: &str) -> bool {
    let host = registry.rsplit_once(':').map_or(registry, |it| it.0);
    host == "localhost" || host.starts_with("127.") || host == "[::1]"
}

fn registry(text: &str, reference: &Reference) -> Part {
    let role = Role::Registry;
    match text.split_once('/') {
        Some((first, _)) if is_registry(first) => Part {
            role,
            text: reference.registry.clone(),
            span: Some(span(0, first.len())),
            rule: "The first part is a registry: it has a dot or a colon, or is localhost.",
        },
        Some(_) => Part {
            role,
            text: reference.registry.clone(),
            span: None,
            rule: "The first part has no dot and no colon, so the registry is Docker Hub.",
        },
        None => Part {
            role,
            text: reference.registry.clone(),
            span: None,
            rule: "No registry is written, so it is Docker Hub.",
        },
    }
}

fn namespace(text: &str, namespace: &str, at: usize) -> Part {
    let is_written = text.get(at..).is_some_and(|it| it.starts_with(namespace) && it.contains('/'));
    let official = OFFICIAL_NAMESPACE.strip_suffix('/') == Some(namespace);
    Part {
        role: Role::Namespace,
        text: namespace.to_owned(),
        span: is_written.then(|| span(at, namespace.len())),
        rule: match (is_written, official) {
            (false, _) => "Official images of Docker Hub live in library, which is left out.",
            (true, true) => "library holds the official images of Docker Hub.",
            (true, false) => "The parts between registry and repository are the namespace.",
        },
    }
}

fn span(start: usize, len: usize) -> Span {
    Span::new(to_u32(start), to_u32(start + len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(Role, &str, bool)]) {
        let parts = anatomy(text).unwrap();
        let found: Vec<_> =
            parts.iter().map(|it| (it.role, it.text.as_str(), it.span.is_some())).collect();
        assert_eq!(found, expected, "{text}");
        for part in &parts {
            let written = part.span.map_or(part.text.as_str(), |it| it.slice(text));
            let is_alias = part.role == Role::Registry && written == "index.docker.io";
            assert!(written == part.text || is_alias, "{text}: {part:?}");
        }
    }

    #[test]
    fn parts_are_written_or_implied() {
        use Role::{Digest, Namespace, Registry, Repository, Tag};
        let hub = (Registry, "docker.io", false);
        let library = (Namespace, "library", false);
        let latest = (Tag, "latest", false);
        check("ubuntu", &[hub, library, (Repository, "ubuntu", true), latest]);
        check(
            "ubuntu:bionic",
            &[hub, library, (Repository, "ubuntu", true), (Tag, "bionic", true)],
        );
        check(
            "library/library",
            &[hub, (Namespace, "library", true), (Repository, "library", true), latest],
        );
        check("library", &[hub, library, (Repository, "library", true), latest]);
        check("myhost/app", &[hub, (Namespace, "myhost", true), (Repository, "app", true), latest]);
        check(
            "index.docker.io/alpine",
            &[(Registry, "docker.io", true), library, (Repository, "alpine", true), latest],
        );
        check(
            "registry.hub.docker.com/library/ubuntu:bionic",
            &[
                (Registry, "registry.hub.docker.com", true),
                (Namespace, "library", true),
                (Repository, "ubuntu", true),
                (Tag, "bionic", true),
            ],
        );
        check(
            "localhost:5000/app",
            &[(Registry, "localhost:5000", true), (Repository, "app", true), latest],
        );
        check(
            "quay.io/a/b/c",
            &[
                (Registry, "quay.io", true),
                (Namespace, "a/b", true),
                (Repository, "c", true),
                latest,
            ],
        );
        let digest = format!("sha256:{}", "0f".repeat(32));
        check(
            &format!("localhost:5000/team/app:2@{digest}"),
            &[
                (Registry, "localhost:5000", true),
                (Namespace, "team", true),
                (Repository, "app", true),
                (Tag, "2", true),
                (Digest, &digest, true),
            ],
        );
        check(
            &format!("app@{digest}"),
            &[hub, library, (Repository, "app", true), (Digest, &digest, true)],
        );
    }

    #[test]
    fn registries_are_known_by_their_hosts() {
        for (registry, expected) in [
            ("docker.io", Some("Docker Hub")),
            ("123456789012.dkr.ecr.eu-west-1.amazonaws.com", Some("Amazon ECR")),
            ("europe-docker.pkg.dev", Some("Google Artifact Registry")),
            ("localhost:5000", Some("a registry on this computer")),
            ("127.0.0.1:5000", Some("a registry on this computer")),
            ("registry.example.com", None),
            ("evil-docker.io", None),
        ] {
            assert_eq!(well_known(registry), expected, "{registry}");
        }
    }
}
