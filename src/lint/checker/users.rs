//! Who runs what.

use super::Checker;
use crate::{
    lint::checker::Base,
    syntax::{Instruction, InstructionKind, Text},
    text::Span,
};

/// The `USER`s of a file, by stage.
pub(super) struct Users<'c> {
    stages: Vec<Stage<'c>>,
}

struct Stage<'c> {
    /// Where each of its own starts, and what it says, in order.
    own: Vec<(u32, &'c Text<'c>)>,
    /// What the last one below the stage says.
    below: Option<&'c Text<'c>>,
}

impl<'c> Stage<'c> {
    /// What the last one above `end` says.
    fn above(&self, end: u32) -> Option<&'c Text<'c>> {
        let count = self.own.partition_point(|it| it.0 < end);
        let own = count.checked_sub(1).and_then(|it| self.own.get(it));
        own.map(|it| it.1).or(self.below)
    }
}

impl<'c> Users<'c> {
    fn new(checker: &Checker<'c>) -> Self {
        let mut stages: Vec<Stage<'c>> = Vec::with_capacity(checker.stages().len());
        for (at, stage) in checker.stages().iter().enumerate() {
            let below = match checker.base(at) {
                Base::Stage(below) => stages.get(*below).and_then(|it| it.above(u32::MAX)),
                Base::Image(_) | Base::Scratch | Base::Unknown => None,
            };
            let user = |it: &'c Instruction<'c>| match &it.kind {
                InstructionKind::User(user) => Some((it.span.start, &user.user)),
                _ => None,
            };
            stages.push(Stage { own: stage.body.iter().filter_map(user).collect(), below });
        }
        Self { stages }
    }
}

impl<'c> Checker<'c> {
    /// What the last `USER` above `end` says, in stage `at` or below it.
    fn user(&self, at: usize, end: u32) -> Option<&'c Text<'c>> {
        self.users.get_or_init(|| Users::new(self)).stages.get(at)?.above(end)
    }

    /// The user that runs `instruction` of stage `at`, by name or number, without its group; `root` for the number 0.
    /// `None` if a variable or the base image decides.
    pub(crate) fn user_at(&self, at: usize, instruction: &Instruction<'_>) -> Option<String> {
        fixed_user(self.user(at, instruction.span.start)?)
    }

    /// The user at the end of stage `at`, and the place of the `USER` that says so: see [`Checker::user_at`].
    pub(crate) fn last_user(&self, at: usize) -> Option<(String, Span)> {
        let user = self.user(at, u32::MAX)?;
        Some((fixed_user(user)?, user.span))
    }

    /// Whether stage `at` or one below it has a `USER`, whatever it says.
    pub(crate) fn has_user(&self, at: usize) -> bool {
        self.user(at, u32::MAX).is_some()
    }
}

/// The name in a `USER`, or `root` for the number 0; `None` if a variable is in it.
fn fixed_user(user: &Text<'_>) -> Option<String> {
    let name = user.trim_matches(['"', '\'']).split(':').next().unwrap_or_default();
    let is_zero = !name.is_empty() && name.bytes().all(|it| it == b'0');
    let name = if is_zero { "root" } else { name };
    (!name.contains('$')).then(|| name.to_owned())
}
