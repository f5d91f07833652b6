//! Here-documents of the script itself.

use super::{Parser, word::Within};
use crate::shell::{Id, Kind};

/// A here-document whose lines are still to come.
pub(super) struct Pending {
    redirect: Id,
    name: String,
    is_quoted: bool,
    strips_tabs: bool,
}

impl Parser<'_> {
    /// Notes the here-document of a redirection; its name is the word from `start` on.
    pub(super) fn heredoc(&mut self, redirect: Id, start: usize, strips_tabs: bool) {
        let word = self.text.get(start..self.at).unwrap_or_default();
        let quotes = ['"', '\'', '\\'];
        self.pending.push(Pending {
            redirect,
            name: word.replace(quotes, ""),
            is_quoted: word.contains(quotes),
            strips_tabs,
        });
    }

    /// Reads the here-documents that the line before here has opened.
    pub(super) fn bodies(&mut self) {
        let mut pending = std::mem::take(&mut self.pending);
        let mut is_first = true;
        for it in pending.drain(..) {
            if !is_first && self.byte() == b'\n' {
                self.at += 1;
            }
            is_first = false;
            self.read_body(&it);
        }
        // What bodies open has been read inside them, or is lost.
        pending.append(&mut self.pending);
        self.pending = pending;
    }

    fn read_body(&mut self, it: &Pending) {
        let id = self.open(Kind::Heredoc);
        let (stop, delimiter) = self.delimiter(it);
        let end = self.end;
        self.end = stop;
        if it.is_quoted {
            if !self.is_end() {
                self.leaf(Kind::Literal, stop - self.at);
            }
        } else {
            self.nested(|it| it.parts(Within::Heredoc));
        }
        self.at = stop;
        self.end = end;
        if let Some(start) = delimiter {
            self.at = start;
            self.leaf(Kind::Keyword, it.name.len());
        } else {
            self.mistake("end of here-document");
        }
        self.close(id);
        self.heredocs.push((it.redirect, id));
    }

    /// Where the body ends, and where the delimiter stands.
    fn delimiter(&self, it: &Pending) -> (usize, Option<usize>) {
        let mut at = self.at;
        for line in self.rest().split_inclusive('\n') {
            let text = line.strip_suffix('\n').unwrap_or(line);
            let text = if it.strips_tabs { text.trim_start_matches('\t') } else { text };
            if text == it.name {
                let tabs = line.strip_suffix('\n').unwrap_or(line).len() - text.len();
                return (at, Some(at + tabs));
            }
            at += line.len();
        }
        (self.end, None)
    }
}
