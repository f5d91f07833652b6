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
    /// What instructions see.
    value: Value,
    /// Whether that is an argument.
    is_argument: bool,
    /// The variable of the image that an argument hides.
    hidden: Option<Box<Value>>,
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
        self.places.find(name, self.all.len(), &|it| self.all.get(it).map(|it| it.name.as_str()))
    }

    fn find(&self, name: &str) -> Option<&Variable> {
        self.all.get(self.place(name)?)
    }

    /// The value of a variable.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.find(name).map(|it| it.value.text.as_str())
    }

    /// How many names there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// All names, each with the time when it was set.
    pub(super) fn names(&self) -> impl Iterator<Item = (Time, &str)> {
        self.all.iter().map(|it| (it.value.last, it.name.as_str()))
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
            let old_value = std::mem::replace(&mut old.value, value);
            if !std::mem::replace(&mut old.is_argument, true) {
                old.hidden = Some(Box::new(old_value));
            }
            return;
        }
        let hidden = old.hidden.take();
        if !std::mem::take(&mut old.is_argument) {
            value.first = old.value.first;
        } else if let Some(env) = hidden {
            value.first = env.first;
        }
        old.value = value;
    }

    fn add(&mut self, name: &Shared, value: Value, is_argument: bool) {
        self.all.push(Variable { name: name.clone(), value, is_argument, hidden: None });
        let all = &self.all;
        self.places.note(all.len(), &|it| all.get(it).map(|it| it.name.as_str()));
    }

    /// Makes room for so many more variables, if they are many.
    pub(super) fn reserve(&mut self, count: usize) {
        if count > 64 {
            self.all.reserve_exact(count);
        }
    }

    /// Starts a stage on top: the image's variables are set again, hence all visible.
    pub(super) fn next_stage(&mut self) {
        self.time.0 += 1;
        for it in &mut self.all {
            if let Some(env) = it.hidden.take() {
                it.value = *env;
                it.is_argument = false;
            }
            if !it.is_argument {
                it.value.last = (self.time.0, it.value.first);
            }
        }
    }

    /// How many bytes a copy takes, about.
    pub(super) fn weight(&self) -> usize {
        size_of::<Variable>() * self.all.len() + self.places.weight()
    }
}
