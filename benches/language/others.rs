//! Other parsers of Dockerfiles, in the same run.

use std::{hint::black_box, panic};

use dockwright::syntax::parse;

use crate::{measure::time, parts::SIZE, shapes};

/// A parser: its name, what it does, and a call that says whether it accepts a text.
struct Parser {
    name: &'static str,
    does: &'static str,
    accepts: fn(&str) -> bool,
}

const PARSERS: [Parser; 3] = [
    Parser {
        name: "dockwright",
        does: "every instruction and flag typed, here-documents, comments, spans through continuations; goes on after errors",
        accepts: |it| black_box(parse(it)).errors.is_empty(),
    },
    Parser {
        name: "parse-dockerfile 0.1",
        does: "instructions and their arguments with spans, here-documents, flags; stops at the first error",
        accepts: |it| black_box(parse_dockerfile::parse(it)).is_ok(),
    },
    Parser {
        name: "dockerfile-parser 0.9",
        does: "a pest grammar: instructions, words, spans, no here-documents and few flags; stops at the first error",
        accepts: |it| black_box(dockerfile_parser::Dockerfile::parse(it)).is_ok(),
    },
];

/// Compares them on what all of them accept.
pub(crate) fn compare(files: &[String]) {
    println!("## Other parsers\n");
    println!("The same texts, in the same run: those that all of them accept.\n");
    let common: Vec<_> = files
        .iter()
        .filter(|it| PARSERS.iter().all(|parser| accepts(parser, it)))
        .cloned()
        .collect();
    let bytes = common.iter().map(String::len).sum();
    let long = shapes::joined(&common, SIZE);
    println!(
        "| parser | accepts, of {} | {} files ({bytes} bytes), MB/s | one file of 10 MB, MB/s | what it does |",
        files.len(),
        common.len()
    );
    println!("|---|--:|--:|--:|---|");
    for parser in &PARSERS {
        let accepted = files.iter().filter(|it| accepts(parser, it)).count();
        let each = time(|| {
            for it in &common {
                black_box((parser.accepts)(black_box(it)));
            }
        });
        let speed = if accepts(parser, &long) {
            time(|| _ = black_box((parser.accepts)(black_box(&long)))).speed(long.len())
        } else {
            "refused".to_owned()
        };
        let Parser { name, does, .. } = parser;
        println!("| {name} | {accepted} | {} | {speed} | {does} |", each.speed(bytes));
    }
    println!();
}

/// Whether `parser` accepts `text`; a panic is no.
fn accepts(parser: &Parser, text: &str) -> bool {
    panic::catch_unwind(|| (parser.accepts)(text)).unwrap_or(false)
}
