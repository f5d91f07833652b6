//! Everything that an edit changes, in one answer.

use serde::Serialize;
use tsify::Tsify;

use super::{analysis::Analysis, build::BuildView, why::Why};

/// Everything that an edit changes.
#[derive(Serialize, Tsify)]
pub struct Look {
    /// The open file, if it is a Dockerfile.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::wasm) analysis: Option<Analysis>,
    /// What a container runs, and why.
    pub(in crate::wasm) why: Why,
    /// What a build would do.
    pub(in crate::wasm) build: BuildView,
}
