//! Texts that are long, deep or many of something: every part of the core ends, on a small stack, with memory in proportion.
//! What they cost in full size is measured by `cargo bench --bench language`.

#![expect(clippy::cast_precision_loss, reason = "sizes that are compared")]

use std::{fmt::Write as _, thread};

use allocation_counter::{AllocationInfo, measure};
use dockwright::{
    lint::lint_parsed,
    scope::expand::expand,
    simulate::{Options, build_parsed},
    syntax::{parse, tokens},
};

use crate::{
    properties::Any,
    shapes::{Shape, shapes},
};

/// A part of a shape's full size that takes little time.
const PART: usize = 2_000;
/// Threads in a browser have a stack of 1 MiB, shared with the page; a build without optimization needs more of it.
const STACK: usize = 512 << 10;
/// Twice as much text may need a bit more than twice the memory: vectors grow in steps.
const GROWTH: f64 = 2.6;

/// The same where the result is a square by nature: each `RUN` repeats all arguments in the history, each `WORKDIR` the whole
/// path, and a pattern has as many states as it has characters. What a build makes has a limit, and so has a pattern.
const SQUARE: f64 = 4.4;
const SQUARES: [&str; 3] =
    ["ARG lines and RUN lines", "WORKDIR lines that go deeper", "one long pattern"];

/// What `run` allocates in all, in bytes.
fn allocated(run: impl FnOnce()) -> u64 {
    let AllocationInfo { bytes_total, .. } = measure(run);
    bytes_total
}

/// What each part of the core allocates for `source`.
fn costs(source: &str) -> [(&'static str, u64); 5] {
    let tree = parse(source);
    assert_eq!(tree.pieces(source).concat(), source);
    let nothing = |_: &str| None;
    [
        ("parse", allocated(|| drop(parse(source)))),
        ("tokens", allocated(|| drop(tokens(&tree)))),
        ("lint", allocated(|| drop(lint_parsed(source, &tree)))),
        ("build", allocated(|| drop(build_parsed(source, &tree, &Options::new(&Any))))),
        ("expand", allocated(|| drop(expand(source, '\\', &nothing)))),
    ]
}

/// Says which parts need more memory for each byte of a longer text.
fn growth(shape: &Shape) -> String {
    let units = (shape.full / PART).max(20);
    let [once, twice] = [units, 2 * units].map(shape.make);
    let limit = if SQUARES.contains(&shape.name) { SQUARE } else { GROWTH };
    let mut found = String::new();
    for ((part, less), (_, more)) in costs(&once).into_iter().zip(costs(&twice)) {
        // A few kilobytes are the same for any text.
        let less = less.max(50_000);
        if more as f64 > less as f64 * limit {
            writeln!(found, "{}: {part} allocates {less} bytes, then {more}", shape.name).unwrap();
        }
    }
    found
}

#[test]
fn memory_grows_with_the_text() {
    let check = || shapes().map(growth).collect::<String>();
    let found = thread::Builder::new().stack_size(STACK).spawn(check).unwrap().join().unwrap();
    assert_eq!(found, "");
}
