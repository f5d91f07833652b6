//! One row of a suite.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

/// A question and the real tool's answer. Other keys of a row, such as `src`, `note` and `full`, are for reading.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) input: Map<String, Value>,
    pub(super) expect: Map<String, Value>,
}

impl Row {
    pub(super) fn read(line: &str) -> Result<Self> {
        let Value::Object(mut row) = serde_json::from_str(line)? else { bail!("it is no object") };
        let mut take = |key: &str| row.remove(key).with_context(|| format!("it has no {key}"));
        Ok(Self {
            id: text("id", take("id")?)?,
            kind: text("kind", take("kind")?)?,
            input: object("input", take("input")?)?,
            expect: object("expect", take("expect")?)?,
        })
    }
}

fn text(key: &str, value: Value) -> Result<String> {
    match value {
        Value::String(it) => Ok(it),
        _ => bail!("{key} is no string"),
    }
}

fn object(key: &str, value: Value) -> Result<Map<String, Value>> {
    match value {
        Value::Object(it) => Ok(it),
        _ => bail!("{key} is no object"),
    }
}
