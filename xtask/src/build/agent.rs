//! The native companion.

use crate::{
    program::{cargo, run},
    step::step,
};
use anyhow::Result;

/// Compiles the agent; cargo knows what has changed.
pub(crate) fn build() -> Result<()> {
    step("agent", "cargo build -p dockwright-agent", || {
        run(cargo("build").args(["--package", "dockwright-agent"]))?;
        Ok(String::new())
    })
}
