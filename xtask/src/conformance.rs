//! Grades the core by rows of what the real tools answer: `cargo xtask conformance DIR`.

mod answer;
mod compare;
mod input;
mod kind;
mod report;
mod row;
#[cfg(test)]
mod tests;

use anyhow::{Context, Result, bail, ensure};
use report::{Failure, Report};
use row::Row;
use std::{
    cell::RefCell,
    fs,
    io::Write,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

const USAGE: &str = "usage: cargo xtask conformance DIR [--suite NAME]… [--failures N]";

/// So many failures are shown, if not told otherwise.
const SHOWN: usize = 10;

/// What to grade.
#[derive(Debug)]
struct Options {
    dir: PathBuf,
    /// Starts of the names of suites; all of them if there is none.
    suites: Vec<String>,
    failures: usize,
}

/// `conformance DIR [--suite NAME]… [--failures N]`.
pub(crate) fn conformance(args: &[&str]) -> Result<()> {
    let options = read(args)?;
    // A panic of the core fails its row, which says where; it need not be printed as well.
    std::panic::set_hook(Box::new(|it| {
        PANIC.with(|panic| *panic.borrow_mut() = it.to_string());
    }));
    let report = grade(&options);
    drop(std::panic::take_hook());
    let (report, mut out) = (report?, std::io::stdout().lock());
    out.write_all(report.show(options.failures).as_bytes())?;
    let failed = report.failed();
    ensure!(failed == 0, "{failed} rows have another answer than the core");
    Ok(())
}

thread_local! {
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

fn read(args: &[&str]) -> Result<Options> {
    let mut options = Options { dir: PathBuf::new(), suites: Vec::new(), failures: SHOWN };
    let mut rest = args.iter();
    while let Some(word) = rest.next() {
        match *word {
            "--suite" => options.suites.push((*rest.next().context(USAGE)?).to_owned()),
            "--failures" => {
                options.failures = rest.next().context(USAGE)?.parse().context(USAGE)?;
            }
            it if !it.starts_with('-') && options.dir.as_os_str().is_empty() => {
                options.dir = PathBuf::from(it);
            }
            _ => bail!(USAGE),
        }
    }
    ensure!(!options.dir.as_os_str().is_empty(), USAGE);
    Ok(options)
}

/// Grades all rows of the chosen suites.
fn grade(options: &Options) -> Result<Report> {
    let mut report = Report::default();
    for path in suites(options)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        report.suite(name.trim_end_matches(".jsonl"));
        for (at, line) in text.lines().enumerate().filter(|it| !it.1.trim().is_empty()) {
            let place = format!("{name}:{}", at + 1);
            match Row::read(line) {
                Ok(row) => grade_row(row, place, &mut report),
                Err(error) => report.fail(Failure {
                    id: place.clone(),
                    place,
                    kind: String::new(),
                    input: Vec::new(),
                    lines: vec![format!("the row cannot be read: {error:#}")],
                }),
            }
        }
    }
    Ok(report)
}

/// The files of the chosen suites, in order.
fn suites(options: &Options) -> Result<Vec<PathBuf>> {
    let dir = &options.dir;
    let entries = fs::read_dir(dir)
        .with_context(|| format!("there is no folder {} with rows", dir.display()))?;
    let mut all = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "jsonl") {
            all.push(path);
        }
    }
    all.sort();
    ensure!(!all.is_empty(), "there is no .jsonl file in {}", dir.display());
    let stem = |it: &Path| it.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    for wanted in &options.suites {
        let names: Vec<_> = all.iter().map(|it| stem(it)).collect();
        ensure!(
            names.iter().any(|it| it.starts_with(wanted)),
            "there is no suite {wanted:?}. The suites are:\n  {}",
            names.join("\n  ")
        );
    }
    let is_wanted =
        |it: &String| options.suites.is_empty() || options.suites.iter().any(|s| it.starts_with(s));
    all.retain(|it| is_wanted(&stem(it)));
    Ok(all)
}

fn grade_row(mut row: Row, place: String, report: &mut Report) {
    let Some(kind) = kind::find(&row.kind) else {
        let why = if kind::NOT_YET.contains(&row.kind.as_str()) { "not yet" } else { "not known" };
        return report.skip(why, &row.kind);
    };
    kind.ask(&mut row);
    let input = input::Input::new(&row.input);
    let answer = catch_unwind(AssertUnwindSafe(|| (kind.answer)(&input)));
    let lines = match answer {
        Err(_) => vec![format!("the core {}", PANIC.with(|it| it.borrow().clone()))],
        Ok(Err(error)) => vec![format!("the input cannot be read: {error:#}")],
        Ok(Ok(answer)) => {
            if let Some(why) = answer.out_of_reach() {
                return report.skip(why, &row.kind);
            }
            let mut lines = kind.compare(&row.expect, &answer);
            lines.extend(input.unread().iter().map(|it| format!("input key {it} is not read")));
            lines
        }
    };
    if lines.is_empty() {
        return report.pass();
    }
    let input = report::shortened(&row.input);
    report.fail(Failure { id: row.id, place, kind: row.kind, input, lines });
}
