//! What the words of commands are when their variables are expanded.

use super::{Checker, Run, variables::Definition};
use crate::{
    order::Map,
    shell::{Command, Id, Kind, Tree, Word},
    syntax::Text,
    text::Span,
};

/// So many variables are read for one word, and so many bytes may it have.
const MAX_VARIABLES: usize = 64;
const MAX_VALUE: usize = 4096;

/// A word of a command as the program gets it.
#[derive(Debug, Clone)]
pub(crate) struct Value {
    /// Where it stands: the whole word, if a variable holds it.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) text: String,
}

impl Checker<'_> {
    /// The value of a word of a command: variables of the script, of `ENV` and of `ARG` are expanded. `None` if one of
    /// them is not known.
    pub(crate) fn value(&self, run: &Run<'_>, word: Word<'_>) -> Option<String> {
        let mut expansion = Expansion { text: String::new(), left: MAX_VARIABLES };
        self.add(&mut expansion, run, word.tree, word.id).then_some(expansion.text)
    }

    /// The words that a command gets for these words. Those with unknown variables are left out; a variable without
    /// quotes around may hold several.
    pub(crate) fn values<'t>(
        &self,
        run: &Run<'_>,
        words: impl IntoIterator<Item = Word<'t>>,
    ) -> Vec<Value> {
        let mut values = Vec::new();
        for word in words {
            let Some(text) = self.value(run, word) else { continue };
            let span = word.span();
            if word.tree.is_quoted(word.id) || word.tree.is_fixed(word.id) {
                values.push(Value { span, text });
            } else {
                let parts = text.split_ascii_whitespace();
                values.extend(parts.map(|it| Value { span, text: it.to_owned() }));
            }
        }
        values
    }

    /// Whether a word of the command has a variable whose value is not known, so that it may be anything, such as a flag.
    pub(crate) fn has_unknown(&self, run: &Run<'_>, command: &Command<'_>) -> bool {
        command
            .arguments()
            .iter()
            .any(|it| it.tree.text(it.id).starts_with('$') && self.value(run, *it).is_none())
    }

    /// Whether one of these flags is given, in a variable too.
    pub(crate) fn has_flag(&self, run: &Run<'_>, command: &Command<'_>, names: &[&str]) -> bool {
        if command.has_flag(names) {
            return true;
        }
        let variables = command.arguments().iter().filter(|it| !it.tree.is_fixed(it.id));
        self.values(run, variables.copied()).iter().any(|it| names.contains(&it.text.as_str()))
    }

    /// What gives a `RUN` a variable: `ENV` or `ARG`.
    pub(crate) fn variable(&self, run: &Run<'_>, name: &str) -> Option<&Definition> {
        self.variables().get(self.facts, run.stage(), run.instruction().span, name)
    }

    /// A text of the instruction with its variables expanded.
    pub(crate) fn expanded(&self, run: &Run<'_>, text: &Text<'_>) -> Option<String> {
        self.variables().expand(self.facts, run.stage(), run.instruction().span, text)
    }

    fn add(&self, expansion: &mut Expansion, run: &Run<'_>, tree: &Tree, word: Id) -> bool {
        tree.children(word).all(|it| {
            let text = tree.text(it);
            match tree.kind(it) {
                Kind::Literal | Kind::Glob => expansion.text.push_str(text),
                Kind::Single => expansion.text.push_str(text.trim_matches('\'')),
                Kind::Escape if text == "\\\n" => (),
                Kind::Escape => expansion.text.push_str(text.get(1..).unwrap_or_default()),
                Kind::Double => return self.add(expansion, run, tree, it),
                Kind::Variable | Kind::Braced => {
                    return self.add_variable(expansion, run, tree, it);
                }
                _ => return false,
            }
            expansion.text.len() < MAX_VALUE
        })
    }

    fn add_variable(&self, expansion: &mut Expansion, run: &Run<'_>, tree: &Tree, id: Id) -> bool {
        let text = tree.text(id);
        let braced = text.strip_prefix("${").and_then(|it| it.strip_suffix('}'));
        let Some(name) = braced.or_else(|| text.strip_prefix('$')) else { return false };
        let is_name = |it: u8| it.is_ascii_alphanumeric() || it == b'_';
        let Some(left) = expansion.left.checked_sub(1).filter(|_| name.bytes().all(is_name)) else {
            return false;
        };
        expansion.left = left;
        let is_main = run.script.script.tree().is_some_and(|it| std::ptr::eq(it, tree));
        if is_main && let Some(assigned) = run.assigned().get(name) {
            // What is assigned further down is not there yet.
            let above = assigned.filter(|it| *it < id);
            return above.is_some_and(|it| self.add(expansion, run, tree, it));
        }
        match self.variable(run, name).and_then(|it| it.value.as_deref()) {
            Some(it) => {
                expansion.text.push_str(it);
                true
            }
            None => false,
        }
    }
}

struct Expansion {
    text: String,
    /// How many more variables may be read.
    left: usize,
}

/// The words that are assigned to the variables of a script; `None` if it is no word, or more than one.
pub(super) fn assigned(tree: &Tree) -> Map<Option<Id>> {
    let mut all: Map<Option<Id>> = Map::new();
    let mut add = |name: &str, word: Option<Id>| match all.get_mut(name) {
        Some(it) => *it = None,
        None => {
            all.insert(name.to_owned(), word);
        }
    };
    for id in (0..).take(tree.nodes.len()) {
        let name = || tree.children_of(id, Kind::Name).next().map_or("", |it| tree.text(it));
        match tree.kind(id) {
            Kind::Assignment => {
                let is_set = tree.children_of(id, Kind::Operator).all(|it| tree.text(it) == "=");
                add(name(), tree.children_of(id, Kind::Word).next().filter(|_| is_set));
            }
            Kind::For => add(name(), None),
            _ => (),
        }
    }
    all
}
