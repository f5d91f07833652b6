//! What could come next: words for the place where somebody writes.

#[cfg(test)]
mod tests;

use super::{reference, values::Values, variables::is_name};
use crate::{
    lint::rules,
    scope::Stages,
    syntax::{Instruction, Keyword, Parse, flag::Kind},
    text::{Span, to_u32},
};

/// A word that could stand in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The word.
    pub text: String,
    /// What it replaces.
    pub span: Span,
    /// What it is.
    pub kind: CompletionKind,
    /// What it means: Markdown, or nothing.
    pub docs: String,
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompletionKind {
    /// `RUN`, `AS`.
    Keyword,
    /// `--from=`.
    Flag,
    /// A value that has a meaning: `type=cache`, `escape=`.
    Value,
    /// A stage.
    Stage,
    /// A variable.
    Variable,
    /// A rule.
    Rule,
}

/// What could be written at a place, given what is written before it.
pub fn complete(source: &str, parse: &Parse<'_>, at: u32) -> Vec<Completion> {
    let before = source.get(..at as usize).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |it| it + 1);
    let line = before.get(line..).unwrap_or_default().trim_start_matches('\u{feff}');
    let mut found = Finder { parse, at, all: Vec::new() };
    let instruction = instruction_at(source, parse, at);
    // A here-document is a text of its own.
    let is_in = |it: &Instruction<'_>| it.head().end < at && at < it.span.end;
    if instruction.is_none() && parse.instructions.iter().any(is_in) {
        return found.all;
    }
    if line.trim_start().starts_with('#') {
        found.comment(line.trim_start(), is_top(parse, at));
    } else if let Some(it) = instruction {
        found.inside(it, before.get(it.span.start as usize..).unwrap_or_default());
    } else if line.trim().bytes().all(|it| it.is_ascii_alphabetic()) {
        found.keywords(line.trim_start(), &Keyword::ALL);
    }
    found.all
}

/// Whether directives may still stand at a place.
fn is_top(parse: &Parse<'_>, at: u32) -> bool {
    let first = parse.instructions.first().map(|it| it.span.start);
    let is_before = |it: &Span| it.end < at;
    first.is_none_or(|it| at <= it) && !parse.comments.iter().any(is_before)
}

/// The instruction that somebody writes at: up to the end of its last line.
fn instruction_at<'p, 'a>(
    source: &str,
    parse: &'p Parse<'a>,
    at: u32,
) -> Option<&'p Instruction<'a>> {
    let next = parse.instructions.partition_point(|it| it.span.start < at);
    let it = parse.instructions.get(next.checked_sub(1)?)?;
    let between = source.get(it.head().end as usize..at as usize).unwrap_or_default();
    (!between.contains('\n')).then_some(it)
}

struct Finder<'s, 'a> {
    parse: &'s Parse<'a>,
    at: u32,
    all: Vec<Completion>,
}

impl Finder<'_, '_> {
    /// Offers a word, if what is written could be its start.
    fn add(&mut self, written: &str, text: impl Into<String>, kind: CompletionKind, docs: &str) {
        let text = text.into();
        let start = text.get(..written.len()).unwrap_or_default();
        if start.eq_ignore_ascii_case(written) {
            let span = Span::new(self.at.saturating_sub(to_u32(written.len())), self.at);
            self.all.push(Completion { text, span, kind, docs: docs.to_owned() });
        }
    }

    fn keywords(&mut self, written: &str, some: &[Keyword]) {
        let first = self.parse.instructions.first().map(|it| it.word().to_owned());
        let is_small = |it: &str| it.starts_with(|it: char| it.is_ascii_lowercase());
        let is_small =
            is_small(if written.is_empty() { first.as_deref().unwrap_or("") } else { written });
        for it in some {
            let (form, docs) = reference::instruction(*it);
            let word =
                if is_small { it.as_str().to_ascii_lowercase() } else { it.as_str().to_owned() };
            let docs = format!("```dockerfile\n{form}\n```\n\n{docs}");
            self.add(written, word, CompletionKind::Keyword, &docs);
        }
    }

    /// In a comment: directives, and comments that silence findings.
    fn comment(&mut self, line: &str, is_top: bool) {
        let text = line.trim_start_matches('#').trim_start();
        let last = |separators: &[char]| text.rsplit(separators).next().unwrap_or_default();
        if let Some(open) = text.strip_prefix("dockwright:") {
            if open.contains(']') {
                return;
            }
            if open.contains('[') {
                let written = last(&['[', ',', ' ']);
                for it in rules() {
                    self.add(written, it.code, CompletionKind::Rule, it.name);
                    self.add(written, it.name, CompletionKind::Rule, it.code);
                }
                return;
            }
            for it in ["ignore[", "stage-ignore[", "file-ignore[", "disable[", "enable["] {
                self.add(open.trim_start(), it, CompletionKind::Value, "");
            }
        } else if text.starts_with("hadolint") && text.contains("ignore=") {
            let written = last(&['=', ',', ' ']);
            for it in rules() {
                if let Some(code) = it.hadolint() {
                    self.add(written, code, CompletionKind::Rule, it.name);
                }
            }
        } else if text.starts_with("check") && text.contains("skip=") {
            let written = last(&['=', ',']);
            for it in rules() {
                if let Some(check) = it.buildkit() {
                    self.add(written, check, CompletionKind::Rule, it.code);
                }
            }
        } else if !text.contains(['=', ' ']) {
            if is_top {
                for (name, it) in [
                    ("syntax", "syntax=docker/dockerfile:1"),
                    ("escape", "escape=`"),
                    ("check", "check=skip="),
                ] {
                    let docs = reference::directive(name).unwrap_or_default();
                    self.add(text, it, CompletionKind::Value, docs);
                }
            }
            let docs = "Silences rules for the instruction below.";
            self.add(text, "dockwright: ignore[", CompletionKind::Value, docs);
        }
    }

    /// In an instruction, of which so much is written.
    fn inside(&mut self, it: &Instruction<'_>, written: &str) {
        let Some((_, rest)) = written.split_once(char::is_whitespace) else {
            self.keywords(written, &Keyword::ALL);
            return;
        };
        let Some(keyword) = it.kind.keyword() else { return };
        self.arguments(it, keyword, rest);
    }

    fn arguments(&mut self, it: &Instruction<'_>, keyword: Keyword, rest: &str) {
        let word = rest.rsplit(char::is_whitespace).next().unwrap_or_default();
        if self.variables(it, keyword, word) {
            return;
        }
        let before = rest.strip_suffix(word).unwrap_or_default();
        let escape = self.parse.escape.to_string();
        let words: Vec<_> = before.split_whitespace().filter(|it| *it != escape).collect();
        let is_flag = |it: &&&str| it.starts_with("--");
        let operands = words.iter().skip_while(is_flag).count();
        if word.starts_with('-') && operands == 0 {
            match word.split_once('=') {
                Some((name, value)) => self.value(keyword, name.trim_start_matches('-'), value),
                None => self.flags(keyword, word, &words),
            }
            return;
        }
        match (keyword, operands) {
            (Keyword::From, 0) => {
                self.stages(word, Some(it));
                self.add(
                    word,
                    "scratch",
                    CompletionKind::Stage,
                    "Nothing: an image without a file.",
                );
            }
            (Keyword::From, 1) => self.add(word, "AS", CompletionKind::Keyword, "Names the stage."),
            (Keyword::Healthcheck, 0) => {
                for it in ["CMD", "NONE"] {
                    self.add(word, it, CompletionKind::Keyword, "");
                }
            }
            (Keyword::Onbuild, 0) => {
                let others: Vec<_> = Keyword::ALL
                    .into_iter()
                    .filter(|it| {
                        !matches!(it, Keyword::Onbuild | Keyword::From | Keyword::Maintainer)
                    })
                    .collect();
                self.keywords(word, &others);
            }
            (Keyword::Onbuild, _) => {
                let inner = rest.trim_start();
                let inner = inner.split_once(char::is_whitespace);
                if let Some((keyword, rest)) =
                    inner.and_then(|(word, rest)| Some((Keyword::find(word)?, rest)))
                    && keyword != Keyword::Onbuild
                {
                    self.arguments(it, keyword, rest);
                }
            }
            _ => (),
        }
    }

    /// The names behind a dollar sign. Whether there is one.
    fn variables(&mut self, it: &Instruction<'_>, keyword: Keyword, word: &str) -> bool {
        let Some((_, name)) = word.rsplit_once('$') else { return false };
        let name = name.strip_prefix('{').unwrap_or(name);
        if !name.is_empty() && !is_name(name) {
            return false;
        }
        let stages = Stages::new(self.parse);
        let start = it.span.start;
        let after = stages.list.partition_point(|it| it.head.span.start <= start);
        let stage = after.checked_sub(1).filter(|_| keyword != Keyword::From);
        let values = Values::new(self.parse, stage, start);
        let all: Vec<_> = values
            .names()
            .map(|it| {
                let docs = values.get(it).map_or(String::new(), |it| format!("`{it}`"));
                (it.to_owned(), docs)
            })
            .collect();
        for (it, docs) in all {
            self.add(name, it, CompletionKind::Variable, &docs);
        }
        true
    }

    fn flags(&mut self, keyword: Keyword, word: &str, written: &[&str]) {
        for it in keyword.flags() {
            let text = match it.kind {
                Kind::Switch => format!("--{}", it.name),
                Kind::Text | Kind::Texts => format!("--{}=", it.name),
            };
            let is_there = written.iter().any(|it| it.starts_with(&text));
            if !is_there || it.kind == Kind::Texts {
                let docs = reference::flag(keyword, it.name).unwrap_or_default();
                self.add(word, text, CompletionKind::Flag, docs);
            }
        }
    }

    fn value(&mut self, keyword: Keyword, name: &str, value: &str) {
        match (keyword, name) {
            (Keyword::Copy, "from") => self.stages(value, None),
            (Keyword::From, "platform") => {
                for it in ["$BUILDPLATFORM", "$TARGETPLATFORM", "linux/amd64", "linux/arm64"] {
                    self.add(value, it, CompletionKind::Value, "");
                }
            }
            (Keyword::Run, "network") => {
                for it in ["default", "none", "host"] {
                    self.add(value, it, CompletionKind::Value, "");
                }
            }
            (Keyword::Run, "mount") => {
                let field = value.rsplit(',').next().unwrap_or_default();
                match field.split_once('=') {
                    Some(("from", it)) => self.stages(it, None),
                    Some(("type", it)) => {
                        for kind in ["bind", "cache", "secret", "ssh", "tmpfs"] {
                            self.add(it, kind, CompletionKind::Value, "");
                        }
                    }
                    Some(("sharing", it)) => {
                        for kind in ["shared", "private", "locked"] {
                            self.add(it, kind, CompletionKind::Value, "");
                        }
                    }
                    Some(_) => (),
                    None => {
                        for it in
                            ["type=", "target=", "source=", "from=", "id=", "sharing=", "readonly"]
                        {
                            self.add(field, it, CompletionKind::Value, "");
                        }
                    }
                }
            }
            _ => (),
        }
    }

    /// The stages above an instruction: above its own for `FROM`, and those for `--from` too.
    fn stages(&mut self, written: &str, from: Option<&Instruction<'_>>) {
        let stages = Stages::new(self.parse);
        let at = from.map_or(self.at, |it| it.span.start);
        let above: Vec<_> = stages.list.iter().take_while(|it| it.head.span.start < at).collect();
        // The stage that the instruction is in is no source of it.
        let count = if from.is_some() { above.len() } else { above.len().saturating_sub(1) };
        let mut seen = crate::order::Set::new();
        for it in above.into_iter().take(count) {
            let Some(name) = it.name.clone() else { continue };
            if seen.insert(name.clone()) {
                let image = it.from.map_or("", |it| it.image.as_str());
                self.add(written, name, CompletionKind::Stage, &format!("from `{image}`"));
            }
        }
    }
}
