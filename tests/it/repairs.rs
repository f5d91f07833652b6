//! The linter's repairs: whatever the file, they lose nothing, break nothing, and come to an end.

use dockwright::{
    diagnostic::Safety,
    lint::{
        Settings,
        fix::{Fixed, fix},
        settings::Preset,
    },
    syntax::parse,
};
use proptest::prelude::*;

use crate::{fixtures::fixtures, properties::dockerfile};

/// A repaired file has no error that was not there, has its comments, and needs no repair; the builder gets the same line
/// breaks.
#[track_caller]
fn check(source: &str, settings: &Settings) {
    for allowed in [Safety::Safe, Safety::Unsafe] {
        let Fixed { text, made } = fix(source, settings, allowed);
        let errors = |text: &str| parse(text).errors.len();
        assert!(errors(&text) <= errors(source), "{made:?} break {source:?}: {text:?}");
        assert_eq!(made.is_empty(), text == source, "{source:?}");
        let again = fix(&text, settings, allowed);
        assert_eq!(again.made, [], "once more after {made:?} in {source:?}: {text:?}");
        if source.contains("\r\n") && !source.replace("\r\n", "").contains('\n') {
            assert!(!text.replace("\r\n", "").contains('\n'), "{made:?} in {source:?}: {text:?}");
        }
    }
}

#[test]
fn fixtures_are_repaired_once_and_for_all() {
    let (default, strict) = (Settings::default(), Settings::preset(Preset::Strict));
    let mut count = 0;
    for it in fixtures() {
        check(&it.source, &default);
        check(&it.source, &strict);
        check(&it.source.replace('\n', "\r\n"), &default);
        count += fix(&it.source, &default, Safety::Unsafe).made.len();
    }
    assert!(count > 100, "only {count} repairs are made in all fixtures");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_file_is_repaired_once_and_for_all(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        check(&dockerfile(&bytes), &Settings::default());
    }
}
