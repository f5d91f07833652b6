//! The integration tests, in one binary.
#![expect(
    clippy::panic,
    clippy::tests_outside_test_module,
    reason = "all of this is a test, and a test stops at the first surprise"
)]

mod registry;
mod remote;
