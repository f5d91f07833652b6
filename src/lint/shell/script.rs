//! What a check sees of a script, and how it reports.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
};

use super::{Problem, RunScript, Variables};
use crate::{
    diagnostic::{Edit, Fix},
    shell::{Dialect, Id, Kind, Tree},
};

/// More problems of one script are not kept.
const MAX_PROBLEMS: usize = 1000;

/// A script, and what has been found in it.
pub(crate) struct Script<'s> {
    pub(super) tree: &'s Tree,
    /// The variables that the build gives it.
    pub(super) variables: &'s Variables,
    pub(super) dialect: Dialect,
    /// The simple commands, in order.
    pub(super) calls: Vec<Call>,
    /// Whether it stops at the first command that fails: `set -e` is in it.
    pub(super) stops_on_errors: bool,
    /// The check that looks: its place in the list, and its code.
    check: Cell<(usize, &'static str)>,
    /// How many more problems are kept.
    left: Cell<usize>,
    found: RefCell<Vec<(usize, Problem)>>,
}

/// A simple command by its words: assignments before the name are left out.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) id: Id,
    /// The name of the program, without its folder; `""` if it is not fixed.
    pub(super) name: String,
    words: Vec<Id>,
    /// The name of the program, behind `time`.
    direct: usize,
    /// The same, behind `command`, `builtin` and `exec` too.
    target: usize,
}

impl Call {
    fn new(tree: &Tree, id: Id) -> Self {
        let is_word = |it: &Id| matches!(tree.kind(*it), Kind::Word | Kind::Assignment);
        let words = tree.children(id).filter(is_word);
        let words: Vec<Id> = words.skip_while(|it| tree.kind(*it) == Kind::Assignment).collect();
        let text = |at: usize| words.get(at).map_or("", |it| tree.text(*it));
        let mut direct = 0;
        if text(0) == "time" {
            direct = if text(1) == "-p" { 2 } else { 1 };
        }
        let mut target = direct;
        while matches!(text(target), "command" | "builtin" | "exec")
            && !text(target + 1).starts_with('-')
            && target + 1 < words.len()
        {
            target += 1;
        }
        if text(target) == "busybox" && target + 1 < words.len() {
            target += 1;
        }
        let name = words.get(target).and_then(|it| tree.value(*it)).unwrap_or_default();
        let name = name.rsplit('/').next().unwrap_or_default().to_owned();
        Self { id, name, words, direct, target }
    }

    /// The word that names the program.
    pub(super) fn name_word(&self) -> Option<Id> {
        self.words.get(self.target).copied()
    }

    /// The arguments of the program.
    pub(super) fn args(&self) -> &[Id] {
        self.words.get(self.target + 1..).unwrap_or_default()
    }

    /// Whether `command`, `builtin` or `exec` runs it.
    pub(super) fn is_direct(&self) -> bool {
        self.direct == self.target
    }
}

impl<'s> Script<'s> {
    pub(super) fn new(run: &'s RunScript<'_>, tree: &'s Tree) -> Self {
        let calls: Vec<_> = tree.all(Kind::Simple).map(|it| Call::new(tree, it)).collect();
        let mut script = Self {
            tree,
            variables: &run.variables,
            dialect: run.dialect,
            calls,
            stops_on_errors: false,
            check: Cell::new((0, "")),
            left: Cell::new(MAX_PROBLEMS),
            found: RefCell::default(),
        };
        script.stops_on_errors = script.calls.iter().any(|it| script.sets_errexit(it));
        script
    }

    pub(super) fn start(&self, at: usize, code: &'static str) {
        self.check.set((at, code));
    }

    /// What has been found, each with the place of its check in the list.
    pub(super) fn finish(self) -> Vec<(usize, Problem)> {
        self.found.into_inner()
    }

    /// Reports a problem of a node.
    pub(super) fn report(&self, id: Id, message: impl Into<Cow<'static, str>>, help: &'static str) {
        self.add(id, message.into(), help, None);
    }

    /// Reports a problem of a node that putting text before and behind it would mend.
    pub(super) fn report_around(
        &self,
        id: Id,
        message: impl Into<Cow<'static, str>>,
        help: &'static str,
        (title, before, after): (&'static str, &str, &str),
    ) {
        let span = self.tree.span(id);
        let edits = vec![Edit::insert(span.start, before), Edit::insert(span.end, after)];
        self.add(id, message.into(), help, Some(Fix::risky(title, edits)));
    }

    pub(super) fn add(
        &self,
        id: Id,
        message: Cow<'static, str>,
        help: &'static str,
        fix: Option<Fix>,
    ) {
        if let Some(left) = self.left.get().checked_sub(1) {
            self.left.set(left);
            let (at, code) = self.check.get();
            let span = self.tree.span(id);
            self.found.borrow_mut().push((at, Problem { code, span, message, help, fix }));
        }
    }

    /// The value of a word, if it is fixed.
    pub(super) fn value(&self, word: Id) -> Option<Cow<'_, str>> {
        self.tree.value(word)
    }

    /// The nodes of commands with this name.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(move |it| it.is_direct() && it.name == name)
    }

    fn sets_errexit(&self, call: &Call) -> bool {
        let mut args = call.args().iter().map(|it| self.tree.text(*it));
        if call.name != "set" {
            return false;
        }
        while let Some(it) = args.next() {
            let Some(letters) = it.strip_prefix('-') else { continue };
            if letters.contains('e') {
                return true;
            }
            if letters.ends_with('o') && args.next() == Some("errexit") {
                return true;
            }
        }
        false
    }

    /// The simple command at a node.
    pub(super) fn call(&self, id: Id) -> Option<&Call> {
        let at = self.calls.binary_search_by_key(&id, |it| it.id).ok()?;
        self.calls.get(at)
    }

    /// The first simple command inside a node.
    pub(super) fn first_call(&self, id: Id) -> Option<&Call> {
        let at = self.calls.partition_point(|it| it.id < id);
        self.calls.get(at).filter(|it| it.id < self.tree.node(id).next)
    }

    /// The simple command that a node is in, with nothing but words between.
    pub(super) fn command_of(&self, id: Id) -> Option<&Call> {
        let above = self.tree.parents(id).find(|it| self.tree.kind(*it).is_command())?;
        self.call(above)
    }

    /// The parts of a word, those inside double quotes too.
    pub(super) fn parts(&self, word: Id) -> impl Iterator<Item = Id> {
        let tree = self.tree;
        tree.children(word).flat_map(|it| {
            let is_double = tree.kind(it) == Kind::Double;
            let inside = is_double.then(|| tree.children(it));
            (!is_double).then_some(it).into_iter().chain(inside.into_iter().flatten())
        })
    }

    /// The text of a part that no expansion changes, without its quotes; `None` of other parts.
    pub(super) fn fixed(&self, part: Id) -> Option<&str> {
        let text = self.tree.text(part);
        match self.tree.kind(part) {
            Kind::Literal => Some(text),
            Kind::Escape => Some(text.get(1..).unwrap_or_default()),
            Kind::Single => Some(text.trim_matches('\'')),
            _ => None,
        }
    }

    /// The single part that a word is, inside double quotes too.
    pub(super) fn only_part(&self, word: Id) -> Option<Id> {
        let mut parts = self.tree.children(word);
        let only = parts.next().filter(|_| parts.next().is_none())?;
        if self.tree.kind(only) != Kind::Double {
            return Some(only);
        }
        let mut inside = self.tree.children(only);
        inside.next().filter(|_| inside.next().is_none())
    }

    /// The list of a command substitution, if there is a command in it.
    pub(super) fn substituted(&self, id: Id) -> Option<Id> {
        if !matches!(self.tree.kind(id), Kind::Substitution | Kind::Backtick) {
            return None;
        }
        let list = self.tree.children_of(id, Kind::List).next()?;
        self.tree.children_of(list, Kind::AndOr).next().map(|_| list)
    }

    /// Whether an expansion is not split where it stands.
    pub(super) fn is_quote_free(&self, id: Id) -> bool {
        let mut below = id;
        for it in self.tree.parents(id) {
            match self.tree.kind(it) {
                Kind::Double
                | Kind::Translated
                | Kind::Heredoc
                | Kind::Arithmetic
                | Kind::ArithmeticExpansion
                | Kind::ForArithmetic
                | Kind::Index
                | Kind::Braced
                | Kind::Test
                | Kind::Array
                | Kind::Case
                | Kind::CaseItem
                | Kind::For => return true,
                Kind::Assignment if !self.is_argument(it) || self.dialect != Dialect::Sh => {
                    return true;
                }
                Kind::Assignment | Kind::Word | Kind::ExtendedPattern | Kind::Brace => (),
                Kind::Simple => return self.command_of(id).is_some_and(|it| it.name == "let"),
                _ => return false,
            }
            below = it;
        }
        below == id
    }

    /// Whether an assignment stands behind a command's name.
    fn is_argument(&self, assignment: Id) -> bool {
        let command = self.tree.parent(assignment);
        self.tree.children_of(command, Kind::Word).next().is_some_and(|it| it < assignment)
    }

    /// Whether an expansion is a part of a command's name.
    pub(super) fn is_name(&self, id: Id) -> bool {
        let word = self
            .tree
            .parents(id)
            .find(|it| matches!(self.tree.kind(*it), Kind::Word | Kind::Braced));
        let call = self.command_of(id);
        call.is_some_and(|call| {
            let first = call.words.first().copied();
            let direct = call.words.get(call.direct).copied();
            word.is_some() && (call.name_word() == word || first == word || direct == word)
        })
    }

    /// Whether what comes of a command decides what is done next: it stands before `&&` or `||`, or is the last of a
    /// condition.
    pub(super) fn is_condition(&self, id: Id) -> bool {
        let mut below = id;
        for it in self.tree.parents(id) {
            let decides = match self.tree.kind(it) {
                Kind::AndOr => self
                    .tree
                    .children(it)
                    .any(|other| other > below && self.tree.kind(other) == Kind::Pipeline),
                Kind::List => self.is_condition_of_loop(below),
                _ => false,
            };
            if decides {
                return true;
            }
            below = it;
        }
        false
    }

    /// Whether a list is what `if`, `elif`, `while` or `until` asks.
    pub(super) fn is_condition_list(&self, list: Id) -> bool {
        let above = self.tree.parent(list);
        if !matches!(self.tree.kind(above), Kind::If | Kind::Loop) {
            return false;
        }
        // The keyword stands right before it.
        matches!(self.tree.text(list.saturating_sub(1)), "if" | "elif" | "while" | "until")
    }

    /// Whether a command's output goes to another one.
    pub(super) fn is_piped(&self, id: Id) -> bool {
        let pipeline = self.tree.parent(id);
        self.tree.children_of(pipeline, Kind::Operator).any(|it| it > id)
    }

    /// Whether a list of commands is the last of a condition.
    pub(super) fn is_condition_of_loop(&self, and_or: Id) -> bool {
        let list = self.tree.parent(and_or);
        self.is_condition_list(list) && self.is_last(and_or)
    }

    /// Whether no command follows in the list.
    pub(super) fn is_last(&self, and_or: Id) -> bool {
        self.tree.after(and_or).all(|it| self.tree.kind(it) != Kind::AndOr)
    }
}
