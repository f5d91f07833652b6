//! A list of lines, each made of a piece of the language and free text: the linter's repairs break nothing and come to an
//! end.
#![no_main]

#[path = "../../tests/support/properties.rs"]
#[allow(dead_code, reason = "each target uses a part of it")]
mod properties;

use dockwright::lint::{Settings, settings::Preset};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let source = properties::dockerfile(bytes);
    properties::check_repairs(&source, &Settings::default());
    properties::check_repairs(&source, &Settings::preset(Preset::Strict));
});
