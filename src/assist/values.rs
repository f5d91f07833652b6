//! What variables are in a place of a file, as far as the file says it.

use crate::{
    order::{Map, Set},
    scope::{Globals, Stages, expand::expand},
    syntax::{InstructionKind, Parse, Text},
};

/// A stage that starts from more stages knows nothing of the lowest ones.
const MAX_DEPTH: usize = 100;
/// A longer value is not shown.
const MAX_VALUE: usize = 4096;

/// What variables are.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// `None` if it depends on what the file does not say.
    all: Map<Option<String>>,
    /// Those that `--build-arg` can change.
    pub(super) arguments: Set,
}

impl Values {
    /// What instructions see that start at `until`, in a stage; in no stage, what `FROM` lines see.
    pub(super) fn new(parse: &Parse<'_>, stage: Option<usize>, until: u32) -> Self {
        let stages = Stages::new(parse);
        let (globals, _) = Globals::new(stages.global, &Map::new(), "default", parse.escape);
        let mut values = Self::default();
        let Some(stage) = stage else {
            for it in globals.names() {
                values.all.insert(it.to_owned(), globals.get(it).map(str::to_owned));
                values.arguments.insert(it.to_owned());
            }
            return values;
        };
        let below = |at: &usize| {
            let from = stages.list.get(*at)?.from?;
            stages.before(*at, &from.image)
        };
        let chain = std::iter::successors(Some(stage), below).take(MAX_DEPTH);
        let mut chain: Vec<_> = chain.collect();
        chain.reverse();
        for it in chain.into_iter().filter_map(|it| stages.list.get(it)) {
            for instruction in it.body.iter().take_while(|it| it.span.start < until) {
                match &instruction.kind {
                    InstructionKind::Env(env) => {
                        let new: Vec<_> = env
                            .pairs
                            .iter()
                            .map(|it| values.expanded(&it.value, parse.escape))
                            .collect();
                        for (pair, value) in env.pairs.iter().zip(new) {
                            values.all.insert(pair.name.to_string(), value);
                            values.arguments.remove(&pair.name);
                        }
                    }
                    InstructionKind::Arg(arg) => {
                        for it in &arg.variables {
                            let value = match &it.default {
                                Some(it) => values.expanded(it, parse.escape),
                                None => globals.get(&it.name).map(str::to_owned),
                            };
                            values.all.insert(it.name.to_string(), value);
                            values.arguments.insert(it.name.to_string());
                        }
                    }
                    _ => (),
                }
            }
        }
        values
    }

    fn expanded(&self, word: &Text<'_>, escape: char) -> Option<String> {
        let it = expand(word, escape, &|name| self.get(name)).ok()?;
        (it.unset.is_empty() && it.text.len() <= MAX_VALUE).then_some(it.text)
    }

    /// The value, if the file says it.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.all.get(name)?.as_deref()
    }

    /// All names.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.all.keys().map(String::as_str)
    }
}
