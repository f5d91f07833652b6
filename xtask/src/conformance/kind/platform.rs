//! `platform.*`: what machines an image is for, and which image a machine takes.

use super::{
    super::{answer::Answer, input::Input},
    Kind,
};
use anyhow::{Context, Result};
use dockwright::image::Platform;
use serde_json::{Value, json};

pub(super) const KINDS: &[Kind] = &[
    Kind::new("platform.only", only),
    Kind::new("platform.only_strict", only_strict),
    // Whether the text is printed with the options of the system.
    Kind { asked: &["format_all"], ..Kind::new("platform.parse", parse) },
];

fn parse(input: &Input<'_>) -> Result<Answer> {
    let text = input.text("text")?;
    let host: Platform = match input.maybe_text("default")? {
        Some(it) => it.parse().context("default")?,
        None => Platform::default(),
    };
    let all = input.get("format_all").and_then(Value::as_bool).unwrap_or_default();
    Ok(match Platform::parse(text, &host) {
        Ok(it) => Answer::new()
            .sparse("platform", value(&it))
            .with("formatted", if all { it.to_string() } else { it.short() }),
        Err(error) => Answer::error(error),
    })
}

fn value(it: &Platform) -> Value {
    let Platform { os, architecture, variant, os_version, os_features } = it;
    json!({
        "os": os,
        "architecture": architecture,
        "variant": variant,
        "osversion": os_version,
        "osfeatures": os_features,
    })
}

/// The platform of the machine, and that of an image.
fn pair(input: &Input<'_>) -> Result<(Platform, Platform)> {
    let read = |key| -> Result<Platform> { input.text(key)?.parse().context(key) };
    Ok((read("want")?, read("candidate")?))
}

fn only(input: &Input<'_>) -> Result<Answer> {
    let (want, candidate) = pair(input)?;
    Ok(Answer::new().with("match", want.runs(&candidate)))
}

fn only_strict(input: &Input<'_>) -> Result<Answer> {
    let (want, candidate) = pair(input)?;
    Ok(Answer::new().with("match", want.is_exactly(&candidate)))
}
