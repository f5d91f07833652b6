//! How fast Dockerfiles are read, checked, expanded and built, in Markdown: `cargo bench --bench language`. Behind `--`,
//! names choose tables (`real`, `others`, `rules`, `hostile`) or shapes.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark prints, and stops at the first surprise"
)]

mod measure;
mod others;
mod parts;
mod rules;

#[path = "../../tests/support/fixtures.rs"]
mod fixtures;
#[path = "../../tests/support/shapes.rs"]
mod shapes;

use std::{env, hint::black_box, time::Duration};

use dockwright::{
    lint::lint_parsed,
    scope::expand::expand,
    simulate::{Options, build_checked, build_parsed},
    syntax::{InstructionKind, Text, parse, tokens},
};

use crate::{
    measure::{time, time_once},
    parts::{Any, Part, SIZE, files, with},
};

/// What a hostile text may cost.
const LIMIT: Duration = Duration::from_millis(500);

/// The allocator of `dockwright`, the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let wanted: Vec<_> = env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|it| name.contains(&**it));
    let files = files();
    if is_wanted("real") {
        real(&files);
    }
    if is_wanted("others") {
        others::compare(&files);
    }
    if is_wanted("rules") {
        rules::shares(&files);
    }
    let all = is_wanted("hostile");
    let shapes: Vec<_> = shapes::shapes().filter(|it| all || is_wanted(it.name)).collect();
    if !shapes.is_empty() {
        hostile(&shapes);
    }
}

/// The fixtures, each for itself and in one long file.
fn real(files: &[String]) {
    println!("## Real Dockerfiles\n");
    println!(
        "MB/s of source text, best / median of several rounds, in processor time of one thread. \
         Checking and building start with the tree.\n"
    );
    println!(
        "| input | bytes | parse | lint | tokens | expand | build | build + checks | parse + build |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    // Here-documents of PowerShell and the like go on with `\`, which is another escape character for some.
    let parts: Vec<_> =
        files.iter().filter(|it| !it.to_ascii_lowercase().contains("escape")).cloned().collect();
    let long = vec![shapes::joined(&parts, SIZE)];
    for (name, files) in [
        (format!("{} files, one by one", files.len()), files),
        ("one file of 10 MB".to_owned(), &long),
    ] {
        row(&name, files);
    }
    let [text] = &*long else { return };
    let errors = dockwright::simulate::build(text, &Options::new(&Any)).errors;
    println!("\nThe long file has {} errors.\n", errors.len());
    for it in errors.iter().take(3) {
        println!("{} {:?}", it.message, it.span.slice(text));
    }
}

fn row(name: &str, files: &[String]) {
    let bytes = files.iter().map(String::len).sum();
    let trees: Vec<_> = files.iter().map(|it| parse(it)).collect();
    let both = || files.iter().zip(&trees);
    let read = time(|| files.iter().for_each(|it| drop(black_box(parse(black_box(it))))));
    let linted = time(|| both().for_each(|(it, tree)| drop(black_box(lint_parsed(it, tree)))));
    let coloured = time(|| trees.iter().for_each(|tree| drop(black_box(tokens(tree)))));
    let options = Options::new(&Any);
    let built =
        time(|| both().for_each(|(it, tree)| drop(black_box(build_parsed(it, tree, &options)))));
    let checked =
        time(|| both().for_each(|(it, tree)| drop(black_box(build_checked(it, tree, &options)))));
    let total = time(|| {
        for it in files {
            drop(black_box(dockwright::simulate::build(it, &options)));
        }
    });
    let words: Vec<Text<'_>> = trees
        .iter()
        .flat_map(|it| &it.instructions)
        .filter(|it| !matches!(it.kind, InstructionKind::Run(_)))
        .map(dockwright::syntax::Instruction::arguments)
        .collect();
    let lookup = |name: &str| name.starts_with(['A', 'V']).then_some("1.2.3");
    let expanded =
        time(|| words.iter().for_each(|it| drop(black_box(expand(it.as_str(), '\\', &lookup)))));
    let of_words = words.iter().map(|it| it.len()).sum();
    println!(
        "| {name} | {bytes} | {} | {} | {} | {} | {} | {} | {} |",
        read.speed(bytes),
        linted.speed(bytes),
        coloured.speed(bytes),
        expanded.speed(of_words),
        built.speed(bytes),
        checked.speed(bytes),
        total.speed(bytes),
    );
}

/// What each part of the language does with hostile texts.
fn hostile(shapes: &[&shapes::Shape]) {
    println!("## Hostile texts\n");
    println!("Milliseconds, best round. **Bold** is above {} ms.\n", LIMIT.as_millis());
    println!("| text | bytes | parse | lint | tokens | build |");
    println!("|---|--:|--:|--:|--:|--:|");
    let mut above = 0;
    for shape in shapes {
        let source = (shape.make)(shape.full);
        let cells = parts::PARTS.map(|part| slowness(shape, part));
        above += cells.iter().filter(|it| it.slow).count();
        let cells = cells.map(|it| if it.slow { format!("**{}**", it.text) } else { it.text });
        println!("| {} | {} | {} |", shape.name, source.len(), cells.join(" | "));
    }
    println!("\n{} texts, {above} figures above the limits.\n", shapes.len());
}

/// How long a part takes.
struct Slowness {
    /// Whether that is too long.
    slow: bool,
    /// The milliseconds, and of which part of the full size.
    text: String,
}

/// Measures a part at the full size. A size that would take minutes is not tried.
fn slowness(shape: &shapes::Shape, part: Part) -> Slowness {
    for less in [256, 16, 1] {
        let source = (shape.make)(shape.full / less);
        let mut best = Duration::MAX;
        with(part, &source, &mut |run| {
            best = if less == 1 { time(run).best } else { time_once(run) }
        });
        if less == 1 {
            let text = best.as_millis().to_string();
            return Slowness { slow: best > LIMIT, text };
        }
        if best > LIMIT {
            let text = format!("{} for 1/{less}", best.as_millis());
            return Slowness { slow: true, text };
        }
    }
    Slowness { slow: true, text: "?".to_owned() }
}
