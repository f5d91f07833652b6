//! The native companion.

use crate::{
    program::{cargo_build, run},
    step::step,
};
use anyhow::Result;

/// Compiles the agent; cargo knows what has changed.
pub(crate) fn build() -> Result<()> {
    step("agent", "cargo build -p dockwright-agent", || {
        run(cargo_build().args(["--package", "dockwright-agent"]))?;
        Ok(String::new())
    })
}
