//! Any script: its tree loses nothing, its commands and problems say places that exist.
#![no_main]

#[path = "../../tests/support/properties.rs"]
#[allow(dead_code, reason = "each target uses a part of it")]
mod properties;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|source: &str| {
    properties::check_shell(source);
});
