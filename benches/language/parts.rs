//! What the benchmarks measure: the files, and the parts of the language.

use std::hint::black_box;

use dockwright::{
    image::{Config, Platform, Reference},
    lint::lint_parsed,
    simulate::{BaseImage, Bases, Options, build_parsed},
    syntax::{parse, tokens},
};

use crate::fixtures;

/// The size of generated files.
pub(crate) const SIZE: usize = 10_000_000;
/// Images that exist, whatever their name is.
pub(crate) struct Any;

impl Bases for Any {
    fn find(&self, _: &Reference, _: &Platform) -> Option<BaseImage> {
        Some(Config::default().into())
    }
}

/// The fixtures that builders accept, but for those that are odd on purpose.
pub(crate) fn files() -> Vec<String> {
    let all = fixtures::fixtures().into_iter();
    let common = all.filter(|it| !it.is_broken() && !it.name.starts_with("odd/"));
    common.map(|it| it.source).collect()
}

/// A part of the language.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    Parse,
    Lint,
    Tokens,
    Build,
}

/// All of them.
pub(crate) const PARTS: [Part; 4] = [Part::Parse, Part::Lint, Part::Tokens, Part::Build];

/// Gives `measure` what is to be measured.
pub(crate) fn with(part: Part, source: &str, measure: &mut dyn FnMut(&dyn Fn())) {
    if matches!(part, Part::Parse) {
        return measure(&|| drop(black_box(parse(black_box(source)))));
    }
    let tree = parse(source);
    let options = Options::new(&Any);
    match part {
        Part::Parse => (),
        Part::Lint => measure(&|| drop(black_box(lint_parsed(source, black_box(&tree))))),
        Part::Tokens => measure(&|| drop(black_box(tokens(black_box(&tree))))),
        Part::Build => {
            measure(&|| drop(black_box(build_parsed(source, black_box(&tree), &options))));
        }
    }
}
