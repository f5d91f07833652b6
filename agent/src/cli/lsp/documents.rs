//! What the editor has open.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use dockwright::lint::Linted;
use lsp_types::{TextDocumentContentChangeEvent, Uri};

use super::position::{Encoding, Places, replace};

/// What the editor has open, by address.
#[derive(Default)]
pub(super) struct Documents(BTreeMap<String, Document>);

/// An open file.
pub(super) struct Document {
    pub(super) uri: Uri,
    pub(super) version: i32,
    pub(super) text: String,
    /// What was found in it, unless it has changed since.
    pub(super) looked: Option<Looked>,
    /// Whether the editor does not know yet what was found.
    pub(super) is_news: bool,
}

/// What was found in a file.
pub(super) struct Looked {
    pub(super) linted: Linted,
    pub(super) settings: dockwright::lint::Settings,
    /// What is wrong with the configuration.
    pub(super) trouble: Option<String>,
}

impl Documents {
    pub(super) fn open(&mut self, uri: Uri, version: i32, text: String) {
        let key = uri.as_str().to_owned();
        self.0.insert(key, Document { uri, version, text, looked: None, is_news: true });
    }

    pub(super) fn get(&self, uri: &Uri) -> Option<&Document> {
        self.0.get(uri.as_str())
    }

    pub(super) fn get_mut(&mut self, uri: &Uri) -> Option<&mut Document> {
        self.0.get_mut(uri.as_str())
    }

    /// Whether it was open.
    pub(super) fn close(&mut self, uri: &Uri) -> bool {
        self.0.remove(uri.as_str()).is_some()
    }

    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = &mut Document> {
        self.0.values_mut()
    }
}

impl Document {
    /// Makes changes, one after the other.
    pub(super) fn change(
        &mut self,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        for it in changes {
            match it.range {
                Some(range) => replace(&mut self.text, range, encoding, &it.text),
                None => self.text = it.text,
            }
        }
        self.version = version;
        self.forget();
    }

    /// It has to be looked at again.
    pub(super) fn forget(&mut self) {
        self.looked = None;
        self.is_news = true;
    }

    pub(super) fn places(&self, encoding: Encoding) -> Places<'_> {
        Places::new(&self.text, encoding)
    }

    /// Where the file is; something that looks like it for what is no file yet.
    pub(super) fn path(&self) -> PathBuf {
        path(self.uri.as_str())
    }
}

/// The path of an address.
fn path(uri: &str) -> PathBuf {
    let Some(rest) = uri.strip_prefix("file://") else { return Path::new("Dockerfile").to_owned() };
    let rest = rest.find('/').and_then(|it| rest.get(it..)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(rest.len());
    let mut left = rest.as_bytes();
    while let Some((it, rest)) = left.split_first() {
        left = rest;
        let hex = |it: &[u8]| u8::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok();
        match rest.split_at_checked(2).and_then(|(code, rest)| Some((hex(code)?, rest))) {
            Some((code, rest)) if *it == b'%' => {
                bytes.push(code);
                left = rest;
            }
            _ => bytes.push(*it),
        }
    }
    let path = String::from_utf8_lossy(&bytes).into_owned();
    // `/C:/x` is `C:/x`.
    let mut start = path.chars().skip(1);
    let has_drive =
        start.next().is_some_and(|it| it.is_ascii_alphabetic()) && start.next() == Some(':');
    PathBuf::from(if has_drive { path.get(1..).unwrap_or_default() } else { &path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_paths() {
        for (uri, expected) in [
            ("file:///a/b%20c/%C3%A9", "/a/b c/é"),
            ("file://host/a", "/a"),
            ("file:///c%3A/x", "c:/x"),
            ("file:///a%zz%4", "/a%zz%4"),
            ("file://", ""),
            ("untitled:Untitled-1", "Dockerfile"),
        ] {
            assert_eq!(path(uri), Path::new(expected), "{uri}");
        }
    }
}
