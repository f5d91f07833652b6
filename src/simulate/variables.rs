//! The variables that the instructions of a stage see.

use crate::{order::Places, simulate::Shared};

/// When a variable was set: in which stage, and as which one. It decides between names that are equally near.
pub(super) type Time = (u32, u32);

/// Variables of the image, and arguments.
#[derive(Debug, Clone, Default)]
pub(super) struct Variables {
    all: Vec<Variable>,
    places: Places,
    /// How many stages are below, and how many variables were set so far.
    time: Time,
}

/// What goes by one name.
#[derive(Debug, Clone)]
struct Variable {
    name: Shared,
    /// The variable of the image.
    env: Option<Value>,
    /// The argument, which hides a variable of the image.
    argument: Option<Value>,
}

#[derive(Debug, Clone)]
struct Value {
    text: Shared,
    /// When it was set first, which is its place in the image's configuration.
    first: u32,
    /// When it was set last.
    last: Time,
}

impl Variables {
    fn place(&self, name: &str) -> Option<usize> {
        self.places.find(name, self.all.iter().map(|it| it.name.as_str()))
    }

    fn find(&self, name: &str) -> Option<&Variable> {
        self.all.get(self.place(name)?)
    }

    /// The value of a variable.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.find(name)?;
        found.argument.as_ref().or(found.env.as_ref()).map(|it| it.text.as_str())
    }

    /// How many names there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// All names, each with the time when it was set.
    pub(super) fn names(&self) -> impl Iterator<Item = (Time, &str)> {
        let time = |it: &Variable| it.argument.as_ref().or(it.env.as_ref()).map(|it| it.last);
        self.all.iter().filter_map(move |it| Some((time(it)?, it.name.as_str())))
    }

    /// Sets a variable of the image, or an argument.
    pub(super) fn set(&mut self, name: &Shared, value: Shared, is_argument: bool) {
        self.time.1 += 1;
        let mut value = Value { text: value, first: self.time.1, last: self.time };
        let place = self.place(name);
        let Some(old) = place.and_then(|it| self.all.get_mut(it)) else {
            self.add(name, value, is_argument);
            return;
        };
        if is_argument {
            old.argument = Some(value);
        } else {
            value.first = old.env.as_ref().map_or(value.first, |it| it.first);
            *old = Variable { name: old.name.clone(), env: Some(value), argument: None };
        }
    }

    fn add(&mut self, name: &Shared, value: Value, is_argument: bool) {
        let (env, argument) = if is_argument { (None, Some(value)) } else { (Some(value), None) };
        self.all.push(Variable { name: name.clone(), env, argument });
        self.places.note(self.all.iter().map(|it| it.name.as_str()));
    }

    /// Starts a stage on top: the image's variables are set again, hence all visible.
    pub(super) fn next_stage(&mut self) {
        self.time.0 += 1;
        for it in &mut self.all {
            if let Some(value) = &mut it.env {
                value.last = (self.time.0, value.first);
                it.argument = None;
            }
        }
    }

    /// How many bytes a copy takes, about.
    pub(super) fn weight(&self) -> usize {
        size_of::<Variable>() * self.all.len()
            + self.places.names().map(|it| it.len() + 48).sum::<usize>()
    }
}
