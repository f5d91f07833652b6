//! How far a lesson is: what the page shows beside the text.

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
