//! `expose.ports`: the words of `EXPOSE`.

use super::{
    super::{answer::Answer, input::Input},
    Kind,
};
use anyhow::Result;
use dockwright::simulate::ports::ports;

pub(super) const KINDS: &[Kind] = &[Kind::new("expose.ports", expose)];

fn expose(input: &Input<'_>) -> Result<Answer> {
    Ok(match ports(&input.texts("ports")?) {
        Ok(ports) => Answer::new().with("ports", ports),
        Err(error) => Answer::error(error),
    })
}
