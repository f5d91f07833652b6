//! What images are called and made of, in the words of the OCI image specification.

pub mod anatomy;
pub mod config;
pub mod digest;
mod grammar;
pub mod platform;
pub mod reference;
pub mod written;

pub use config::{Config, Healthcheck};
pub use digest::Digest;
pub use platform::Platform;
pub use reference::{Reference, ReferenceError};
