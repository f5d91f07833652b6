//! Figures: the core's speed, its size, and how fast the page is there on a slow phone; held to budgets.

use crate::{apt, build, companion::Companion, paths, program};
use anyhow::{Context, Result, bail, ensure};
use std::fs;

/// What `www/bench/load.mjs` measures, how much of it there may be, and its unit.
const BUDGETS: &[(&str, &str, f64, &str)] = &[
    ("lcp", "largest contentful paint", 1800.0, "ms"),
    ("usable", "until the command line takes input", 2000.0, "ms"),
    ("again", "the same, on a second visit", 400.0, "ms"),
    ("cls", "layout shift", 0.02, ""),
    ("blocked", "main thread blocked", 150.0, "ms"),
    ("lint", "200 lines linted in the worker, p95", 15.0, "ms"),
    ("js", "JavaScript, as it travels", 155.0 * 1024.0, "bytes"),
    ("wasm", "WebAssembly, as it travels", 350.0 * 1024.0, "bytes"),
    ("all", "all that is loaded at first", 700.0 * 1024.0, "bytes"),
];

/// `bench [RUNS]`.
pub(crate) fn bench(args: &[&str]) -> Result<()> {
    let runs: u32 = match args {
        [] => 3,
        [runs] => runs.parse().context("usage: cargo xtask bench [RUNS]")?,
        _ => bail!("usage: cargo xtask bench [RUNS]"),
    };
    apt::install(&["chromium"])?;
    program::run(program::cargo("bench").args(["--package", "dockwright"]))?;
    build::all()?;
    let agent = Companion::start("bench")?;
    let mut load = program::program("node");
    load.arg(paths::at("www/bench/load.mjs")).args([&agent.url, &lesson()?, &runs.to_string()]);
    compare(&program::output(&mut load)?)
}

/// The first lesson of the built course.
fn lesson() -> Result<String> {
    let text = fs::read_to_string(paths::at("www/generated/course.json"))?;
    let course: dockwright::lesson::Course =
        serde_json::from_str(&text).context("course.json is not a course")?;
    Ok(course.lessons.into_iter().next().context("the course has no lesson")?.id)
}

/// Prints the figures, and fails when one is over its budget.
fn compare(json: &str) -> Result<()> {
    let measured: serde_json::Value =
        serde_json::from_str(json).context("load.mjs printed no JSON")?;
    let mut over = Vec::new();
    println!("page, slow 4G (1.6 Mbit/s, 150 ms), processor 4 times slower, 390 px:");
    for (key, what, budget, unit) in BUDGETS {
        let value = measured
            .get(key)
            .and_then(serde_json::Value::as_f64)
            .with_context(|| format!("no {key}"))?;
        let digits = if *budget < 1.0 { 3 } else { 0 };
        println!("  {what:36} {value:>9.digits$} {unit:5}  of {budget:.digits$}");
        if value > *budget {
            over.push(format!("{what}: {value:.digits$} {unit}, budget {budget:.digits$}"));
        }
    }
    ensure!(over.is_empty(), "over budget:\n  {}", over.join("\n  "));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_over_its_budget_fails() {
        let json = |lcp: u32| {
            let rest = r#""usable": 1, "again": 1, "cls": 0.0, "blocked": 0, "lint": 1, "js": 1, "wasm": 1, "all": 1"#;
            format!("{{\"lcp\": {lcp}, {rest}}}")
        };
        compare(&json(1800)).unwrap();
        let error = compare(&json(1801)).unwrap_err().to_string();
        assert_eq!(error, "over budget:\n  largest contentful paint: 1801 ms, budget 1800");
        assert_eq!(compare("{}").unwrap_err().to_string(), "no lcp");
    }
}
