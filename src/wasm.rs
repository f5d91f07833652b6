//! What JavaScript sees. This module alone knows it, and UTF-16.

mod agent;
pub mod dto;
mod fetch;
mod linter;
mod session;
mod socket;

pub use agent::{Agent, AgentEvent, Callbacks, ConnectError, Engine, OutputStream};
use dto::{analysis::Analysis, name::Anatomy};
pub use fetch::Fetch;
pub use linter::Linter;
pub use session::Session;
use tsify::{Ts, Tsify};
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{
    terminal::{DOCKERFILE, Terminal, World},
    text::LineIndex,
};

/// The core's version.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Findings and tokens of a Dockerfile that stands alone.
///
/// # Errors
/// Never, unless the result cannot be made into JavaScript values.
#[wasm_bindgen]
pub fn analyze(source: &str) -> Result<Ts<Analysis>, JsError> {
    let mut terminal = Terminal::new(World::default());
    terminal.write_file(DOCKERFILE, source);
    Ok(Analysis::of(&terminal.forecast(), &LineIndex::new(source)).into_ts()?)
}

/// An image name taken apart.
///
/// # Errors
/// Never, unless the result cannot be made into JavaScript values.
#[wasm_bindgen]
pub fn anatomy(name: &str) -> Result<Ts<Anatomy>, JsError> {
    Ok(Anatomy::of(name).into_ts()?)
}
