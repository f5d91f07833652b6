//! The variables of the build that a script sees.

use std::sync::Arc;

use crate::{
    order::Map,
    syntax::{Instruction, InstructionKind},
};

/// The names of proxy variables, which every `RUN` may have.
const PROXIES: [&str; 8] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "FTP_PROXY",
    "ftp_proxy",
    "NO_PROXY",
    "no_proxy",
];

/// More variables of a stage are not known to its scripts.
const MAX_VARIABLES: usize = 1000;
/// The variables of more stages below are not known either.
const MAX_STAGES: u32 = 64;

/// What the `ARG`s and `ENV`s of a stage define, and those of the stages below.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Each name with the place of the first instruction that defines it.
    own: Map<u32>,
    below: Option<Arc<Names>>,
    depth: u32,
}

impl Names {
    pub(super) fn new(body: &[Instruction<'_>], below: Option<&Arc<Self>>) -> Self {
        let below = below.filter(|it| it.depth < MAX_STAGES).cloned();
        let depth = below.as_ref().map_or(0, |it| it.depth + 1);
        let mut names = Self { own: Map::new(), below, depth };
        for it in body {
            match &it.kind {
                InstructionKind::Arg(arg) => {
                    arg.variables.iter().for_each(|name| names.define(&name.name, it));
                }
                InstructionKind::Env(env) => {
                    env.pairs.iter().for_each(|pair| names.define(&pair.name, it));
                }
                _ => (),
            }
        }
        names
    }

    fn define(&mut self, name: &str, by: &Instruction<'_>) {
        if self.own.len() < MAX_VARIABLES && !self.own.contains_key(name) {
            self.own.insert(name.to_owned(), by.span.start);
        }
    }
}

/// The variables of the build that a script sees: those that its stage defines above it, and those of the stages below.
#[derive(Debug, Clone, Default)]
pub struct Variables {
    names: Option<Arc<Names>>,
    /// Where the script's instruction starts.
    at: u32,
}

impl Variables {
    pub(super) fn new(names: &Arc<Names>, script: &Instruction<'_>) -> Self {
        Self { names: Some(Arc::clone(names)), at: script.span.start }
    }

    /// Whether there is one of this name.
    pub fn contains(&self, name: &str) -> bool {
        let is_above = |it: &Names| it.own.get(name).is_some_and(|it| *it < self.at);
        self.names.is_some() && PROXIES.contains(&name) || self.stages().any(is_above)
    }

    /// All names, in no order; some may be there more than once.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let proxies = if self.names.is_some() { &PROXIES[..] } else { &[] };
        let above = |it: &(&String, &u32)| *it.1 < self.at;
        let own = self.stages().flat_map(move |it| it.own.iter().filter(above));
        proxies.iter().copied().chain(own.map(|it| it.0.as_str()))
    }

    fn stages(&self) -> impl Iterator<Item = &Names> {
        std::iter::successors(self.names.as_deref(), |it| it.below.as_deref())
    }
}
