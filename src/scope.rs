//! Facts that need the whole file: stages, and the variables that a stage or a line sees.

pub mod globals;
pub mod stages;

pub use crate::syntax::expand::{self, Expanded, expand};
pub use globals::{GlobalOptions, Globals};
pub use stages::{Stage, Stages};
