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
    let [input, bytes] = ["input", "bytes"];
    println!(
        "{input:32} {bytes:>9} {:>11} {:>11} {:>11}",
        "parse MB/s", "lint MB/s", "tokens MB/s"
    );
    for (name, files) in inputs() {
        let bytes = files.iter().map(String::len).sum();
        let each =
            |run: &dyn Fn(&str)| speed(bytes, || files.iter().for_each(|it| run(black_box(it))));
        let read = each(&|it| drop(black_box(parse(it))));
        let checked = each(&|it| drop(black_box(lint(it))));
        let trees: Vec<_> = files.iter().map(|it| parse(it)).collect();
        let coloured = speed(bytes, || trees.iter().for_each(|it| drop(black_box(tokens(it)))));
        println!("{name:32} {bytes:9} {read:11.0} {checked:11.0} {coloured:11.0}");
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

fn inputs() -> Vec<(&'static str, Vec<String>)> {
    let fixtures = fixtures();
    let joined = fixtures.concat();
    let many = joined.repeat(SIZE / joined.len().max(1));
    let instructions = "ENV NAME=value\n".repeat(SIZE / 15);
    let stages = "FROM debian:13 AS base\nCMD [\"a\"]\n".repeat(SIZE / 330);
    let continued = format!("FROM a:1\nRUN true{}", " && \\\n    true".repeat(100_000));
    let long = format!("FROM a:1\nRUN {}", "echo text ".repeat(SIZE / 10));
    vec![
        ("fixtures, one by one", fixtures),
        ("fixtures, joined to 10 MB", vec![many]),
        ("100,000 continuations", vec![continued]),
        ("one line of 10 MB", vec![long]),
        ("short instructions, 10 MB", vec![format!("FROM a:1\n{instructions}")]),
        ("stages, 1 MB", vec![stages]),
    ]
}

/// The fixtures that can also be parts of a longer file.
fn fixtures() -> Vec<String> {
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
