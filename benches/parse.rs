//! How fast Dockerfiles are read and checked: `cargo bench`.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads files, measures time and prints"
)]

use std::{
    fs,
    hint::black_box,
    path::Path,
    time::{Duration, Instant},
};

use dockwright::{
    lint::lint,
    syntax::{parse, tokens},
};

/// Each measurement takes at least this long.
const TIME: Duration = Duration::from_millis(700);
/// Fixtures that cannot be a part of a longer file: what they leave open, or their directives, would
/// change what follows.
const ALONE: [&str; 4] = ["broken-heredoc", "broken-words", "unicode", "windows-escape"];
/// The size of generated files.
const SIZE: usize = 10_000_000;

fn main() {
    println!(
        "{:32} {:>9} {:>12} {:>12} {:>12}",
        "input", "bytes", "parse MB/s", "lint MB/s", "tokens MB/s"
    );
    for (name, text) in inputs() {
        let read = speed(text.len(), || drop(black_box(parse(black_box(&text)))));
        let checked = speed(text.len(), || drop(black_box(lint(black_box(&text)))));
        let tree = parse(&text);
        let coloured = speed(text.len(), || drop(black_box(tokens(black_box(&tree)))));
        println!("{name:32} {:9} {read:12.0} {checked:12.0} {coloured:12.0}", text.len());
    }
}

/// Megabytes per second in the fastest of several runs.
fn speed(bytes: usize, mut run: impl FnMut()) -> f64 {
    let start = Instant::now();
    let mut best = Duration::MAX;
    while start.elapsed() < TIME {
        let one = Instant::now();
        run();
        best = best.min(one.elapsed());
    }
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1e6 / best.as_secs_f64()
}

fn inputs() -> Vec<(&'static str, String)> {
    let fixtures = fixtures();
    let many = fixtures.repeat(SIZE / fixtures.len().max(1));
    vec![
        ("fixtures", fixtures),
        ("fixtures, to 10 MB", many),
        (
            "100,000 continuations",
            format!("FROM a:1\nRUN true{}", " && \\\n    true".repeat(100_000)),
        ),
        ("one line of 10 MB", format!("FROM a:1\nRUN {}", "echo text ".repeat(SIZE / 10))),
        (
            "short instructions, 10 MB",
            format!("FROM a:1\n{}", "ENV NAME=value\n".repeat(SIZE / 15)),
        ),
        ("stages, 1 MB", "FROM debian:13 AS base\nCMD [\"a\"]\n".repeat(SIZE / 330)),
    ]
}

/// The fixtures, one after another.
fn fixtures() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dockerfiles");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|it| it.ok().map(|it| it.path()))
        .filter(|it| it.extension().is_some_and(|it| it == "Dockerfile"))
        .filter(|it| it.file_stem().is_some_and(|it| !ALONE.iter().any(|name| it == *name)))
        .collect();
    paths.sort();
    paths.iter().filter_map(|it| fs::read_to_string(it).ok()).collect()
}
