//! The real binary, talked to as a page, as a hostile page, as a terminal and as a person at a command line would.
//!
//! Tests in [`engine`] need a Docker engine and a registry of their own: `cargo xtask test --only agent` starts them.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::tests_outside_test_module,
    reason = "tests start programs and stop at the first surprise"
)]

mod agent;
mod cli;
mod engine;
mod gate;
mod lsp;
mod page;
mod pairing;
mod protocol;
mod serve;
