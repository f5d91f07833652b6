//! The build cache: which steps of a build are taken from an earlier one, and why the others are not.
//!
//! BuildKit gives each step a key made of the step above, the instruction as far as it counts, and the content of the
//! files that go in (`solver/llbsolver/ops/{exec,file}.go`, `cache/contenthash`). A step whose key is known is not
//! carried out. Times of files do not count; permissions and owners do. What only the configuration knows (`CMD`,
//! `LABEL`, `EXPOSE`) is in no key; a variable, the working directory and the user are in the key of a `RUN`.

mod facts;
#[cfg(test)]
mod tests;

use facts::{Facts, File};
pub use facts::{Keys, Known};

use crate::{
    order::{self, Set},
    simulate::{
        Build, Step, StepKind,
        context::Context,
        layers::{Files, Layers, stage_named},
    },
    text::LineIndex,
};

/// A build and all that it depends on.
#[derive(Clone, Copy)]
pub struct Snapshot<'s> {
    /// The build.
    pub build: &'s Build,
    /// The folder that is built.
    pub context: &'s Context,
    /// The files of images.
    pub files: &'s dyn Files,
    /// The build's layers.
    pub layers: &'s Layers,
    /// `--no-cache`.
    pub no_cache: bool,
}

/// What the cache says about a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The step, from 0.
    pub step: usize,
    /// Whether it is taken from the earlier build.
    pub hit: bool,
    /// Why.
    pub reason: Reason,
}

/// Why a step is taken from an earlier build, or is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The step above, the instruction and the files are the same.
    Same,
    /// Nothing is carried out: it changes the configuration only.
    Nothing,
    /// `--no-cache`.
    NoCache,
    /// A step above was carried out again.
    Above(usize),
    /// The base image is another one.
    Base,
    /// There was no such step.
    New,
    /// The same step stood on another one.
    Moved,
    /// The instruction is another one.
    Line,
    /// A variable in the instruction has another value.
    Value,
    /// The shell that the command is given to is another one.
    Shell,
    /// Files differ.
    Files(Vec<Changed>),
    /// The order of the files is another one.
    Order,
    /// Files come from a stage that was carried out again, and what it made is not known. If it made the same files, the
    /// step is taken from the earlier build nevertheless.
    Stage(String),
    /// A build argument is another one, and the command sees it.
    Arg(String),
    /// A variable is another one, and the command sees it.
    Env(String),
    /// The variables stand in another order.
    EnvOrder,
    /// The working directory of the command is another one.
    WorkingDir,
    /// The user of the command is another one.
    User,
}

/// A file that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Where it stands.
    pub path: String,
    /// How it differs.
    pub how: How,
}

/// How a file differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its content is another one.
    Content,
    /// Its permissions or its owner are others.
    Mode,
}

/// Says for each step of `after` whether it is taken from `before`.
pub fn compare(before: &Snapshot<'_>, after: &Snapshot<'_>) -> Vec<Verdict> {
    let old = facts::facts(before);
    let new = facts::facts(after);
    let old: Vec<&Facts> = old.iter().flatten().collect();
    let all: Vec<&Facts> = new.iter().flatten().collect();
    let keys: Set = old.iter().map(|it| it.key.clone()).collect();
    let mut verdicts: Vec<Verdict> = Vec::with_capacity(new.len());
    // For each stage the first step that is carried out again.
    let mut misses: Vec<Option<usize>> = vec![None; after.build.stages.len()];
    for (at, (step, facts)) in after.build.steps.iter().zip(&new).enumerate() {
        let above = misses.get(step.stage).copied().flatten();
        let reason = match facts {
            None => Reason::Nothing,
            Some(_) if after.no_cache && !matches!(step.kind, StepKind::From { .. }) => {
                Reason::NoCache
            }
            Some(facts) if keys.contains(&facts.key) => Reason::Same,
            Some(facts) => match above {
                Some(above) if !facts.parent.is_empty() => Reason::Above(above),
                _ => why(facts, step, &old, &all),
            },
        };
        let hit = matches!(reason, Reason::Same | Reason::Nothing);
        let reason = match reason {
            // The stage that the files come from is named by what readers know it as.
            Reason::Stage(from) => Reason::Stage(name(after.build, &from)),
            other => other,
        };
        let first = if let StepKind::From { base: super::Base::Stage(below) } = step.kind {
            misses.get(below).copied().flatten()
        } else {
            (!hit).then_some(at)
        };
        if let Some(slot) = misses.get_mut(step.stage) {
            *slot = slot.or(first);
        }
        verdicts.push(Verdict { step: at, hit, reason });
    }
    verdicts
}

/// Why a step whose parent is known is not.
fn why(new: &Facts, step: &Step, old: &[&Facts], all: &[&Facts]) -> Reason {
    if let StepKind::From { .. } = step.kind {
        return Reason::Base;
    }
    let is_on_the_same = |it: &&&Facts| it.parent == new.parent && !it.is_base;
    let mut here = old.iter().filter(is_on_the_same);
    if let Some(old) = here.clone().find(|it| it.words == new.words) {
        return what(new, old);
    }
    let count = |list: &[&Facts], words: &str| list.iter().filter(|it| it.words == words).count();
    if old.iter().any(|it| it.own == new.own) && count(old, &new.words) >= count(all, &new.words) {
        return Reason::Moved;
    }
    match here.next() {
        Some(it) if it.text == new.text => match step.kind {
            StepKind::Run { .. } => Reason::Shell,
            _ => Reason::Value,
        },
        // What stood here is there no longer: this one stands for it.
        Some(it) if count(all, &it.words) < count(old, &it.words) => Reason::Line,
        _ => Reason::New,
    }
}

/// What differs in two steps with the same instruction.
fn what(new: &Facts, old: &Facts) -> Reason {
    if new.env != old.env {
        let missing = |it: &&facts::Variable, there: &Facts| {
            !there.env.iter().any(|other| other.name == it.name && other.value == it.value)
        };
        let found = new.env.iter().find(|it| missing(it, old));
        let found = found.or_else(|| old.env.iter().find(|it| missing(it, new)));
        return match found {
            Some(it) if it.is_arg => Reason::Arg(it.name.clone()),
            Some(it) => Reason::Env(it.name.clone()),
            None => Reason::EnvOrder,
        };
    }
    if new.working_dir != old.working_dir {
        return Reason::WorkingDir;
    }
    if new.user != old.user {
        return Reason::User;
    }
    match &new.unknown {
        Some(from) => Reason::Stage(from.clone()),
        None => {
            let changed = changed(&old.files, &new.files);
            if changed.is_empty() { Reason::Order } else { Reason::Files(changed) }
        }
    }
}

/// The files that differ, by path.
fn changed(old: &[File], new: &[File]) -> Vec<Changed> {
    let sorted = |files: &[File]| {
        let mut files = files.to_vec();
        order::sort_by(&mut files, |a, b| a.path.cmp(&b.path));
        files
    };
    let (old, new) = (sorted(old), sorted(new));
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    let mut found = Vec::new();
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return found,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(old), Some(new)) => old.path.cmp(&new.path),
        };
        let (before, after) = (
            if order.is_le() { old.next() } else { None },
            if order.is_ge() { new.next() } else { None },
        );
        let how = match (before, after) {
            (None, _) => How::Added,
            (_, None) => How::Removed,
            (Some(before), Some(after)) if before.print == after.print => continue,
            (Some(before), Some(after)) => {
                let content = |it: &str| it.splitn(3, ' ').nth(2).map(str::to_owned);
                let is_same = content(&before.print) == content(&after.print);
                if is_same { How::Mode } else { How::Content }
            }
        };
        if let Some(it) = after.or(before) {
            found.push(Changed { path: it.path.clone(), how });
        }
    }
}

fn name(build: &Build, from: &str) -> String {
    let name = stage_named(build, from).and_then(|it| build.stages.get(it)?.name.clone());
    name.unwrap_or_else(|| from.to_owned())
}

impl Verdict {
    /// The reason in words, without a dot. `lines` are those of the Dockerfile of `build`.
    pub fn words(&self, build: &Build, lines: &LineIndex<'_>) -> String {
        let line = |step: usize| {
            let span = build.steps.get(step).map(|it| it.span).unwrap_or_default();
            lines.line(span.start)
        };
        match &self.reason {
            Reason::Same => "nothing that it depends on changed".to_owned(),
            Reason::Nothing => "it changes the configuration only".to_owned(),
            Reason::NoCache => "--no-cache".to_owned(),
            Reason::Above(step) => format!("line {} above was carried out again", line(*step)),
            Reason::Base => "the base image is another one".to_owned(),
            Reason::New => format!("line {} is new", line(self.step)),
            Reason::Moved => "the step above it is another one".to_owned(),
            Reason::Line => format!("line {} changed", line(self.step)),
            Reason::Value => format!("a variable in line {} has another value", line(self.step)),
            Reason::Shell => "the shell changed".to_owned(),
            Reason::Files(files) => match files.as_slice() {
                [] => "the files changed".to_owned(),
                [one] => one.words(),
                [one, another] => format!("{} and {}", one.words(), another.words()),
                [one, rest @ ..] => {
                    format!("{} and {} more files", one.words(), rest.len())
                }
            },
            Reason::Order => "the files stand in another order".to_owned(),
            Reason::Stage(name) => format!("{name} was built again, and what it made is not known"),
            Reason::Arg(name) => format!("the build argument {name} changed, and RUN sees it"),
            Reason::Env(name) => format!("the variable {name} changed, and RUN sees it"),
            Reason::EnvOrder => "the variables stand in another order".to_owned(),
            Reason::WorkingDir => "the working directory changed".to_owned(),
            Reason::User => "the user changed".to_owned(),
        }
    }
}

impl Changed {
    fn words(&self) -> String {
        let path = &self.path;
        match self.how {
            How::Added => format!("{path} is new"),
            How::Removed => format!("{path} is gone"),
            How::Content => format!("{path} changed"),
            How::Mode => format!("the permissions of {path} changed"),
        }
    }
}
