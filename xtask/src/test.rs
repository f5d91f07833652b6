//! Runs all tests, in groups: what a submission must pass.

mod groups;
mod log;

use crate::{apt, paths, program::interrupted};
use anyhow::{Result, bail, ensure};
use groups::{GROUPS, Group};
use log::Log;
use std::{
    io::{Write, stdout},
    time::{Duration, Instant},
};

/// How a group went.
struct Report {
    name: &'static str,
    passed: bool,
    time: Duration,
}

/// `test [--only NAME]…`: all groups, or the named ones. A failure does not keep the others from running.
pub(crate) fn test(args: &[&str]) -> Result<()> {
    let groups = select(args)?;
    let missing = prepare(&groups);
    let mut reports: Vec<Report> = Vec::new();
    for group in groups {
        let start = Instant::now();
        let unbuilt =
            group.needs_build && reports.iter().any(|it| it.name == "build" && !it.passed);
        let result = match &missing {
            _ if unbuilt => Err(anyhow::anyhow!("nothing to test: the build failed")),
            Some(error) if !group.programs.is_empty() => Err(anyhow::anyhow!("{error}")),
            _ => run(group),
        };
        ensure!(!interrupted(), "interrupted");
        let time = start.elapsed();
        let passed = result.is_ok();
        println!(
            "{:>8}  {} in {:.1} s",
            group.name,
            if passed { "passed" } else { "FAILED" },
            time.as_secs_f64()
        );
        match result {
            Ok(closing) => closing.iter().for_each(|line| println!("{:>8}  {line}", "")),
            Err(error) => println!("{error:#}"),
        }
        reports.push(Report { name: group.name, passed, time });
    }
    summary(&reports)
}

/// The chosen groups, in their order, with the build when one of them needs it.
fn select(args: &[&str]) -> Result<Vec<&'static Group>> {
    let mut names = Vec::new();
    let mut rest = args;
    while let [flag, name, more @ ..] = rest {
        ensure!(*flag == "--only", "usage: cargo xtask test [--only NAME]…");
        if !GROUPS.iter().any(|group| group.name == *name) {
            let list: Vec<String> =
                GROUPS.iter().map(|group| format!("  {:8} {}", group.name, group.about)).collect();
            bail!("there is no group {name:?} of tests. The groups are:\n{}", list.join("\n"));
        }
        names.push(*name);
        rest = more;
    }
    ensure!(rest.is_empty(), "usage: cargo xtask test [--only NAME]…");
    let is_named = |group: &Group| names.is_empty() || names.contains(&group.name);
    let needs_build = GROUPS.iter().any(|group| is_named(group) && group.needs_build);
    Ok(GROUPS
        .iter()
        .filter(|group| is_named(group) || (needs_build && group.name == "build"))
        .collect())
}

/// Installs what the groups need; gives what could not be had.
fn prepare(groups: &[&Group]) -> Option<String> {
    let mut programs: Vec<&str> =
        groups.iter().flat_map(|group| group.programs.iter().copied()).collect();
    programs.sort_unstable();
    programs.dedup();
    apt::install(&programs).err().map(|error| format!("{error:#}"))
}

fn run(group: &Group) -> Result<Vec<String>> {
    println!("{:>8}  {}", group.name, group.about);
    stdout().flush()?;
    let mut log = Log::new(&paths::target().join("test/log"), group.name)?;
    (group.run)(&mut log)?;
    Ok(log.closing_lines())
}

fn summary(reports: &[Report]) -> Result<()> {
    println!();
    for Report { name, passed, time } in reports {
        println!(
            "{name:>8}  {:6}  {:7.1} s",
            if *passed { "passed" } else { "FAILED" },
            time.as_secs_f64()
        );
    }
    let failed = reports.iter().filter(|report| !report.passed).count();
    println!("{} passed, {failed} failed", reports.len() - failed);
    ensure!(failed == 0, "{failed} of {} groups failed", reports.len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(args: &[&str]) -> Vec<&'static str> {
        select(args).unwrap().iter().map(|group| group.name).collect()
    }

    #[test]
    fn groups_are_selected_by_name() {
        assert_eq!(names(&["--only", "native"]), ["native"]);
        assert_eq!(names(&["--only", "wasm", "--only", "fmt"]), ["fmt", "wasm"]);
        assert_eq!(names(&["--only", "page"]), ["build", "page"]);
        assert_eq!(names(&[]).len(), GROUPS.len());
        let error = |args: &[&str]| select(args).err().unwrap().to_string();
        assert!(
            error(&["--only", "pages"]).contains("no group \"pages\"")
                && error(&["--only", "pages"]).contains("  types ")
        );
        assert!(error(&["--only"]).starts_with("usage") && error(&["page"]).starts_with("usage"));
    }

    #[test]
    fn one_failure_fails_all() {
        let report = |passed| Report { name: "x", passed, time: Duration::ZERO };
        assert!(summary(&[report(true), report(true)]).is_ok());
        assert_eq!(
            summary(&[report(true), report(false)]).unwrap_err().to_string(),
            "1 of 2 groups failed"
        );
    }
}
