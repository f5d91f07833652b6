//! The linter's repairs: whatever the file, they lose nothing, break nothing, and come to an end.

use dockwright::{
    diagnostic::Safety,
    lint::{Settings, fix::fix, settings::Preset},
};
use proptest::prelude::*;

use crate::{
    fixtures::fixtures,
    properties::{check_repairs, dockerfile},
};

#[test]
fn fixtures_are_repaired_once_and_for_all() {
    let (default, strict) = (Settings::default(), Settings::preset(Preset::Strict));
    let mut count = 0;
    for it in fixtures() {
        check_repairs(&it.source, &default);
        check_repairs(&it.source, &strict);
        check_repairs(&it.source.replace('\n', "\r\n"), &default);
        count += fix(&it.source, &default, Safety::Unsafe).made.len();
    }
    assert!(count > 100, "only {count} repairs are made in all fixtures");
}

#[test]
fn what_fuzzing_found_is_repaired_once_and_for_all() {
    for source in ["FROM busybox\nCOPY a b /\"c'\n", "FROM busybox\nADD <<A <<B \"ak'\na\nA\nB\n"] {
        check_repairs(source, &Settings::default());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_file_is_repaired_once_and_for_all(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        check_repairs(&dockerfile(&bytes), &Settings::default());
    }
}
