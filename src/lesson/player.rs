//! Someone at work on a lesson: the machine, the checks after every command, undo and redo.

use std::sync::Arc;

use super::{
    Action, Answer, CheckState, Course, Lesson, LessonState, Step, StepKind, StepState,
    predicate::Facts,
};
use crate::terminal::{Terminal, Turn, World};

/// So many changes can be taken back.
const UNDO_LIMIT: usize = 100;

/// Someone at work: a machine, and a lesson if there is one.
#[derive(Debug, Clone)]
pub struct Player {
    lesson: Option<Lesson>,
    now: Moment,
    undo: Vec<Moment>,
    redo: Vec<Moment>,
    /// What stays when a change is taken back, for each step.
    seen: Vec<Seen>,
}

/// What a change can be taken back to.
#[derive(Debug, Clone)]
struct Moment {
    terminal: Terminal,
    /// The machine as the current step found it.
    step_start: Arc<Terminal>,
    /// Which steps are done.
    done: Vec<bool>,
    /// Which event the current step begins with.
    from: usize,
    /// What was said about what went wrong last.
    notice: Option<String>,
}

/// What someone has asked for and answered in a step.
#[derive(Debug, Clone, Default)]
struct Seen {
    hints: usize,
    with_help: bool,
    answers: Vec<usize>,
}

impl Player {
    /// A machine without a lesson.
    pub fn sandbox(course: &Course) -> Self {
        let world = course.sandbox.world(&course.fixtures).unwrap_or_default();
        Self::new(world, None)
    }

    /// A lesson from its start; `None` if there is no such lesson, or its world cannot be made.
    pub fn lesson(course: &Course, id: &str) -> Option<Self> {
        let lesson = course.lessons.iter().find(|it| it.id == id)?.clone();
        let world = lesson.world.world(&course.fixtures).ok()?;
        Some(Self::new(world, Some(lesson)))
    }

    fn new(world: World, lesson: Option<Lesson>) -> Self {
        let terminal = Terminal::new(world);
        let count = lesson.as_ref().map_or(0, |it| it.steps.len());
        let step_start = Arc::new(terminal.clone());
        let done = vec![false; count];
        let mut player = Self {
            lesson,
            now: Moment { terminal, step_start, done, from: 0, notice: None },
            undo: Vec::new(),
            redo: Vec::new(),
            seen: vec![Seen::default(); count],
        };
        player.pass_reading();
        player
    }

    /// The machine.
    pub fn terminal(&self) -> &Terminal {
        &self.now.terminal
    }

    /// The machine, to change what is no step of a lesson, such as the profile.
    pub fn terminal_mut(&mut self) -> &mut Terminal {
        &mut self.now.terminal
    }

    /// The lesson, if there is one.
    pub fn current_lesson(&self) -> Option<&Lesson> {
        self.lesson.as_ref()
    }

    /// Carries out a line.
    pub fn run(&mut self, line: &str) -> Turn {
        self.act(|it| it.run(line))
    }

    /// One second of what runs in the foreground.
    pub fn tick(&mut self) -> Turn {
        self.act(Terminal::tick)
    }

    /// Ctrl+C.
    pub fn interrupt(&mut self) -> Turn {
        self.act(Terminal::interrupt)
    }

    /// Writes a file of the working directory.
    pub fn write_file(&mut self, path: &str, text: &str) {
        if self.now.terminal.read_file(path) == Some(text) {
            return;
        }
        // Typing is taken back in the editor, not here: no snapshot.
        self.now.terminal.write_file(path, text);
        let notice = self.now.notice.take();
        self.look(self.now.terminal.engine().events().len());
        if self.now.notice.is_none() {
            self.now.notice = notice.filter(|_| !self.is_complete());
        }
    }

    fn act(&mut self, act: impl FnOnce(&mut Terminal) -> Turn) -> Turn {
        let before = self.now.clone();
        let events = before.terminal.engine().events().len();
        let was_running = before.terminal.is_running();
        let turn = act(&mut self.now.terminal);
        // A tick of a program belongs to the command that started it.
        self.look(if was_running { self.now.from.max(events.saturating_sub(2)) } else { events });
        let changed = !self.now.terminal.is_like(&before.terminal) || self.now.done != before.done;
        if changed && !was_running {
            self.undo.push(before);
            if self.undo.len() > UNDO_LIMIT {
                self.undo.remove(0);
            }
            self.redo.clear();
        }
        turn
    }

    /// Looks at the checks of the current step; `since` is the first event of the last command.
    fn look(&mut self, since: usize) {
        let Some(step) = self.step(self.current()) else { return };
        let facts = self.facts(self.now.from);
        let met = step.checks.iter().all(|it| it.pass.holds(&facts));
        if met && matches!(step.kind, StepKind::Do | StepKind::Edit) {
            self.finish(self.current());
            return;
        }
        let recent = self.facts(since);
        let notice = step.notice.iter().find(|it| it.when.holds(&recent));
        self.now.notice = notice.map(|it| it.say.clone());
    }

    fn facts(&self, from: usize) -> Facts<'_> {
        let events = self.now.terminal.engine().events();
        Facts { terminal: &self.now.terminal, events: events.get(from..).unwrap_or_default() }
    }

    fn finish(&mut self, step: usize) {
        if let Some(done) = self.now.done.get_mut(step) {
            *done = true;
        }
        self.now.notice = None;
        self.now.from = self.now.terminal.engine().events().len();
        self.now.step_start = Arc::new(self.now.terminal.clone());
        self.pass_reading();
    }

    /// A step that is only read holds nobody up.
    fn pass_reading(&mut self) {
        while self.step(self.current()).is_some_and(|it| it.kind == StepKind::Read) {
            let current = self.current();
            if let Some(done) = self.now.done.get_mut(current) {
                *done = true;
            }
        }
    }

    fn current(&self) -> usize {
        self.now.done.iter().position(|it| !it).unwrap_or(self.now.done.len())
    }

    fn is_complete(&self) -> bool {
        self.now.done.iter().all(|it| *it)
    }

    fn step(&self, at: usize) -> Option<&Step> {
        self.lesson.as_ref()?.steps.get(at)
    }

    fn position(&self, id: &str) -> Option<usize> {
        self.lesson.as_ref()?.steps.iter().position(|it| it.id == id)
    }

    /// How far the lesson is.
    pub fn state(&self) -> LessonState {
        let Some(lesson) = &self.lesson else {
            return LessonState {
                can_undo: !self.undo.is_empty(),
                can_redo: !self.redo.is_empty(),
                ..LessonState::default()
            };
        };
        let current = self.current();
        let last = lesson.steps.len().saturating_sub(1);
        let steps = lesson.steps.iter().enumerate().map(|(at, it)| self.step_state(at, it));
        LessonState {
            current: self.step(current.min(last)).map(|it| it.id.clone()).unwrap_or_default(),
            complete: self.is_complete(),
            steps: steps.collect(),
            can_undo: !self.undo.is_empty(),
            can_redo: !self.redo.is_empty(),
        }
    }

    fn step_state(&self, at: usize, step: &Step) -> StepState {
        let is_current = at == self.current();
        let done = self.now.done.get(at).copied().unwrap_or_default();
        let facts = self.facts(self.now.from);
        let checks = step.checks.iter().map(|it| CheckState {
            id: it.id.clone(),
            say: it.say.clone(),
            met: done || (is_current && it.pass.holds(&facts)),
        });
        let seen = self.seen.get(at).cloned().unwrap_or_default();
        let answers = seen.answers.iter().filter_map(|choice| {
            let it = step.choices.get(*choice)?;
            Some(Answer { choice: *choice, correct: it.correct, because: it.because.clone() })
        });
        StepState {
            id: step.id.clone(),
            done,
            with_help: seen.with_help,
            checks: checks.collect(),
            notice: self.now.notice.clone().filter(|_| is_current),
            hints: step.hints.iter().take(seen.hints).cloned().collect(),
            answers: answers.collect(),
        }
    }

    /// Answers the question of a step. A guess is done with any answer, a quiz with a right one.
    pub fn answer(&mut self, step: &str, choice: usize) {
        let Some(at) = self.position(step) else { return };
        let Some((kind, correct)) =
            self.step(at).and_then(|it| Some((it.kind, it.choices.get(choice)?.correct)))
        else {
            return;
        };
        if let Some(seen) = self.seen.get_mut(at) {
            seen.answers.push(choice);
        }
        match kind {
            StepKind::Predict => self.finish_answered(at),
            StepKind::Quiz if correct => self.finish_answered(at),
            StepKind::Quiz | StepKind::Read | StepKind::Do | StepKind::Edit => {}
        }
    }

    fn finish_answered(&mut self, at: usize) {
        if at == self.current() {
            self.finish(at);
        } else if let Some(done) = self.now.done.get_mut(at) {
            *done = true;
        }
    }

    /// Shows one more hint of a step.
    pub fn hint(&mut self, step: &str) {
        let Some(at) = self.position(step) else { return };
        let count = self.step(at).map_or(0, |it| it.hints.len());
        if let Some(seen) = self.seen.get_mut(at) {
            seen.hints = (seen.hints + 1).min(count);
        }
    }

    /// Shows the solution of a step: writes its files, and gives the lines to type.
    pub fn solution(&mut self, step: &str) -> Vec<String> {
        let Some(at) = self.position(step) else { return Vec::new() };
        if let Some(seen) = self.seen.get_mut(at) {
            seen.with_help = true;
        }
        let actions = self.step(at).map(|it| it.solution.clone()).unwrap_or_default();
        let mut lines = Vec::new();
        for action in actions {
            match action {
                Action::Run(line) => lines.push(line),
                Action::Write { write, text } => self.write_file(&write, &text),
            }
        }
        lines
    }

    /// Takes back the last change of the machine.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.undo.pop() else { return false };
        let now = std::mem::replace(&mut self.now, before);
        self.redo.push(now);
        true
    }

    /// Makes the change again that was taken back.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.redo.pop() else { return false };
        let now = std::mem::replace(&mut self.now, after);
        self.undo.push(now);
        true
    }

    /// Puts the machine back to where the current step began.
    pub fn reset_step(&mut self) {
        let before = self.now.clone();
        let profile = self.now.terminal.profile();
        self.now.terminal = self.now.step_start.as_ref().clone();
        self.now.terminal.set_profile(profile);
        self.now.from = self.now.terminal.engine().events().len();
        self.now.notice = None;
        if !self.now.terminal.is_like(&before.terminal) {
            self.undo.push(before);
            self.redo.clear();
        }
    }
}
