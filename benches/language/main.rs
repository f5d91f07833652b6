//! How fast Dockerfiles are read, checked, expanded and built, and how much memory that takes, in Markdown:
//! `cargo bench --bench language`. Behind `--`, names choose tables (`real`, `others`, `hostile`) or shapes.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark prints, and stops at the first surprise"
)]

mod measure;
mod others;

#[path = "../../tests/support/fixtures.rs"]
mod fixtures;
#[path = "../../tests/support/shapes.rs"]
mod shapes;

use std::{env, hint::black_box, time::Duration};

use dockwright::{
    image::{Config, Platform, Reference},
    lint::lint_parsed,
    scope::expand::expand,
    simulate::{BaseImage, Bases, Options, build_checked, build_parsed},
    syntax::{InstructionKind, Text, parse, tokens},
};

use crate::measure::{float, peak, time, time_once};

/// The size of generated files.
const SIZE: usize = 10_000_000;
/// What a hostile text may cost: seconds, and bytes of memory for each of its bytes.
const LIMITS: (Duration, f64) = (Duration::from_millis(500), 20.0);

/// Images that exist, whatever their name is.
struct Any;

impl Bases for Any {
    fn find(&self, _: &Reference, _: &Platform) -> Option<BaseImage> {
        Some(Config::default().into())
    }
}

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
    let all = is_wanted("hostile");
    let shapes: Vec<_> = shapes::shapes().filter(|it| all || is_wanted(it.name)).collect();
    if !shapes.is_empty() {
        hostile(&shapes);
    }
}

/// The fixtures that builders accept, but for those that are odd on purpose.
fn files() -> Vec<String> {
    let all = fixtures::fixtures().into_iter();
    let common = all.filter(|it| !it.is_broken() && !it.name.starts_with("odd/"));
    common.map(|it| it.source).collect()
}

/// The fixtures, each for itself and in one long file.
fn real(files: &[String]) {
    println!("## Real Dockerfiles\n");
    println!(
        "MB/s of source text, best / median of several rounds, in processor time of one thread; \
         peak memory in bytes for each byte of text. Checking and building start with the tree.\n"
    );
    println!(
        "| input | bytes | parse | lint | tokens | expand | build | build + checks | parse + build | memory: parse | build |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
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
    // For several files: what the largest needs, more or less.
    let memory = |run: &dyn Fn(&str)| {
        let most = files.iter().max_by_key(|it| it.len());
        most.map_or(0.0, |it| float(peak(|| run(it))) / float(it.len()))
    };
    println!(
        "| {name} | {bytes} | {} | {} | {} | {} | {} | {} | {} | {:.1} | {:.1} |",
        read.speed(bytes),
        linted.speed(bytes),
        coloured.speed(bytes),
        expanded.speed(of_words),
        built.speed(bytes),
        checked.speed(bytes),
        total.speed(bytes),
        memory(&|it| drop(black_box(parse(it)))),
        memory(&|it| drop(black_box(dockwright::simulate::build(it, &options)))),
    );
}

/// What each part of the language does with hostile texts.
fn hostile(shapes: &[&shapes::Shape]) {
    println!("## Hostile texts\n");
    println!(
        "Milliseconds, best round; peak memory in bytes for each byte of text, with the tree. **Bold** is above \
         {} ms or {}×.\n",
        LIMITS.0.as_millis(),
        LIMITS.1
    );
    println!(
        "| text | bytes | parse | lint | tokens | build | memory: parse | lint | tokens | build |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    let mut above = 0;
    for shape in shapes {
        let source = (shape.make)(shape.full);
        let mut cells: Vec<(bool, String)> = Vec::new();
        let mut memory = Vec::new();
        let mut tree = 0;
        for part in PARTS {
            let Slowness { slow, text, tried } = slowness(shape, part);
            cells.push((slow, text));
            if !tried {
                memory.push((true, "?".to_owned()));
                continue;
            }
            let mut taken = 0;
            with(part, &source, &mut |run| taken = peak(run));
            tree = tree.max(if matches!(part, Part::Parse) { taken } else { 0 });
            taken += if matches!(part, Part::Parse) { 0 } else { tree };
            let each = float(taken) / float(source.len());
            memory.push((each > LIMITS.1, format!("{each:.1}")));
        }
        cells.append(&mut memory);
        above += cells.iter().filter(|it| it.0).count();
        let cells: Vec<_> = cells
            .into_iter()
            .map(|(is_above, it)| if is_above { format!("**{it}**") } else { it })
            .collect();
        println!("| {} | {} | {} |", shape.name, source.len(), cells.join(" | "));
    }
    println!("\n{} texts, {above} figures above the limits.\n", shapes.len());
}

/// A part of the language.
#[derive(Clone, Copy)]
enum Part {
    Parse,
    Lint,
    Tokens,
    Build,
}

const PARTS: [Part; 4] = [Part::Parse, Part::Lint, Part::Tokens, Part::Build];

/// Gives `measure` what is to be measured.
fn with(part: Part, source: &str, measure: &mut dyn FnMut(&dyn Fn())) {
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

/// How long a part takes.
struct Slowness {
    /// Whether that is too long.
    slow: bool,
    /// The milliseconds, and of which part of the full size.
    text: String,
    /// Whether the full size was tried.
    tried: bool,
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
            return Slowness { slow: best > LIMITS.0, text, tried: true };
        }
        if best > LIMITS.0 {
            let text = format!("{} for 1/{less}", best.as_millis());
            return Slowness { slow: true, text, tried: false };
        }
    }
    Slowness { slow: true, text: "?".to_owned(), tried: false }
}
