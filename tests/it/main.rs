//! The integration tests, in one binary.
#![expect(
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::panic,
    clippy::tests_outside_test_module,
    clippy::unwrap_used,
    reason = "all of this is a test, and a test stops at the first surprise"
)]

#[path = "../support/fixtures.rs"]
mod fixtures;
#[path = "../support/properties.rs"]
mod properties;
#[path = "../support/shapes.rs"]
#[expect(dead_code, reason = "the long file of real ones is for the benchmark")]
mod shapes;

mod article;
mod builds;
mod corpus;
mod hostile;
mod lessons;
mod limits;
mod registry;
mod remote;
mod repairs;
mod tidy;
