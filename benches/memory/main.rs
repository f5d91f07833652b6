//! How much memory the parts of the language take, in Markdown: `cargo bench --bench memory`. Behind `--`, names choose
//! tables (`real`, `hostile`) or shapes. It counts allocations, which costs time: times are measured by another benchmark.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark prints, and stops at the first surprise"
)]

#[path = "../../tests/support/fixtures.rs"]
mod fixtures;
#[path = "../language/parts.rs"]
mod parts;
#[path = "../../tests/support/shapes.rs"]
mod shapes;

use std::env;

use allocation_counter::AllocationInfo;

use crate::parts::{PARTS, Part, SIZE, files, with};

/// What a hostile text may cost: bytes of memory for each of its bytes.
const LIMIT: f64 = 20.0;

fn main() {
    let wanted: Vec<_> = env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|it| name.contains(&**it));
    println!(
        "Peak memory in bytes for each byte of text, with the tree. **Bold** is above {LIMIT}×.\n"
    );
    println!("| text | bytes | parse | lint | tokens | build |");
    println!("|---|--:|--:|--:|--:|--:|");
    let mut above = 0;
    if is_wanted("real") {
        let files = files();
        let largest = files.iter().max_by_key(|it| it.len()).unwrap();
        above += row("the largest fixture", largest);
        above += row("one file of 10 MB", &shapes::joined(&files, SIZE));
    }
    let all = is_wanted("hostile");
    for shape in shapes::shapes().filter(|it| all || is_wanted(it.name)) {
        above += row(shape.name, &(shape.make)(shape.full));
    }
    println!("\n{above} figures above the limit.");
}

/// Prints what a text takes; gives how many figures are above the limit.
fn row(name: &str, source: &str) -> usize {
    let mut tree = 0.0;
    let cells = PARTS.map(|part| {
        let mut taken = 0.0;
        with(part, source, &mut |run| taken = peak(run));
        match part {
            Part::Parse => tree = taken,
            Part::Lint | Part::Tokens | Part::Build => taken += tree,
        }
        let each = taken / float(source.len());
        (each > LIMIT, if each > LIMIT { format!("**{each:.1}**") } else { format!("{each:.1}") })
    });
    println!(
        "| {name} | {} | {} |",
        source.len(),
        cells.each_ref().map(|it| it.1.as_str()).join(" | ")
    );
    cells.iter().filter(|it| it.0).count()
}

/// The most memory that `run` had at one time, in bytes.
fn peak(run: impl FnOnce()) -> f64 {
    let AllocationInfo { bytes_max, .. } = allocation_counter::measure(run);
    float(usize::try_from(bytes_max).unwrap())
}

/// `it` as a floating-point number.
fn float(it: usize) -> f64 {
    f64::from(u32::try_from(it).unwrap_or(u32::MAX))
}
