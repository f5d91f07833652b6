//! The course: lessons, their checks, and a player.
//!
//! A lesson is data, not code: what must be so is a [`Predicate`] out of a closed list, so a lesson from a stranger
//! is safe to open. `lesson::source` makes the data from Markdown with YAML in front, at build time only.

use crate::order::Map;

use serde::{Deserialize, Serialize};

mod player;
pub mod predicate;
pub mod prose;
mod read;
#[cfg(not(target_arch = "wasm32"))]
pub mod source;
mod state;
pub mod world;

pub use player::Player;
pub use predicate::Predicate;
pub use prose::Node;
pub use state::{Answer, CheckState, LessonState, StepState};
pub use world::{Fixture, WorldSpec};

/// All lessons, as `course.json` holds them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Course {
    /// In the order of the course.
    pub lessons: Vec<Lesson>,
    /// What worlds are put together from, by name.
    #[serde(default)]
    pub fixtures: Map<Fixture>,
    /// The world without a lesson.
    #[serde(default)]
    pub sandbox: WorldSpec,
}

/// One lesson.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Lesson {
    /// A name for addresses: never changed.
    pub id: String,
    /// A name for progress files: never changed.
    #[serde(default)]
    pub uuid: String,
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
    /// Lessons that help to have done before.
    #[serde(default)]
    pub requires: Vec<String>,
    /// The parts of the article that it teaches.
    #[serde(default)]
    pub source: Vec<String>,
    /// Where it works: `sim`, `real`.
    #[serde(default)]
    pub modes: Vec<String>,
    /// Where it starts.
    #[serde(default)]
    pub world: WorldSpec,
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
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// What must be so.
    #[serde(default)]
    pub checks: Vec<Check>,
    /// Help, from a question to a pattern.
    #[serde(default)]
    pub hints: Vec<String>,
    /// What solves the step.
    #[serde(default)]
    pub solution: Vec<Action>,
    /// Other ways that solve it too.
    #[serde(default)]
    pub alternates: Vec<Vec<Action>>,
    /// What one may try that does not solve it, and what is said then.
    #[serde(default)]
    pub wrong: Vec<Wrong>,
    /// What is said about what went wrong; the first that fits.
    #[serde(default)]
    pub notice: Vec<Notice>,
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
    /// When it is met.
    pub pass: Predicate,
}

/// A sentence about something that went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// A name inside the step.
    pub id: String,
    /// When it fits.
    pub when: Predicate,
    /// One line of Markdown.
    pub say: String,
}

/// Something one may try that does not solve the step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// What one does.
    pub run: Vec<Action>,
    /// The notice that must be shown.
    pub expect: String,
}

/// Something one does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Action {
    /// Types a line.
    Run(String),
    /// Writes a file in the editor.
    Write {
        /// The file.
        write: String,
        /// Its new text.
        text: String,
    },
}
