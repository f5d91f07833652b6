//! The time of one call.

use std::time::Duration;

use cpu_time::ThreadTime;

/// Rounds of one measurement.
const ROUNDS: usize = 1_000;
/// A measurement ends after this time, if it has three rounds.
const TIME: Duration = Duration::from_millis(900);

/// What the rounds of a measurement took, in time of this thread's processor: others on the machine do not count.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    /// The fastest round.
    pub(crate) best: Duration,
    /// The one in the middle.
    pub(crate) median: Duration,
}

/// Measures several rounds of `run`.
pub(crate) fn time(mut run: impl FnMut()) -> Times {
    let mut rounds = Vec::new();
    while rounds.len() < ROUNDS && (rounds.len() < 3 || rounds.iter().sum::<Duration>() < TIME) {
        let start = ThreadTime::now();
        run();
        rounds.push(start.elapsed());
    }
    rounds.sort();
    let at = |it: usize| rounds.get(it).copied().unwrap_or_default();
    Times { best: at(0), median: at(rounds.len() / 2) }
}

/// Measures one round.
pub(crate) fn time_once(run: impl FnOnce()) -> Duration {
    let start = ThreadTime::now();
    run();
    start.elapsed()
}

impl Times {
    /// Megabytes a second, best and median, for so many bytes.
    pub(crate) fn speed(self, bytes: usize) -> String {
        let speed = |it: Duration| float(bytes) / 1e6 / it.as_secs_f64().max(1e-9);
        format!("{:.0} / {:.0}", speed(self.best), speed(self.median))
    }
}

/// `it` as a floating-point number.
pub(crate) fn float(it: usize) -> f64 {
    f64::from(u32::try_from(it).unwrap_or(u32::MAX))
}
