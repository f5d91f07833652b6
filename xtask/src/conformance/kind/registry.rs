//! `auth.challenge`, `link.next`, `referrers.tag`: what registries say in headers and names.

use super::{
    super::{answer::Answer, input::Input},
    Kind,
};
use anyhow::Result;
use dockwright::registry::{challenge, next_page, referrers_tag};
use serde_json::{Map, Value};

pub(super) const KINDS: &[Kind] = &[
    Kind::new("auth.challenge", auth),
    Kind::new("link.next", link),
    Kind::new("referrers.tag", referrers),
];

fn auth(input: &Input<'_>) -> Result<Answer> {
    let (scheme, parameters) = challenge::read(input.text("www_authenticate")?);
    let parameters: Map<String, Value> =
        parameters.into_iter().map(|(name, value)| (name, value.into())).collect();
    Ok(Answer::new().with("scheme", scheme).with("params", parameters))
}

/// The address of the next page; none and an error are the same where a row says `next_or_error`.
fn link(input: &Input<'_>) -> Result<Answer> {
    let request = input.text("request_url")?;
    let host = request.match_indices('/').nth(2).and_then(|it| request.get(..it.0));
    let host = host.unwrap_or(request);
    Ok(match next_page(input.text("link")?, request) {
        Ok(path) => {
            let next = path.map(|it| format!("{host}{it}"));
            Answer::new().with("next", next.clone()).with("next_or_error", next)
        }
        Err(elsewhere) => Answer::error(elsewhere).with("next_or_error", Value::Null),
    })
}

fn referrers(input: &Input<'_>) -> Result<Answer> {
    Ok(Answer::new().with("tag", referrers_tag(input.text("digest")?)))
}
