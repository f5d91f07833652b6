//! What a row asks. It remembers what was read, so that no key is left out by mistake.

use anyhow::{Context, Result};
use dockwright::order;
use serde_json::{Map, Value};
use std::{cell::RefCell, collections::BTreeSet};

pub(super) struct Input<'a> {
    fields: &'a Map<String, Value>,
    read: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Input<'a> {
    pub(super) fn new(fields: &'a Map<String, Value>) -> Self {
        Self { fields, read: RefCell::default() }
    }

    /// The value of a key; `None` if it is absent or `null`.
    pub(super) fn get(&self, key: &'static str) -> Option<&'a Value> {
        self.read.borrow_mut().insert(key);
        self.fields.get(key).filter(|it| !it.is_null())
    }

    /// A string that must be there.
    pub(super) fn text(&self, key: &'static str) -> Result<&'a str> {
        self.maybe_text(key)?.with_context(|| format!("there is no {key}"))
    }

    /// A string that may be absent.
    pub(super) fn maybe_text(&self, key: &'static str) -> Result<Option<&'a str>> {
        let Some(value) = self.get(key) else { return Ok(None) };
        value.as_str().map(Some).with_context(|| format!("{key} is no string"))
    }

    /// The one character of a string, or a default.
    pub(super) fn character(&self, key: &'static str, default: char) -> Result<char> {
        let Some(text) = self.maybe_text(key)? else { return Ok(default) };
        let mut characters = text.chars();
        let found = characters.next().filter(|_| characters.next().is_none());
        found.with_context(|| format!("{key} is not one character"))
    }

    /// `true` or `false`; absent is `false`.
    pub(super) fn flag(&self, key: &'static str) -> Result<bool> {
        let Some(value) = self.get(key) else { return Ok(false) };
        value.as_bool().with_context(|| format!("{key} is neither true nor false"))
    }

    /// An array of strings that must be there.
    pub(super) fn texts(&self, key: &'static str) -> Result<Vec<String>> {
        let value = self.get(key).with_context(|| format!("there is no {key}"))?;
        serde_json::from_value(value.clone())
            .with_context(|| format!("{key} is no list of strings"))
    }

    /// An object of strings; absent is empty.
    pub(super) fn map(&self, key: &'static str) -> Result<order::Map<String>> {
        let Some(value) = self.get(key) else { return Ok(order::Map::new()) };
        serde_json::from_value(value.clone())
            .with_context(|| format!("{key} is no object of strings"))
    }

    /// The keys that nobody asked for.
    pub(super) fn unread(&self) -> Vec<&'a str> {
        let read = self.read.borrow();
        self.fields.keys().map(String::as_str).filter(|it| !read.contains(it)).collect()
    }
}
