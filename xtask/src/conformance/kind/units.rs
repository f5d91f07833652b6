//! `units.*` and `format.*`: sizes, times and texts as lists show them.

use super::{
    super::{answer::Answer, input::Input},
    Kind,
};
use anyhow::{Context, Result};
use dockwright::engine::print::units;

pub(super) const KINDS: &[Kind] =
    &[Kind::new("units.HumanDuration", duration), Kind::new("units.HumanSize", size)];

fn duration(input: &Input<'_>) -> Result<Answer> {
    let nanoseconds = input.get("nanoseconds").and_then(serde_json::Value::as_i64);
    let seconds = nanoseconds.context("nanoseconds is no number")? / 1_000_000_000;
    Ok(Answer::new().with("text", units::duration(seconds)))
}

fn size(input: &Input<'_>) -> Result<Answer> {
    let value = input.get("value").and_then(serde_json::Value::as_f64);
    let value = value.context("value is no number")?;
    let Ok(bytes) = format!("{value}").parse() else {
        return Ok(Answer::unreachable("a size is a whole number of 64 bits"));
    };
    Ok(Answer::new().with("text", units::long_size(bytes)))
}
