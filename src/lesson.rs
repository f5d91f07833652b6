//! The course: lessons, their checks, and a player.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::terminal::{Terminal, Turn, World};

pub mod prose;

pub use prose::Node;

/// All lessons, as `course.json` holds them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Course {
    /// In the order of the course.
    pub lessons: Vec<Lesson>,
}

/// One lesson.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Lesson {
    /// A name for addresses: never changed.
    pub id: String,
    /// The title.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// How long it takes.
    pub minutes: u32,
    /// The title of its unit.
    pub unit: String,
    /// Its number in the whole course, from 1.
    pub number: u32,
    /// How many lessons the whole course has.
    pub total: u32,
    /// What one can do afterwards.
    pub objectives: Vec<String>,
    /// What stands before the first step.
    pub intro: Vec<Node>,
    /// The steps.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// A name inside the lesson: never changed.
    pub id: String,
    /// What one does in it.
    pub kind: StepKind,
    /// The heading.
    pub title: String,
    /// The text.
    pub body: Vec<Node>,
    /// The answers to choose from.
    pub choices: Vec<Choice>,
    /// What must be so.
    pub checks: Vec<Check>,
    /// Help, from a question to a pattern.
    pub hints: Vec<String>,
    /// Lines that solve the step; empty if there is nothing to type.
    pub solution: Vec<String>,
}

/// What one does in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StepKind {
    /// Read.
    Read,
    /// Say what will happen.
    Predict,
    /// Work in the terminal.
    Do,
    /// Work in the editor.
    Edit,
    /// Answer a question.
    Quiz,
}

/// An answer to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The answer.
    pub text: String,
    /// Whether it is right.
    #[serde(default)]
    pub correct: bool,
    /// Why it is right or wrong.
    pub because: String,
}

/// Something that must be so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// A name inside the step.
    pub id: String,
    /// One line of Markdown.
    pub say: String,
}

/// How far a lesson is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LessonState {
    /// The step to work on.
    pub current: String,
    /// Whether every step is done.
    pub complete: bool,
    /// Each step, in order.
    pub steps: Vec<StepState>,
    /// Whether there is something to undo.
    pub can_undo: bool,
    /// Whether something was undone.
    pub can_redo: bool,
}

/// How far a step is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StepState {
    /// Which step.
    pub id: String,
    /// Whether it is done.
    pub done: bool,
    /// Whether the solution was shown.
    pub with_help: bool,
    /// Each check, in order.
    pub checks: Vec<CheckState>,
    /// What went wrong last, in words.
    pub notice: Option<String>,
    /// The hints shown so far.
    pub hints: Vec<String>,
    /// The answers given so far.
    pub answers: Vec<Answer>,
}

/// Whether a check is met.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckState {
    /// Which check.
    pub id: String,
    /// One line of Markdown.
    pub say: String,
    /// Whether it is met.
    pub met: bool,
}

/// An answer given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// Which choice.
    pub choice: usize,
    /// Whether it is right.
    pub correct: bool,
    /// Why.
    pub because: String,
}

/// Someone at work: a machine, and a lesson if there is one.
#[derive(Debug, Clone)]
pub struct Player {
    terminal: Terminal,
    lesson: Option<Lesson>,
}

impl Player {
    /// A machine without a lesson.
    pub fn sandbox(_course: &Course) -> Self {
        let files = BTreeMap::new();
        Self { terminal: Terminal::new(World { files, ..World::default() }), lesson: None }
    }

    /// A lesson from its start.
    pub fn lesson(course: &Course, id: &str) -> Option<Self> {
        let lesson = course.lessons.iter().find(|it| it.id == id)?.clone();
        Some(Self { terminal: Terminal::new(World::default()), lesson: Some(lesson) })
    }

    /// The machine.
    pub fn terminal(&self) -> &Terminal {
        &self.terminal
    }

    /// The machine, to change what is no step of a lesson, such as the profile.
    pub fn terminal_mut(&mut self) -> &mut Terminal {
        &mut self.terminal
    }

    /// The lesson, if there is one.
    pub fn current_lesson(&self) -> Option<&Lesson> {
        self.lesson.as_ref()
    }

    /// Carries out a line.
    pub fn run(&mut self, line: &str) -> Turn {
        self.terminal.run(line)
    }

    /// One second of what runs in the foreground.
    pub fn tick(&mut self) -> Turn {
        self.terminal.tick()
    }

    /// Ctrl+C.
    pub fn interrupt(&mut self) -> Turn {
        self.terminal.interrupt()
    }

    /// Writes a file of the working directory.
    pub fn write_file(&mut self, path: &str, text: &str) {
        self.terminal.write_file(path, text);
    }

    /// How far the lesson is.
    pub fn state(&self) -> LessonState {
        LessonState::default()
    }

    /// Answers the question of a step.
    pub fn answer(&mut self, _step: &str, _choice: usize) {}

    /// Shows one more hint of a step.
    pub fn hint(&mut self, _step: &str) {}

    /// Shows the solution of a step: the lines to type.
    pub fn solution(&mut self, _step: &str) -> Vec<String> {
        Vec::new()
    }

    /// Takes back the last change of the machine.
    pub fn undo(&mut self) -> bool {
        false
    }

    /// Makes the change again that was taken back.
    pub fn redo(&mut self) -> bool {
        false
    }

    /// Puts the machine back to where the current step began.
    pub fn reset_step(&mut self) {}
}
