//! What variables hold, and what words with them become.

use super::{Flow, MAX_VARIABLES, State};
use crate::shell::{Id, Kind};

/// Variables of the shell itself that hold a number or a word.
const ONE_WORD: [&str; 22] = [
    "#",
    "?",
    "$",
    "!",
    "-",
    "BASHPID",
    "BASH_SUBSHELL",
    "COLUMNS",
    "EPOCHREALTIME",
    "EPOCHSECONDS",
    "EUID",
    "HISTFILESIZE",
    "HISTSIZE",
    "LINENO",
    "LINES",
    "OPTIND",
    "PPID",
    "RANDOM",
    "SECONDS",
    "SHLVL",
    "SRANDOM",
    "UID",
];

/// What a variable may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// Nothing.
    Empty,
    /// One word without patterns.
    Word,
    /// Anything.
    Any,
}

impl Value {
    /// What the two hold side by side, and what one of the two holds.
    pub(super) fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Empty, it) | (it, Self::Empty) => it,
            (Self::Word, Self::Word) => Self::Word,
            _ => Self::Any,
        }
    }

    pub(super) fn of(text: &str) -> Self {
        match text {
            "" => Self::Empty,
            _ if text.contains([' ', '\t', '\n', '*', '?', '[']) => Self::Any,
            _ => Self::Word,
        }
    }
}

impl<'t> Flow<'t> {
    /// What a variable holds that nothing was assigned to.
    pub(super) fn default(&self, name: &str) -> Value {
        if ONE_WORD.contains(&name) || self.variables.contains(name) {
            Value::Word
        } else {
            Value::Any
        }
    }

    pub(super) fn get(&self, state: &State, name: &str) -> Value {
        let at = self.names.iter().position(|it| *it == name);
        let value = at.and_then(|it| state.values.get(it).copied().flatten());
        value.unwrap_or_else(|| self.default(name))
    }

    pub(super) fn set(&mut self, state: &mut State, name: &'t str, value: Value) {
        let at = self.names.iter().position(|it| *it == name).unwrap_or_else(|| {
            if self.names.len() < MAX_VARIABLES {
                self.names.push(name);
            }
            self.names.len() - 1
        });
        // The last one stands for all that are too many.
        let is_own = self.names.get(at) == Some(&name);
        if let Some(it) = state.values.get_mut(at) {
            *it = Some(if is_own { value } else { Value::Any });
        }
    }

    /// What may hold after one of two ways.
    pub(super) fn join(&self, state: &mut State, other: &State) {
        if other.is_over {
            return;
        }
        if state.is_over {
            *state = *other;
            return;
        }
        for (name, (one, other)) in
            self.names.iter().zip(state.values.iter_mut().zip(&other.values))
        {
            if one != other {
                let default = self.default(name);
                *one = Some(one.unwrap_or(default).with(other.unwrap_or(default)));
            }
        }
    }

    pub(super) fn assignment(&mut self, id: Id, state: &mut State) {
        let tree = self.tree;
        self.children(id, state);
        let (mut name, mut value, mut is_added) = ("", Value::Empty, false);
        for it in tree.children(id) {
            match tree.kind(it) {
                Kind::Name => name = tree.text(it),
                Kind::Operator => is_added = tree.text(it) == "+=",
                Kind::Word => value = self.value(it, state),
                _ => value = Value::Any,
            }
        }
        if is_added {
            value = self.get(state, name).with(value);
        }
        if tree.children(id).any(|it| matches!(tree.kind(it), Kind::Index | Kind::Array)) {
            value = Value::Any;
        }
        self.set(state, name, value);
    }

    /// What a word holds when its quotes are removed.
    pub(super) fn value(&self, word: Id, state: &State) -> Value {
        let tree = self.tree;
        let mut value = Value::Empty;
        for it in tree.children(word) {
            let text = tree.text(it);
            let part = match tree.kind(it) {
                Kind::Literal => Value::of(text),
                Kind::Escape => Value::of(text.get(1..).unwrap_or_default()),
                Kind::Single => Value::of(text.trim_matches('\'')),
                Kind::DollarSingle => Value::of(&text.replace('\\', " ")),
                Kind::Double => self.value(it, state),
                Kind::Variable => self.get(state, text.get(1..).unwrap_or_default()),
                Kind::Braced => match self.plain_name(it) {
                    Some(name) => self.get(state, name),
                    None => Value::Any,
                },
                Kind::ArithmeticExpansion => Value::Word,
                _ => Value::Any,
            };
            value = value.with(part);
        }
        value
    }

    /// The name in `${name}`.
    pub(super) fn plain_name(&self, id: Id) -> Option<&'t str> {
        self.tree
            .text(id)
            .strip_prefix("${")?
            .strip_suffix('}')
            .filter(|it| it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_'))
    }

    pub(super) fn read(&mut self, id: Id, name: &str, state: &State) {
        // What nothing leads to is not known to be anything.
        let is_known = !state.is_over || ONE_WORD.contains(&name);
        let is_one = is_known && self.get(state, name) == Value::Word;
        if let Some(it) = self.reads.get_mut(id as usize) {
            *it = Some(is_one && it.unwrap_or(true));
        }
    }

    pub(super) fn braced(&mut self, id: Id, state: &mut State) {
        let tree = self.tree;
        let name = tree.children_of(id, Kind::Name).next().map_or("", |it| tree.text(it));
        if tree.children_of(id, Kind::Index).next().is_some() {
            self.read(id, "", state);
        } else {
            self.read(id, name, state);
        }
        self.children(id, state);
        let operator = tree.children_of(id, Kind::Operator).nth(1).map_or("", |it| tree.text(it));
        if matches!(operator, "=" | ":=") {
            let value = self.get(state, name);
            let value = if value == Value::Word { value } else { Value::Any };
            self.set(state, name, value);
        }
    }
}
