//! The virtual Docker engine: no IO, no clock.

pub mod print;
