//! A list of lines, each made of a piece of the language and free text: a build agrees with itself.
#![no_main]

#[path = "../../tests/support/properties.rs"]
#[allow(dead_code, reason = "each target uses a part of it")]
mod properties;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    properties::check_build(&properties::dockerfile(bytes));
});
