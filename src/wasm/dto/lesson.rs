//! Lessons: what they say, and how far the learner is.

use serde::Serialize;
use tsify::Tsify;

use crate::{lesson, order::Map};

/// A lesson on the map.
#[derive(Serialize, Tsify)]
pub struct LessonSummary {
    id: String,
    title: String,
    summary: String,
    minutes: u32,
    unit: String,
    number: u32,
    total: u32,
}

/// A lesson.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct LessonView {
    #[serde(flatten)]
    #[tsify(type = "LessonSummary")]
    summary: LessonSummary,
    objectives: Vec<String>,
    intro: Vec<Node>,
    steps: Vec<StepView>,
}

/// A step of a lesson.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct StepView {
    id: String,
    kind: StepKind,
    title: String,
    body: Vec<Node>,
    choices: Vec<String>,
    checks: Vec<CheckView>,
    hints: u32,
    has_solution: bool,
}

/// What a step asks for.
#[derive(Serialize, Tsify)]
pub struct CheckView {
    id: String,
    say: String,
}

/// What kind of work a step is.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum StepKind {
    /// Read.
    Read,
    /// Guess before you run.
    Predict,
    /// Run a command.
    Do,
    /// Change a file.
    Edit,
    /// Answer.
    Quiz,
}

/// A piece of text: plain, or an element with children.
#[derive(Serialize, Tsify)]
#[serde(untagged)]
pub enum Node {
    /// Plain text.
    Text(String),
    /// An element.
    Element(Element),
}

/// An element of text.
#[derive(Serialize, Tsify)]
pub struct Element {
    tag: String,
    #[tsify(type = "Record<string, string>")]
    attrs: Map<String>,
    children: Vec<Node>,
}

impl From<&lesson::Lesson> for LessonSummary {
    fn from(it: &lesson::Lesson) -> Self {
        Self {
            id: it.id.clone(),
            title: it.title.clone(),
            summary: it.summary.clone(),
            minutes: it.minutes,
            unit: it.unit.clone(),
            number: it.number,
            total: it.total,
        }
    }
}

impl From<&lesson::Lesson> for LessonView {
    fn from(it: &lesson::Lesson) -> Self {
        Self {
            summary: it.into(),
            objectives: it.objectives.clone(),
            intro: it.intro.iter().map(Node::from).collect(),
            steps: it.steps.iter().map(StepView::from).collect(),
        }
    }
}

impl From<&lesson::Step> for StepView {
    fn from(it: &lesson::Step) -> Self {
        let check = |it: &lesson::Check| CheckView { id: it.id.clone(), say: it.say.clone() };
        Self {
            id: it.id.clone(),
            kind: match it.kind {
                lesson::StepKind::Read => StepKind::Read,
                lesson::StepKind::Predict => StepKind::Predict,
                lesson::StepKind::Do => StepKind::Do,
                lesson::StepKind::Edit => StepKind::Edit,
                lesson::StepKind::Quiz => StepKind::Quiz,
            },
            title: it.title.clone(),
            body: it.body.iter().map(Node::from).collect(),
            choices: it.choices.iter().map(|it| it.text.clone()).collect(),
            checks: it.checks.iter().map(check).collect(),
            hints: crate::text::to_u32(it.hints.len()),
            has_solution: !it.solution.is_empty(),
        }
    }
}

impl From<&lesson::Node> for Node {
    fn from(it: &lesson::Node) -> Self {
        match it {
            lesson::Node::Text(text) => Self::Text(text.clone()),
            lesson::Node::Element { tag, attrs, children } => Self::Element(Element {
                tag: tag.clone(),
                attrs: attrs.clone(),
                children: children.iter().map(Self::from).collect(),
            }),
        }
    }
}

/// How far the learner is.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct LessonState {
    /// The id of the step to work on.
    current: String,
    complete: bool,
    steps: Vec<StepState>,
    can_undo: bool,
    can_redo: bool,
}

/// How far a step is.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct StepState {
    id: String,
    done: bool,
    with_help: bool,
    checks: Vec<CheckState>,
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<String>,
    hints: Vec<String>,
    answers: Vec<Answer>,
}

/// Whether what a step asks for is met.
#[derive(Serialize, Tsify)]
pub struct CheckState {
    id: String,
    say: String,
    met: bool,
}

/// An answer that was given.
#[derive(Serialize, Tsify)]
pub struct Answer {
    choice: u32,
    correct: bool,
    because: String,
}

impl From<lesson::LessonState> for LessonState {
    fn from(it: lesson::LessonState) -> Self {
        let lesson::LessonState { current, complete, steps, can_undo, can_redo } = it;
        Self {
            current,
            complete,
            steps: steps.into_iter().map(StepState::from).collect(),
            can_undo,
            can_redo,
        }
    }
}

impl From<lesson::StepState> for StepState {
    fn from(it: lesson::StepState) -> Self {
        let lesson::StepState { id, done, with_help, checks, notice, hints, answers } = it;
        let check = |lesson::CheckState { id, say, met }| CheckState { id, say, met };
        let answer = |lesson::Answer { choice, correct, because }| Answer {
            choice: crate::text::to_u32(choice),
            correct,
            because,
        };
        Self {
            id,
            done,
            with_help,
            checks: checks.into_iter().map(check).collect(),
            notice,
            hints,
            answers: answers.into_iter().map(answer).collect(),
        }
    }
}
