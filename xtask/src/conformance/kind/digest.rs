//! `digest.parse`: `sha256:…`.

use super::{
    super::{answer::Answer, input::Input},
    Kind,
};
use anyhow::Result;
use dockwright::image::{Digest, digest::DigestError};

pub(super) const KINDS: &[Kind] = &[Kind::new("digest.parse", parse)];

fn parse(input: &Input<'_>) -> Result<Answer> {
    Ok(match input.text("digest")?.parse::<Digest>() {
        Ok(digest) => Answer::new()
            .with("algorithm", digest.as_str().split(':').next())
            .with("encoded", digest.hex()),
        Err(error) => Answer::error(error).with("error_id", id(error)),
    })
}

/// The name of the error in the real library.
fn id(error: DigestError) -> &'static str {
    match error {
        DigestError::Format => "digest.ErrDigestInvalidFormat",
        DigestError::Length => "digest.ErrDigestInvalidLength",
        DigestError::Algorithm => "digest.ErrDigestUnsupported",
    }
}
