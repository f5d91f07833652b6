//! `ARG` as older engines read it.

use super::container::variables;
use crate::differential::{
    bases::Known,
    case::{Answer, Case},
    model,
};
use dockwright::{
    simulate::{Base, Build, Change, Replay, Step, StepKind},
    syntax::{Instruction, InstructionKind, parse},
};
use std::collections::{BTreeMap, BTreeSet};

/// The instructions that the builder expands.
const EXPANDED: &[&str] =
    &["ADD", "ARG", "COPY", "ENV", "EXPOSE", "LABEL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"];

/// What stands before a name that a rule takes away.
const NOBODY: &str = "_nobody_sets_";

/// The Dockerfile in which no word of an `ARG` names a variable that another word of it sets for the first time.
pub(super) fn words_apart(case: &Case) -> Option<String> {
    let known = Known::new().ok()?;
    let (_, build) = model::built(case, &known);
    let build = build?;
    let mut text = case.text.clone();
    for step in build.steps.iter().rev().filter(|it| matches!(it.kind, StepKind::Metadata)) {
        let (from, to) =
            (usize::try_from(step.span.start).ok()?, usize::try_from(step.span.end).ok()?);
        let parse = parse(&case.text);
        let same = parse.instructions.iter().find(|it| it.span == step.span);
        let Some(InstructionKind::Arg(arg)) = same.map(|it| &it.kind) else { continue };
        let set = variables(&build, step);
        let mut written = case.text.get(from..to)?.to_owned();
        for variable in &arg.variables {
            let name = variable.name.as_str();
            if !set.iter().any(|it| it.0 == name) {
                written = renamed(&written, name);
            }
        }
        text.replace_range(from..to, &written);
    }
    (text != case.text).then_some(text)
}

/// The Dockerfile in which every instruction sees the arguments that the classic builder gives it: those of its own
/// stage, each as its last `ARG` says, and none that a variable of the image covers (`builder/dockerfile/buildargs.go`).
pub(super) fn of_classic(case: &Case) -> Option<String> {
    let known = Known::new().ok()?;
    let (_, build) = model::built(case, &known);
    let parse = parse(&case.text);
    let mut scopes = Scopes::default();
    let mut edits: BTreeMap<usize, (usize, String)> = BTreeMap::new();
    let mut replay = Replay::default();
    for step in &build?.steps {
        let config = replay.after(step);
        if let StepKind::From { base } = &step.kind {
            scopes.start(step.stage, base, &config.env);
            continue;
        }
        // A trigger stands in another stage than the one that it is for; those of images are not in the file.
        let is_it = |it: &&Instruction<'_>| match &it.kind {
            InstructionKind::Onbuild(it) => step.trigger && it.text.as_str() == step.text.as_str(),
            _ => !step.trigger && it.span == step.span,
        };
        if let Some(written) = parse.instructions.iter().find(is_it) {
            let (start, end) = (
                usize::try_from(written.span.start).ok()?,
                usize::try_from(written.span.end).ok()?,
            );
            let old = edits.remove(&start).map_or(case.text.get(start..end)?.to_owned(), |it| it.1);
            edits.insert(start, (end, scopes.seen_by(written, old, step)?));
        }
        scopes.after(&step.change, &config.env);
    }
    let mut text = case.text.clone();
    for (start, (end, changed)) in edits.iter().rev() {
        text.replace_range(start..end, changed);
    }
    (text != case.text).then_some(text)
}

/// The names of arguments with values, as BuildKit and as the classic builder see them.
#[derive(Default)]
struct Scopes {
    stage: usize,
    buildkit: BTreeSet<String>,
    classic: BTreeSet<String>,
    /// The names of the image's variables.
    env: BTreeSet<String>,
    /// What BuildKit sees at the end of each stage.
    ends: BTreeMap<usize, BTreeSet<String>>,
}

impl Scopes {
    fn start(&mut self, stage: usize, base: &Base, env: &[String]) {
        self.set_env(env);
        self.classic.clear();
        self.buildkit = match base {
            Base::Stage(below) => self.ends.get(below).cloned().unwrap_or_default(),
            Base::Image(_) | Base::Scratch => BTreeSet::new(),
        };
        self.buildkit.retain(|it| !self.env.contains(it));
        self.stage = stage;
        self.ends.insert(stage, self.buildkit.clone());
    }

    fn set_env(&mut self, env: &[String]) {
        let names = env.iter().filter_map(|it| it.split('=').next());
        self.env = names.map(str::to_owned).collect();
    }

    /// An instruction in which other names stand for those that the classic builder does not see.
    fn seen_by(&self, it: &Instruction<'_>, mut written: String, step: &Step) -> Option<String> {
        if let (InstructionKind::Arg(arg), Change::Args(values)) = (&it.kind, &step.change) {
            let start = usize::try_from(it.span.start).ok()?;
            for (variable, (name, _)) in arg.variables.iter().zip(values).rev() {
                if self.env.contains(name.as_str()) {
                    let at = usize::try_from(variable.name.span.start).ok()?.checked_sub(start)?;
                    written.insert_str(at, NOBODY);
                }
            }
        }
        let word = step.text.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        let is_expanded = EXPANDED.contains(&&*word);
        let hidden = self.buildkit.difference(&self.classic).filter(|_| is_expanded);
        Some(hidden.fold(written, |text, name| renamed(&text, name)))
    }

    fn after(&mut self, change: &Change, env: &[String]) {
        self.set_env(env);
        if let Change::Args(values) = change {
            for (name, value) in values {
                let name = name.as_str();
                if value.is_none() {
                    self.classic.remove(name);
                } else if !self.env.contains(name) {
                    self.classic.insert(name.to_owned());
                    self.buildkit.insert(name.to_owned());
                }
            }
        }
        if let Change::Env(pairs) = change {
            for (name, _) in pairs {
                self.classic.remove(name.as_str());
                self.buildkit.remove(name.as_str());
            }
        }
        self.ends.insert(self.stage, self.buildkit.clone());
    }
}

/// What stands before the command of a `RUN` in the history of the classic builder: the arguments that have a value, of
/// the stage, in the order of their names (`prependEnvOnCmd`).
pub(super) fn before_command(build: &Build, step: &Step) -> String {
    let Some((arguments, environment)) = super::container::scopes(build, step) else {
        return String::new();
    };
    let is_env = |name: &str| environment.iter().any(|it| it.split('=').next() == Some(name));
    let mut set: BTreeMap<String, Option<String>> = BTreeMap::new();
    set.extend(arguments);
    let mut shown: Vec<String> = set
        .into_iter()
        .filter(|it| !is_env(&it.0) && !it.0.starts_with(NOBODY))
        .filter_map(|(name, value)| Some(format!("{name}={}", value?)))
        .collect();
    shown.sort();
    let joined: String = shown.iter().map(|it| format!("{it} ")).collect();
    if shown.is_empty() { joined } else { format!("|{} {joined}", shown.len()) }
}

/// The names in an answer as they stand in the Dockerfile.
pub(super) fn with_own_names(answer: &mut Answer) {
    match answer {
        Answer::Error(text) => *text = text.replace(NOBODY, ""),
        Answer::Image(image) => {
            let text = serde_json::Value::Object(std::mem::take(&mut image.config)).to_string();
            image.config = serde_json::from_str(&text.replace(NOBODY, "")).unwrap_or_default();
            for row in &mut image.history {
                row.created_by = row.created_by.replace(NOBODY, "");
            }
        }
    }
}

/// A text in which what is asked of a variable is asked of another, which nobody sets.
fn renamed(text: &str, name: &str) -> String {
    let mut done = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        done += before;
        done.push('$');
        let brace = if after.starts_with('{') { "{" } else { "" };
        let inside = after.strip_prefix('{').unwrap_or(after);
        rest = after;
        if let Some(behind) = inside.strip_prefix(name)
            && !behind.starts_with(|it: char| it.is_ascii_alphanumeric() || it == '_')
        {
            done += &format!("{brace}{NOBODY}{name}");
            rest = behind;
        }
    }
    done + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{differential::case::Builder, engine::Generation};

    #[test]
    fn whole_names_are_renamed() {
        assert_eq!(
            renamed("ARG A=1 B=$A${A:-x}$AB$", "A"),
            "ARG A=1 B=$_nobody_sets_A${_nobody_sets_A:-x}$AB$"
        );
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut case = Case::new(0, Builder::Classic, Generation::V20);
        text.clone_into(&mut case.text);
        let read = of_classic(&case);
        assert_eq!(read.as_deref(), (text != expected).then_some(expected));
    }

    #[test]
    fn the_classic_builder_has_scopes_of_its_own() {
        check(
            "FROM base:plain\nARG PATH=x\nENV A=$PATH",
            "FROM base:plain\nARG _nobody_sets_PATH=x\nENV A=$PATH",
        );
        check(
            "FROM scratch AS a\nARG V=1\nENV A=$V\nFROM a\nENV B=${V:-x} C=$VV",
            "FROM scratch AS a\nARG V=1\nENV A=$V\nFROM a\nENV B=${_nobody_sets_V:-x} C=$VV",
        );
        check(
            "FROM scratch\nARG V=1\nARG V\nUSER $V\nARG V=2\nUSER $V",
            "FROM scratch\nARG V=1\nARG V\nUSER $_nobody_sets_V\nARG V=2\nUSER $V",
        );
        // A command is not expanded; an argument that became a variable is one.
        check(
            "FROM scratch\nARG V=1\nFROM scratch\nCMD $V",
            "FROM scratch\nARG V=1\nFROM scratch\nCMD $V",
        );
        check(
            "FROM scratch AS a\nARG V=1\nONBUILD USER u$V\nFROM a",
            "FROM scratch AS a\nARG V=1\nONBUILD USER u$_nobody_sets_V\nFROM a",
        );
        let same = "FROM scratch AS a\nARG V=1\nENV V=$V\nFROM a\nUSER $V";
        check(same, same);
    }

    #[test]
    fn own_names_come_back() {
        let mut answer = Answer::Error("no $_nobody_sets_A".into());
        with_own_names(&mut answer);
        assert_eq!(answer.error(), Some("no $A"));
    }
}
