//! What `ARG` and `ENV` variables hold at a place of a file.

use super::{Base, Facts};
use crate::{
    order::Map,
    scope::expand,
    syntax::{InstructionKind, Text},
    text::Span,
};

/// Longer values are not known: variables that hold each other grow fast.
const MAX_VALUE: usize = 4096;

/// From how many stages below a stage has its variables.
const MAX_STAGES: usize = 64;

/// All definitions of a file.
#[derive(Debug, Default)]
pub(super) struct Variables {
    stages: Vec<Map<Definitions>>,
}

/// The definitions of a variable in a stage, in order.
#[derive(Debug, Default)]
struct Definitions {
    envs: Vec<Definition>,
    args: Vec<Definition>,
}

/// Where a variable gets a value.
#[derive(Debug)]
pub(crate) struct Definition {
    /// Where it is.
    span: Span,
    /// The value; `None` if a variable in it has none, or if only `--build-arg` gives one.
    pub(crate) value: Option<String>,
}

impl Variables {
    pub(super) fn new(facts: &Facts<'_>) -> Self {
        let mut variables = Self::default();
        for (at, stage) in facts.stages.iter().enumerate() {
            variables.stages.push(Map::new());
            for instruction in stage.body {
                let span = instruction.span;
                match &instruction.kind {
                    InstructionKind::Env(it) => {
                        let pairs = it.pairs.iter();
                        let values: Vec<_> = pairs
                            .map(|it| (&it.name, variables.expand(facts, at, span, &it.value)))
                            .collect();
                        for (name, value) in values {
                            variables.define(name, true, Definition { span, value });
                        }
                    }
                    InstructionKind::Arg(it) => {
                        for it in &it.variables {
                            let value = match &it.default {
                                // What the instruction defines is seen by what follows in it.
                                Some(it) => variables.expand(facts, at, Span::at(span.end), it),
                                None => facts.globals.get(&it.name).map(str::to_owned),
                            };
                            variables.define(&it.name, false, Definition { span, value });
                        }
                    }
                    _ => (),
                }
            }
        }
        variables
    }

    fn define(&mut self, name: &str, is_env: bool, definition: Definition) {
        let Some(stage) = self.stages.last_mut() else { return };
        stage.change(name.to_owned(), |all| {
            if is_env { all.envs.push(definition) } else { all.args.push(definition) }
        });
    }

    /// A text of an instruction with its variables expanded; `None` if one has no value.
    pub(super) fn expand(
        &self,
        facts: &Facts<'_>,
        stage: usize,
        before: Span,
        text: &Text<'_>,
    ) -> Option<String> {
        let get = |name: &str| self.get(facts, stage, before, name)?.value.as_deref();
        let expanded = expand(text, facts.parse.escape, &get).ok()?;
        let is_known = expanded.unset.is_empty() && expanded.text.len() <= MAX_VALUE;
        is_known.then_some(expanded.text)
    }

    /// What a variable is for an instruction: the last `ENV` above it, or else the last `ARG`.
    pub(super) fn get(
        &self,
        facts: &Facts<'_>,
        stage: usize,
        before: Span,
        name: &str,
    ) -> Option<&Definition> {
        let mut arg = None;
        let mut end = before.start;
        let mut at = stage;
        for _ in 0..MAX_STAGES {
            if let Some(all) = self.stages.get(at)?.get(name) {
                if let Some(it) = last_above(&all.envs, end) {
                    return Some(it);
                }
                arg = arg.or_else(|| last_above(&all.args, end));
            }
            match facts.base(at) {
                Base::Stage(below) => at = *below,
                Base::Image(_) | Base::Scratch | Base::Unknown => break,
            }
            end = u32::MAX;
        }
        arg
    }
}

fn last_above(all: &[Definition], end: u32) -> Option<&Definition> {
    let count = all.partition_point(|it| it.span.start < end);
    all.get(count.checked_sub(1)?)
}
