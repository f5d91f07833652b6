//! Facts that need the whole file: stages, and the variables that a stage or a line sees.

pub mod expand;
pub mod globals;
pub mod pattern;
pub mod stages;

pub use expand::{Expanded, Expander, expand};
pub use globals::Globals;
pub use stages::{Stage, Stages};
