//! The counts of a run, and its failures.

use super::{Outcome, Plan, case::Case, explained::rules};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    time::{Duration, Instant},
};

/// So many failures of a kind are shown.
const ALIKE: usize = 1;

/// What a run found.
pub(super) struct Report {
    plan: Plan,
    start: Instant,
    cases: usize,
    built: usize,
    /// How many cases each rule explains.
    explained: BTreeMap<&'static str, usize>,
    /// Those that are not explained, and how many there are of each kind.
    failures: usize,
    kinds: BTreeMap<String, usize>,
    time: Duration,
}

impl Report {
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            plan: plan.clone(),
            start: Instant::now(),
            cases: 0,
            built: 0,
            explained: BTreeMap::new(),
            failures: 0,
            kinds: BTreeMap::new(),
            time: Duration::ZERO,
        }
    }

    pub(super) fn failures(&self) -> usize {
        self.failures
    }

    /// Whether so few failures of this kind were shown that another may be useful.
    pub(super) fn wants(&mut self, kind: &str) -> bool {
        let count = self.kinds.entry(kind.to_owned()).or_default();
        *count += 1;
        *count <= ALIKE
    }

    /// Counts a case; `failure` is the small form of one that is not explained, which is printed at once.
    pub(super) fn add(&mut self, outcome: &Outcome, failure: Option<(Case, Outcome)>) {
        self.cases += 1;
        self.built += usize::from(outcome.built);
        if outcome.left.is_empty() {
            for name in &outcome.explained {
                *self.explained.entry(name).or_default() += 1;
            }
        }
        if let Some((case, outcome)) = failure {
            let text = self.failure(&case, &outcome);
            println!("{text}");
        }
        self.failures += usize::from(!outcome.left.is_empty());
        self.time = self.start.elapsed();
        if self.cases.is_multiple_of(1000) {
            println!(
                "{:>8}  {} cases, {} unexplained",
                self.time.as_secs(),
                self.cases,
                self.failures
            );
        }
    }

    fn failure(&self, case: &Case, outcome: &Outcome) -> String {
        let Plan { engine, seed, .. } = &self.plan;
        let mut text = format!("UNEXPLAINED  case {} of seed {seed}\n{}", case.number, case.show());
        for (what, expected, real) in &outcome.left {
            // Writing to a `String` cannot fail.
            writeln!(text, "  {what}\n    expected {expected}\n    real     {real}")
                .unwrap_or_default();
        }
        if !outcome.explained.is_empty() {
            writeln!(text, "  explained: {}", outcome.explained.join(", ")).unwrap_or_default();
        }
        let (version, builder) = (engine.version(), case.builder.name());
        text + &format!(
            "  again: cargo xtask differential --engine {version} --builder {builder} --seed {seed} --case {}\n",
            case.number
        )
    }

    /// For a person.
    pub(super) fn show(&self) -> String {
        let Plan { engine, builder, seed, .. } = &self.plan;
        let seconds = self.time.as_secs_f64();
        let mut text = format!(
            "Docker {}, {}, seed {seed}: {} cases in {seconds:.0} s, {} of them built an image, {} explained, {} unexplained",
            engine.version(),
            builder.name(),
            self.cases,
            self.built,
            self.explained.values().sum::<usize>(),
            self.failures
        );
        for (kind, count) in &self.kinds {
            write!(text, "\n{count:>8}  UNEXPLAINED  {kind}").unwrap_or_default();
        }
        for rule in rules() {
            if let Some(count) = self.explained.get(rule.name) {
                write!(text, "\n{count:>8}  {}: {}", rule.name, rule.why).unwrap_or_default();
            }
        }
        text
    }
}
