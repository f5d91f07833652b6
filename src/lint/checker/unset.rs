//! Variables: where instructions use one that has no value, and why it has none.

mod definitions;
mod words;

use std::cell::Cell;

use definitions::{Definitions, certain};
pub(crate) use words::words;

use crate::{
    lint::{
        checker::Checker,
        image::{may_be_set, sets_path_only},
    },
    order::Set,
    scope::expand::{self, Use, expand_noting},
    shell::{Id, Kind, Tree},
    syntax::{Instruction, InstructionKind, Text, keyword::nearest},
    text::{Span, to_u32},
};

/// More uses are not noted.
const MAX_UNSET: usize = 1_000;
/// So many names are compared in one file; then nothing is called nearly so.
const MAX_COMPARED: usize = 2_000;
/// Shorter names are all alike.
const MIN_COMPARED: usize = 4;

/// A variable that an instruction or a script uses, and that has no value there.
pub(crate) struct Unset<'c> {
    /// The instruction.
    pub(crate) instruction: &'c Instruction<'c>,
    /// Whether the shell of a `RUN` reads it, not Docker.
    pub(crate) is_in_script: bool,
    /// The name.
    pub(crate) name: String,
    /// From `$` to the end of the name, with the brace behind it.
    pub(crate) span: Span,
    /// Why it has none.
    pub(crate) why: Why,
}

/// Why a variable has no value.
pub(crate) enum Why {
    /// The same `ENV` sets it, here.
    SameEnv(Span),
    /// It is a variable of the global scope, which the stage does not declare; where it is declared, unless all builds
    /// have it.
    Global(Option<Span>),
    /// The stage sets it further down.
    Later(Span),
    /// Something is called nearly so.
    Near(String),
    /// Another stage sets it.
    Elsewhere(Span),
    /// Nothing in the file sets it.
    Nowhere,
}

/// Where the walk is.
#[derive(Clone, Copy)]
struct At<'c> {
    stage: usize,
    /// Whether all is known that the images below the stage set.
    is_certain: bool,
    instruction: &'c Instruction<'c>,
}

struct Walk<'w, 'c> {
    checker: &'w Checker<'c>,
    definitions: Definitions<'w, 'c>,
    compared: Cell<usize>,
    found: Vec<Unset<'c>>,
}

/// All uses of variables without a value, in order.
pub(super) fn unset<'c>(checker: &Checker<'c>) -> Vec<Unset<'c>> {
    let definitions = Definitions::new(checker);
    let mut walk = Walk { checker, definitions, compared: Cell::new(0), found: Vec::new() };
    let certain = certain(checker, sets_path_only);
    let mut runs = checker.runs().iter().peekable();
    for (stage, (it, is_certain)) in checker.stages().iter().zip(certain).enumerate() {
        for instruction in it.body {
            let here = At { stage, is_certain, instruction };
            walk.instruction(here);
            while let Some(run) =
                runs.next_if(|it| it.instruction().span.start <= instruction.span.end)
            {
                if !run.script.is_trigger && run.script.dialect.is_posix() {
                    for tree in &run.script.script.trees {
                        walk.script(here, tree);
                    }
                }
            }
        }
    }
    walk.found
}

impl<'c> Walk<'_, 'c> {
    fn instruction(&mut self, here: At<'c>) {
        let instruction = here.instruction;
        // Without a dollar there is no variable.
        if self.is_full() || !instruction.span.slice(self.checker.source()).contains('$') {
            return;
        }
        words(instruction, |word| {
            if word.contains('$') {
                self.word(here, word);
            }
        });
        if matches!(instruction.kind, InstructionKind::Copy(_) | InstructionKind::Add(_)) {
            for it in instruction.heredocs.iter().filter(|it| it.expand) {
                let text = it.body.slice(self.checker.source());
                let mut uses = Vec::new();
                let value = |name: &str| self.sees(here, name).then_some("x");
                drop(expand::document(text, &value, &mut uses));
                self.uses(here, &Text::new(text, it.body), &uses);
            }
        }
    }

    fn is_full(&self) -> bool {
        self.found.len() >= MAX_UNSET
    }

    fn sees(&self, here: At<'c>, name: &str) -> bool {
        self.definitions.sees(here.stage, here.instruction.span.start, name)
    }

    fn word(&mut self, here: At<'c>, word: &Text<'_>) {
        let mut uses = Vec::new();
        let value = |name: &str| self.sees(here, name).then_some("x");
        drop(expand_noting(word, self.checker.parse().escape, &value, &mut uses));
        self.uses(here, word, &uses);
    }

    fn uses(&mut self, here: At<'c>, word: &Text<'_>, uses: &[Use]) {
        let instruction = here.instruction;
        for it in uses.iter().filter(|it| !it.is_set) {
            if self.is_full() {
                return;
            }
            let Some(name) = word.get(it.name.clone()) else { continue };
            if !name.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_') {
                continue;
            }
            let before = word.get(..it.name.start).unwrap_or_default();
            let is_braced = before.ends_with('{');
            let end = word.get(it.name.end..).unwrap_or_default();
            let end = it.name.end + usize::from(is_braced && end.starts_with('}'));
            let start = it.name.start.saturating_sub(1 + usize::from(is_braced));
            let span = word.at(start, end);
            // That there is an alternative says that none is needed, unless the value is lost on the way.
            let why = self.why(here, name, span);
            let Some(why) = why.filter(|why| {
                !it.has_alternative || matches!(why, Why::Global(_) | Why::SameEnv(_))
            }) else {
                continue;
            };
            let name = name.to_owned();
            let is_in_script = false;
            self.found.push(Unset { instruction, is_in_script, name, span, why });
        }
    }

    fn why(&self, here: At<'c>, name: &str, span: Span) -> Option<Why> {
        let At { stage, is_certain, instruction } = here;
        if let InstructionKind::Env(env) = &instruction.kind
            && self.may_compare(env.pairs.len())
            && let Some(pair) = env.pairs.iter().find(|it| *it.name == *name)
            && !(pair.value.span.start <= span.start && span.end <= pair.value.span.end)
        {
            return Some(Why::SameEnv(pair.name.span));
        }
        if !is_certain && may_be_set(name) {
            return None;
        }
        if let Some(span) = self.definitions.global(name) {
            return Some(Why::Global(Some(span)));
        }
        if self.checker.has_global(name) {
            return Some(Why::Global(None));
        }
        if let Some(later) = self.definitions.later(stage, span.start, name) {
            return Some(Why::Later(later));
        }
        if let Some(near) = self.near(here, name) {
            return Some(Why::Near(near));
        }
        if let Some(first) = self.definitions.elsewhere(name) {
            return Some(Why::Elsewhere(first));
        }
        is_certain.then_some(Why::Nowhere)
    }

    fn may_compare(&self, count: usize) -> bool {
        self.compared.set(self.compared.get() + count);
        self.compared.get() <= MAX_COMPARED
    }

    fn near(&self, here: At<'c>, name: &str) -> Option<String> {
        if name.len() < MIN_COMPARED || !self.may_compare(self.definitions.len()) {
            return None;
        }
        let known = self.definitions.seen(here.stage, here.instruction.span.start);
        nearest(name, known.chain(["PATH"])).filter(|it| *it != name).map(str::to_owned)
    }

    /// Looks for variables of the global scope that a script reads, and that nothing gives it.
    fn script(&mut self, here: At<'c>, tree: &Tree) {
        let At { is_certain, instruction, .. } = here;
        let is_wanted =
            |name: &str| self.definitions.global(name).is_some() || self.checker.has_global(name);
        if self.is_full()
            || !tree
                .all(Kind::Variable)
                .chain(tree.all(Kind::Braced))
                .any(|it| read(tree, it).is_some_and(|it| is_wanted(it.0)))
        {
            return;
        }
        let mut given = Set::new();
        for it in tree.all(Kind::Name).filter(|it| tree.kind(tree.parent(*it)) != Kind::Braced) {
            given.insert(tree.text(it).to_owned());
        }
        for it in tree.all(Kind::Literal) {
            // `read NAME`, and a file that sets what it likes.
            let text = tree.text(it);
            if matches!(text, "." | "source" | "eval") {
                return;
            }
            if is_wanted(text) {
                given.insert(text.to_owned());
            }
        }
        for id in tree.all(Kind::Variable).chain(tree.all(Kind::Braced)) {
            let Some((name, span)) = read(tree, id) else { continue };
            let is_of_image = || !is_certain && may_be_set(name);
            if !is_wanted(name) || given.contains(name) || self.sees(here, name) || is_of_image() {
                continue;
            }
            let why = Why::Global(self.definitions.global(name));
            let name = name.to_owned();
            given.insert(name.clone());
            let is_in_script = true;
            self.found.push(Unset { instruction, is_in_script, name, span, why });
        }
    }
}

/// The variable that an expansion reads, and where; not what has an operator, which may give it a value.
fn read(tree: &Tree, id: Id) -> Option<(&str, Span)> {
    if tree.kind(id) == Kind::Variable {
        return Some((tree.text(id).strip_prefix('$')?, tree.span(id)));
    }
    let name = tree.text(id).strip_prefix("${")?.strip_suffix('}')?;
    let is_name = |it: u8| it.is_ascii_alphanumeric() || it == b'_';
    name.bytes().all(is_name).then(|| (name, tree.span(id)))
}

/// The names in a text: what a shell or a builder may take for a variable.
pub(crate) fn identifiers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_ascii_alphanumeric() && it != '_').filter(|it| !it.is_empty())
}

/// Where a line starts.
pub(crate) fn line_start(source: &str, at: u32) -> u32 {
    let before = source.get(..at as usize).unwrap_or_default();
    before.rfind('\n').map_or(0, |it| to_u32(it + 1))
}
