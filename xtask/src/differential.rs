//! Compares the virtual build with a real engine, on thousands of Dockerfiles made by chance.

mod bases;
mod case;
mod explained;
mod folder;
mod grammar;
mod model;
mod random;
mod real;
mod report;
mod runs;
mod shrink;

use crate::{
    engine::{Client, Generation, Isolated},
    program::interrupted,
};
use anyhow::{Context, Result, bail, ensure};
use bases::Known;
use case::{Answer, Builder, Case, differences};
use real::Real;
use report::Report;
use runs::Images;
use serde_json::Value;
use std::{
    fs,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

const USAGE: &str = "usage: cargo xtask differential [--cases N] [--classic N] [--import N] [--argv N] [--seed S] \
                     [--engine 20.10|26|28] [--builder buildkit|classic|import|run] [--case NUMBER] [--file DOCKERFILE]";

/// What is compared.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) engine: Generation,
    builder: Builder,
    pub(crate) seed: u64,
    /// The first case, and the one after the last.
    cases: (u64, u64),
    /// A Dockerfile that is built instead of one made by chance.
    file: Option<String>,
}

/// An engine gets slow with many images: after so many builds it starts anew.
const BATCH: u64 = 1000;

/// Containers leave less behind.
const RUNS: u64 = 10_000;

/// So many builds at a time keep two processors busy.
const CONNECTIONS: usize = 4;

/// `differential …`.
pub(crate) fn differential(args: &[&str]) -> Result<()> {
    let plans = read(args)?;
    let mut failures = 0;
    for plan in &plans {
        let engine = Isolated::up(plan.engine)?;
        let report = run(plan, &engine);
        let down = engine.down();
        let report = report?;
        println!("{}", report.show());
        down?;
        failures += report.failures();
    }
    ensure!(failures == 0, "{failures} unexplained");
    Ok(())
}

fn read(args: &[&str]) -> Result<Vec<Plan>> {
    let mut plan = Plan {
        engine: Generation::V20,
        builder: Builder::BuildKit,
        seed: 1,
        cases: (0, 500),
        file: None,
    };
    let mut wanted: Vec<(Option<Builder>, (u64, u64))> = Vec::new();
    let mut rest = args;
    while let [flag, value, more @ ..] = rest {
        rest = more;
        let number = || {
            value.parse::<u64>().with_context(|| format!("{flag} takes a number, not {value:?}"))
        };
        match *flag {
            "--cases" => wanted.push((None, (0, number()?))),
            "--case" => wanted.push((None, (number()?, number()? + 1))),
            "--classic" => wanted.push((Some(Builder::Classic), (0, number()?))),
            "--import" => wanted.push((Some(Builder::Import), (0, number()?))),
            "--argv" => wanted.push((Some(Builder::Run), (0, number()?))),
            "--seed" => plan.seed = number()?,
            "--engine" => {
                plan.engine = Generation::named(value).with_context(|| {
                    format!("there is no engine {value:?}, but {}", Generation::NAMES)
                })?;
            }
            "--builder" => {
                plan.builder = Builder::named(value)
                    .with_context(|| format!("there is no builder {value:?}"))?;
            }
            "--file" => {
                plan.file = Some(
                    fs::read_to_string(value).with_context(|| format!("cannot read {value}"))?,
                );
                wanted.push((None, (0, 1)));
            }
            _ => bail!("{USAGE}"),
        }
    }
    ensure!(rest.is_empty(), "{USAGE}");
    if wanted.is_empty() {
        wanted.push((None, plan.cases));
    }
    let plans = wanted.into_iter().map(|(builder, cases)| Plan {
        cases,
        builder: builder.unwrap_or(plan.builder),
        ..plan.clone()
    });
    Ok(plans.collect())
}

/// Compares all cases.
fn run(plan: &Plan, engine: &Isolated) -> Result<Report> {
    let known = Known::with_files()?;
    let report = Mutex::new(Report::new(plan));
    let mut start = plan.cases.0;
    while start < plan.cases.1 {
        if start > plan.cases.0 {
            engine.restart()?;
        }
        bases::load(&mut Client::new(&engine.socket()))?;
        let images = match plan.builder {
            Builder::Run => Some(Images::new(plan, &mut Real::new(engine)?)?),
            Builder::BuildKit | Builder::Classic | Builder::Import => None,
        };
        let end = plan.cases.1.min(start + if images.is_some() { RUNS } else { BATCH });
        let next = AtomicU64::new(start);
        let work = || -> Result<()> {
            let real = Real::new(engine)?;
            let mut pair = Pair { real, known: &known, images: images.as_ref() };
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= end || interrupted() {
                    return Ok(());
                }
                let mut case = grammar::case(plan.seed, number, plan.builder, plan.engine);
                if let Some(file) = &plan.file {
                    case = Case::new(number, plan.builder, plan.engine);
                    case.text.clone_from(file);
                }
                let outcome = pair
                    .compare(&case)
                    .with_context(|| format!("case {number}\n{}", case.show()))?;
                let small = match outcome.kind() {
                    Some(kind) if lock(&report)?.wants(&kind) => {
                        Some(pair.shrink(&case, &outcome)?)
                    }
                    Some(_) | None => None,
                };
                lock(&report)?.add(&outcome, small);
            }
        };
        thread::scope(|scope| {
            let workers: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(work)).collect();
            workers.into_iter().try_for_each(|it| match it.join() {
                Ok(result) => result,
                Err(_) => bail!("a worker panicked"),
            })
        })?;
        ensure!(!interrupted(), "interrupted");
        start = end;
    }
    report.into_inner().map_err(|_| anyhow::anyhow!("a worker panicked"))
}

fn lock(report: &Mutex<Report>) -> Result<std::sync::MutexGuard<'_, Report>> {
    report.lock().map_err(|_| anyhow::anyhow!("a worker panicked"))
}

/// How the answers to a case compare.
#[derive(Debug, Clone)]
struct Outcome {
    /// Whether the engine made an image.
    built: bool,
    /// The rules that explain differences.
    explained: Vec<&'static str>,
    /// The differences that are left: what, expected, real.
    left: Vec<(String, String, String)>,
}

impl Outcome {
    /// What kind of failure it is, if it is one: what differs, and the error without what is said about this case.
    fn kind(&self) -> Option<String> {
        let (what, expected, real) = self.left.first()?;
        if what != "error" {
            return Some(what.clone());
        }
        let general = |text: &str| -> String {
            let mut parts = text.split(['"', '\'']).step_by(2);
            let outside: String = parts.by_ref().collect();
            outside.chars().filter(|it| !it.is_ascii_digit()).take(140).collect()
        };
        Some(format!("{} / {}", general(expected), general(real)))
    }
}

/// The two that are compared.
struct Pair<'k> {
    real: Real,
    known: &'k Known,
    images: Option<&'k Images>,
}

impl Pair<'_> {
    fn compare(&mut self, case: &Case) -> Result<Outcome> {
        if let Some(images) = self.images {
            let expected = images.expected(case)?;
            let real = images.real(case, self.real.client())?;
            let (expected, explained) =
                explained::explain(case, self.known, (expected, None), &real);
            let left = differences(&expected, &real);
            return Ok(Outcome { built: matches!(real, Answer::Image(_)), explained, left });
        }
        let mut container = Value::Null;
        if case.builder == Builder::Import && !case.base.is_empty() {
            container = self.real.container(&case.base)?.1.clone();
        }
        let (expected, build) = model::answer(case, self.known, &container)?;
        if explained::is_deadly(case, &expected) {
            return Ok(Outcome {
                built: false,
                explained: vec![explained::DEADLY],
                left: Vec::new(),
            });
        }
        let real = self.real.answer(case)?;
        let (expected, explained) = explained::explain(case, self.known, (expected, build), &real);
        let left = differences(&expected, &real);
        Ok(Outcome { built: matches!(real, Answer::Image(_)), explained, left })
    }

    /// A small case that fails in the same place.
    fn shrink(&mut self, case: &Case, outcome: &Outcome) -> Result<(Case, Outcome)> {
        let first = |it: &Outcome| {
            let (what, expected, real) = it.left.first()?;
            let image = "an image";
            Some((what.split('.').next()?.to_owned(), expected == image, real == image))
        };
        let place = first(outcome);
        let mut small =
            shrink::shrink(case, |it| Ok(first(&self.compare(it)?) == place && !interrupted()))?;
        let again = self.compare(&small)?;
        // What does not happen again is shown as it was.
        let outcome = if first(&again) == place { again } else { outcome.clone() };
        if let Some(images) = self.images {
            small.base = images.show(case)?;
        }
        Ok((small, outcome))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags() {
        let plans = read(&["--cases", "9", "--seed", "7", "--engine", "28", "--builder", "import"]);
        let [plan] = <[Plan; 1]>::try_from(plans.unwrap()).unwrap();
        assert_eq!((plan.cases, plan.seed, plan.engine), ((0, 9), 7, Generation::V28));
        assert_eq!(plan.builder, Builder::Import);
        assert_eq!(read(&["--case", "4"]).unwrap()[0].cases, (4, 5));
        let plans = read(&["--cases", "9", "--argv", "8"]).unwrap();
        let shown: Vec<_> = plans.iter().map(|it| (it.builder, it.cases.1)).collect();
        assert_eq!(shown, [(Builder::BuildKit, 9), (Builder::Run, 8)]);
        let error = |args: &[&str]| read(args).unwrap_err().to_string();
        assert!(
            error(&["--cases"]).starts_with("usage") && error(&["--x", "1"]).starts_with("usage")
        );
        assert!(error(&["--engine", "19"]).contains("20.10, 26 or 28"));
        assert_eq!(error(&["--cases", "x"]), "--cases takes a number, not \"x\"");
    }
}
