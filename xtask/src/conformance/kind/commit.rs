//! `commit.change`: what `docker commit --change` makes of a configuration.

use super::{
    super::{answer::Answer, input::Input},
    Kind, config,
};
use anyhow::{Context, Result};
use dockwright::simulate::commit;
use serde_json::{Value, json};

pub(super) const KINDS: &[Kind] = &[Kind::new("commit.change", change)];

fn change(input: &Input<'_>) -> Result<Answer> {
    let before = config::read(input.get("config").context("there is no config")?)?;
    let changes = input.texts("changes")?;
    let changes: Vec<_> = changes.iter().map(String::as_str).collect();
    Ok(match commit(&before, &changes) {
        Ok(after) => {
            let mut value = config::value(&after);
            if let Value::Object(fields) = &mut value {
                // No command and an empty one are two things here.
                fields.insert("Cmd".to_owned(), json!(after.cmd));
                fields.insert("Entrypoint".to_owned(), json!(after.entrypoint));
            }
            Answer::new().sparse("config", value)
        }
        Err(error) => Answer::error(error),
    })
}
