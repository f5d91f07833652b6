//! The build arguments of a stage, and how a command in the history starts with them.

use std::sync::Arc;

use crate::{
    order::Places,
    simulate::{Shared, variables::Variables},
};

/// The arguments that are declared, each once, in order, those of the stages below first.
#[derive(Debug, Clone, Default)]
pub(super) struct Arguments {
    names: Vec<Shared>,
    places: Places,
    /// `A=1 B=2 ` for the first arguments.
    pairs: String,
    /// How many those are.
    written: usize,
    /// What the last command started with, while that is right.
    prefix: Option<Arc<str>>,
}

impl Arguments {
    fn place(&self, name: &str) -> Option<usize> {
        self.places.find(name, self.names.len(), &|it| self.names.get(it).map(Shared::as_str))
    }

    /// Whether an argument is declared.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// Declares an argument. One that is declared again keeps its place.
    pub(super) fn declare(&mut self, name: Shared) {
        self.prefix = None;
        if let Some(place) = self.place(&name) {
            self.change_at(place);
            return;
        }
        self.names.push(name);
        let names = &self.names;
        self.places.note(names.len(), &|it| names.get(it).map(Shared::as_str));
    }

    /// Takes note that a variable has another value.
    pub(super) fn change_of(&mut self, name: &str) {
        if let Some(place) = self.place(name) {
            self.change_at(place);
        }
    }

    fn change_at(&mut self, place: usize) {
        if place < self.written {
            self.change();
        }
    }

    /// Takes note that values may have changed.
    pub(super) fn change(&mut self) {
        self.prefix = None;
        self.written = 0;
        self.pairs.clear();
    }

    /// `|2 A=1 B=2 `, or nothing without arguments.
    pub(super) fn prefix(&mut self, variables: &Variables) -> Option<Arc<str>> {
        if self.prefix.is_none() && !self.names.is_empty() {
            for name in self.names.iter().skip(self.written) {
                self.pairs.push_str(name);
                self.pairs.push('=');
                self.pairs.push_str(variables.get(name).unwrap_or_default());
                self.pairs.push(' ');
            }
            self.written = self.names.len();
            let count = self.written.to_string();
            self.prefix = Some(["|", &count, " ", &self.pairs].concat().into());
        }
        self.prefix.clone()
    }

    /// How many bytes a copy takes, about.
    pub(super) fn weight(&self) -> usize {
        size_of::<Shared>() * self.names.len() + self.places.weight() + self.pairs.len()
    }
}
