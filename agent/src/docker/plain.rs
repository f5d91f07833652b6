//! BuildKit's steps as text, in the form of `docker build --progress plain`.

use std::collections::BTreeMap;

/// What is new of a step.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Change {
    /// Such as `[2/3] RUN make`.
    pub(super) name: String,
    /// Whether it needed no work.
    pub(super) cached: bool,
    /// Why it failed, or nothing.
    pub(super) error: String,
    /// Seconds of some clock.
    pub(super) started: Option<f64>,
    /// Seconds of the same clock.
    pub(super) completed: Option<f64>,
}

impl Change {
    /// One word about it.
    pub(super) fn progress(&self) -> Option<&'static str> {
        match (self.cached, self.error.is_empty(), self.started, self.completed) {
            (_, false, _, _) => Some("ERROR"),
            (true, true, _, _) => Some("CACHED"),
            (false, true, Some(_), None) => Some("RUNNING"),
            (false, true, _, Some(_)) => Some("DONE"),
            (false, true, None, None) => None,
        }
    }
}

/// Makes the text.
#[derive(Debug, Default)]
pub(super) struct Plain {
    steps: BTreeMap<String, Step>,
    /// The step whose lines are being printed.
    current: Option<usize>,
    text: String,
}

#[derive(Debug)]
struct Step {
    number: usize,
    name: String,
    started: Option<f64>,
    ended: bool,
    /// The last line, while it has no end.
    line: String,
}

impl Plain {
    /// Notes what is new of a step. BuildKit repeats itself.
    pub(super) fn step(&mut self, digest: &str, change: Change) {
        let Change { name, cached, error, started, completed } = change;
        if !self.steps.contains_key(digest) {
            if started.is_none() && completed.is_none() && !cached && error.is_empty() {
                return;
            }
            let number = self.steps.len() + 1;
            let step = Step { number, name, started, ended: false, line: String::new() };
            self.steps.insert(digest.to_owned(), step);
        }
        let Some(step) = self.steps.get_mut(digest).filter(|it| !it.ended) else { return };
        step.started = step.started.or(started);
        let end = match (cached, error.is_empty(), completed) {
            (_, false, _) => Some(format!("ERROR: {error}")),
            (true, true, _) => Some("CACHED".to_owned()),
            (false, true, Some(at)) => {
                Some(format!("DONE {:.1}s", (at - step.started.unwrap_or(at)).max(0.0)))
            }
            (false, true, None) => None,
        };
        let number = step.number;
        if end.is_some() || self.current.is_none() {
            self.turn_to(digest);
        }
        if let Some(end) = end {
            self.end_line(digest);
            self.text.push_str(&format!("#{number} {end}\n\n"));
            self.current = None;
            if let Some(step) = self.steps.get_mut(digest) {
                step.ended = true;
            }
        }
    }

    /// Notes output of a step.
    pub(super) fn log(&mut self, digest: &str, at: Option<f64>, message: &str) {
        if !self.steps.contains_key(digest) {
            return;
        }
        self.turn_to(digest);
        let Some(step) = self.steps.get_mut(digest) else { return };
        for part in message.split_inclusive('\n') {
            if step.line.is_empty() {
                let seconds = at.unwrap_or_default() - step.started.or(at).unwrap_or_default();
                step.line = format!("#{} {:.3} ", step.number, seconds.max(0.0));
            }
            step.line.push_str(part);
            if part.ends_with('\n') {
                self.text.push_str(&std::mem::take(&mut step.line));
            }
        }
    }

    /// What there is to print.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Ends what another step was printing, and says whose lines come.
    fn turn_to(&mut self, digest: &str) {
        let Some(step) = self.steps.get(digest) else { return };
        if self.current == Some(step.number) {
            return;
        }
        let title = format!("#{} {}\n", step.number, step.name);
        if let Some(before) = self.current {
            self.text.push_str(&format!("#{before} ...\n\n"));
        }
        self.current = Some(step.number);
        self.text.push_str(&title);
    }

    fn end_line(&mut self, digest: &str) {
        let line =
            self.steps.get_mut(digest).map(|it| std::mem::take(&mut it.line)).unwrap_or_default();
        if !line.is_empty() {
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    fn change(name: &str, started: Option<f64>, completed: Option<f64>) -> Change {
        Change { name: name.to_owned(), started, completed, ..Change::default() }
    }

    #[test]
    fn steps_look_like_progress_plain() {
        let mut plain = Plain::default();
        plain.step("c", change("[3/3] COPY", None, None));
        plain.step("a", change("[1/3] FROM debian", Some(10.0), None));
        plain.step("a", change("[1/3] FROM debian", Some(10.0), Some(10.06)));
        plain.step("a", change("[1/3] FROM debian", Some(10.0), Some(10.06)));
        plain.step("b", change("[2/3] RUN make", Some(11.0), None));
        plain.log("b", Some(11.5), "one\ntw");
        plain.log("b", Some(11.6), "o\nthree");
        plain.step("d", change("[other 1/1] RUN x", Some(11.0), None));
        plain.log("d", Some(12.0), "x\n");
        plain.log("b", Some(12.0), "!\n");
        plain.step(
            "d",
            Change { cached: true, ..change("[other 1/1] RUN x", Some(11.0), Some(12.5)) },
        );
        let failed = Change {
            error: "exit code: 3".to_owned(),
            ..change("[2/3] RUN make", Some(11.0), Some(13.0))
        };
        plain.step("b", failed);
        expect![[r"
            #1 [1/3] FROM debian
            #1 DONE 0.1s

            #2 [2/3] RUN make
            #2 0.500 one
            #2 0.500 two
            #2 ...

            #3 [other 1/1] RUN x
            #3 1.000 x
            #3 ...

            #2 [2/3] RUN make
            #2 0.600 three!
            #2 ...

            #3 [other 1/1] RUN x
            #3 CACHED

            #2 [2/3] RUN make
            #2 ERROR: exit code: 3

        "]]
        .assert_eq(&plain.take());
    }
}
