//! `reference.*`: names of images, as a user writes them and as Docker completes them.

use super::{
    super::{answer::Answer, input::Input},
    Kind,
};
use anyhow::{Result, bail};
use dockwright::{
    ignore::Glob,
    image::{
        Digest, Reference, ReferenceError,
        digest::DigestError,
        written::{self, Written, WrittenError},
    },
};

pub(super) const KINDS: &[Kind] = &[
    Kind::new("reference.any", any),
    Kind::new("reference.combine", combine),
    Kind::new("reference.docker_ref", docker_ref),
    Kind::new("reference.familiar_match", familiar_match),
    Kind::new("reference.normalized", normalized),
    Kind::new("reference.parse", parse),
    Kind::new("reference.parse_named", parse_named),
    Kind::new("reference.regexp", regexp),
    Kind::new("reference.with_name", with_name),
];

fn normalized(input: &Input<'_>) -> Result<Answer> {
    Ok(match input.text("ref")?.parse::<Reference>() {
        Ok(it) => Answer::new()
            .with("string", it.to_string())
            .with("domain", it.registry.as_str())
            .with("path", it.path.as_str())
            .with("familiar_name", it.familiar_name())
            .with("familiar", it.familiar())
            .with("tag", it.tag.clone().unwrap_or_default())
            .with("digest", it.digest.as_ref().map(ToString::to_string).unwrap_or_default()),
        Err(error) => Answer::error(error),
    })
}

/// A name, an id, or a digest.
fn any(input: &Input<'_>) -> Result<Answer> {
    let text = input.text("ref")?;
    let only = |it: String| Answer::new().with("string", it).with("is_digest_only", true);
    if text.parse::<Digest>().is_ok() {
        return Ok(only(text.to_owned()));
    }
    Ok(match text.parse::<Reference>() {
        Ok(it) => Answer::new().with("string", it.to_string()).with("is_digest_only", false),
        Err(ReferenceError::Identifier(it)) => only(format!("sha256:{it}")),
        Err(error) => Answer::error(error),
    })
}

fn docker_ref(input: &Input<'_>) -> Result<Answer> {
    Ok(match input.text("ref")?.parse::<Reference>() {
        Ok(mut it) => {
            // A digest says all that a tag could say.
            if it.digest.is_some() {
                it.tag = None;
            }
            Answer::new().with("string", it.with_default_tag().to_string())
        }
        Err(error) => Answer::error(error),
    })
}

/// Whether a familiar name, with its tag or without, is like a pattern.
fn familiar_match(input: &Input<'_>) -> Result<Answer> {
    let name: Reference = match input.text("ref")?.parse() {
        Ok(it) => it,
        Err(error) => return Ok(Answer::error(error)),
    };
    Ok(match Glob::new(input.text("pattern")?) {
        Ok(glob) => {
            let is_like = glob.fits(&name.familiar()) || glob.fits(&name.familiar_name());
            Answer::new().with("match", is_like)
        }
        Err(error) => Answer::error(error),
    })
}

fn parse(input: &Input<'_>) -> Result<Answer> {
    Ok(answer(Written::parse(input.text("ref")?)))
}

fn parse_named(input: &Input<'_>) -> Result<Answer> {
    Ok(answer(Written::parse(input.text("ref")?)))
}

/// A name alone.
fn with_name(input: &Input<'_>) -> Result<Answer> {
    let found = Written::parse(input.text("name")?);
    let is_more = |it: &Written| it.tag.is_some() || it.digest.is_some();
    Ok(answer(match found {
        Ok(it) if is_more(&it) => Err(WrittenError::Format),
        found => found,
    }))
}

/// A name with a tag and a digest that are not checked.
fn combine(input: &Input<'_>) -> Result<Answer> {
    let part = |key| -> Result<_> {
        Ok(input.maybe_text(key)?.filter(|it| !it.is_empty()).map(str::to_owned))
    };
    let (tag, digest) = (part("tag")?, part("digest")?);
    Ok(answer(Written::parse(input.text("name")?).map(|it| Written { tag, digest, ..it })))
}

fn answer(found: Result<Written, WrittenError>) -> Answer {
    match found {
        Ok(it) => Answer::new()
            .with("name", it.name())
            .with("domain", it.domain.as_str())
            .with("path", it.path.as_str())
            .with("tag", it.tag.clone().unwrap_or_default())
            .with("digest", it.digest.clone().unwrap_or_default())
            .with("string", it.to_string()),
        Err(error) => Answer::error(&error).with("error_id", id(&error)),
    }
}

/// The name of the error in the real library.
fn id(error: &WrittenError) -> &'static str {
    match error {
        WrittenError::Empty => "ErrNameEmpty",
        WrittenError::Format => "ErrReferenceInvalidFormat",
        WrittenError::UpperCase => "ErrNameContainsUppercase",
        WrittenError::TooLong => "ErrNameTooLong",
        WrittenError::Digest(DigestError::Format) => "digest.ErrDigestInvalidFormat",
        WrittenError::Digest(DigestError::Length) => "digest.ErrDigestInvalidLength",
        WrittenError::Digest(DigestError::Algorithm) => "digest.ErrDigestUnsupported",
    }
}

/// The expressions of the library, each over a whole text.
fn regexp(input: &Input<'_>) -> Result<Answer> {
    let text = input.text("text")?;
    let groups = match input.text("which")? {
        "domain" => written::is_domain(text).then(Vec::new),
        "identifier" => written::is_identifier(text).then(Vec::new),
        "name" => Written::shape(text)
            .filter(|it| it.tag.is_none() && it.digest.is_none())
            .map(|it| vec![it.domain, it.path]),
        "reference" => Written::shape(text)
            .map(|it| vec![it.name(), it.tag.unwrap_or_default(), it.digest.unwrap_or_default()]),
        other => bail!("there is no expression {other:?}"),
    };
    let answer = Answer::new().with("match", groups.is_some());
    Ok(match groups {
        Some(groups) => answer.with("groups", groups),
        None => answer,
    })
}
