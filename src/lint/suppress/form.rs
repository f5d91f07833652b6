//! The forms of comments that silence findings.
//!
//! | form | reach |
//! |---|---|
//! | `# hadolint ignore=DL3006,SC2086 # why` | the instruction below, or the one it is in |
//! | `# hadolint stage ignore=…`, `# hadolint global ignore=…` | the stage; the file |
//! | `# check=skip=DuplicateStageName` | at the top the file, else the instruction below |
//! | `# dockwright: ignore[DW101, DL3008] why` | the instruction below, or the one it is in |
//! | `# dockwright: stage-ignore[…]`, `file-ignore[…]` | the stage; the file |
//! | `# dockwright: disable[…]`, `enable[…]` | from here to `enable`, or to the end |
//! | `# shellcheck disable=SC2086` | the instruction that it is in, or below |
//! | `# dockerfile-utils: ignore` | the instruction below, for that tool's names |
//! | `# checkov:skip=CKV_DOCKER_3:why` | the file |
//! | `# trivy:ignore:DS-0002`, `# kics-scan ignore-line`, `# nosemgrep: id` | the instruction below |
//! | `# tally ignore=…`, `# tally global ignore=…` | the instruction below; the file |

use super::Name;
use crate::text::{Span, to_u32};

/// Whose form a comment has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Our own.
    Dockwright,
    /// hadolint's.
    Hadolint,
    /// `BuildKit`'s `# check=`.
    Buildkit,
    /// `ShellCheck`'s.
    Shellcheck,
    /// Another tool's: names that are not known here are that tool's business.
    Other,
}

/// What a comment covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The instruction below, or the one that it stands in.
    Instruction,
    /// The stage that it stands in, or the one below if it stands right above a `FROM`.
    Stage,
    /// The file.
    File,
    /// From here to where the same is enabled again.
    From,
    /// Ends what [`Reach::From`] began.
    End,
}

/// What a comment says.
pub(super) struct Read {
    pub(super) form: Form,
    pub(super) reach: Reach,
    pub(super) names: Vec<Name>,
    pub(super) reason: Option<Span>,
}

/// Reads a comment that starts at `start` with `#`. `None` if it silences nothing.
pub(super) fn read(comment: &str, start: u32, is_top: bool) -> Option<Read> {
    let text = comment.trim_start_matches('#');
    let text = Part { text, start: start + to_u32(comment.len() - text.len()) }.trim();
    // Most comments are about something else.
    let first = text.text.bytes().next()?.to_ascii_lowercase();
    if !matches!(first, b'd' | b'h' | b'c' | b's' | b't' | b'n' | b'k') {
        return None;
    }
    read_dockwright(text)
        .or_else(|| read_hadolint(text))
        .or_else(|| read_check(text, is_top))
        .or_else(|| read_others(text))
}

/// A part of a comment, and where it starts.
#[derive(Clone, Copy)]
struct Part<'t> {
    text: &'t str,
    start: u32,
}

impl Part<'_> {
    fn trim(self) -> Self {
        let text = self.text.trim_start();
        let start = self.start + to_u32(self.text.len() - text.len());
        Self { text: text.trim_end(), start }
    }

    /// What follows `prefix`, which may be written in any case.
    fn strip(self, prefix: &str) -> Option<Self> {
        let head = self.text.get(..prefix.len()).filter(|it| it.eq_ignore_ascii_case(prefix))?;
        Some(Self { text: self.text.get(head.len()..)?, start: self.start + to_u32(head.len()) })
    }

    /// What stands before `separator`, and what behind it.
    fn split(self, separator: char) -> Option<(Self, Self)> {
        let at = self.text.find(separator)?;
        let end = at + separator.len_utf8();
        let before = Self { text: self.text.get(..at)?, ..self };
        Some((before, Self { text: self.text.get(end..)?, start: self.start + to_u32(end) }))
    }

    fn span(self) -> Span {
        Span::new(self.start, self.start + to_u32(self.text.len()))
    }

    fn reason(self) -> Option<Span> {
        let it = self.trim();
        (!it.text.is_empty()).then(|| it.span())
    }

    /// The names in a list.
    fn names(self, separators: &[char]) -> Vec<Name> {
        let mut names = Vec::new();
        let mut at = self.start;
        for it in self.text.split(|it| separators.contains(&it)) {
            let part = Self { text: it, start: at }.trim();
            at += to_u32(it.len()) + 1;
            if !part.text.is_empty() {
                names.push(Name { text: part.text.to_owned(), span: part.span() });
            }
        }
        names
    }
}

fn read_dockwright(text: Part<'_>) -> Option<Read> {
    let rest = text.strip("dockwright:")?.trim();
    let verbs = [
        ("ignore", Reach::Instruction),
        ("stage-ignore", Reach::Stage),
        ("file-ignore", Reach::File),
        ("disable", Reach::From),
        ("enable", Reach::End),
    ];
    let (list, reach) = verbs.into_iter().find_map(|(verb, reach)| {
        let list = rest.strip(verb)?.trim().strip("[")?;
        Some((list, reach))
    })?;
    let (list, reason) = list.split(']')?;
    let names = list.names(&[',', ' ']);
    Some(Read { form: Form::Dockwright, reach, names, reason: reason.reason() })
}

fn read_hadolint(text: Part<'_>) -> Option<Read> {
    let rest = text.strip("hadolint")?;
    let rest = rest.text.starts_with([' ', '\t']).then(|| rest.trim())?;
    let (rest, reach) = match (rest.strip("global"), rest.strip("stage")) {
        (Some(rest), _) => (rest.trim(), Reach::File),
        (_, Some(rest)) => (rest.trim(), Reach::Stage),
        _ => (rest, Reach::Instruction),
    };
    Some(list(rest.strip("ignore")?.trim().strip("=")?, Form::Hadolint, reach))
}

/// `A,B # why`.
fn list(text: Part<'_>, form: Form, reach: Reach) -> Read {
    let (names, reason) = match text.split('#') {
        Some((names, reason)) => (names, reason.reason()),
        None => (text, None),
    };
    Read { form, reach, names: names.names(&[',', ' ', '\t']), reason }
}

/// `check=skip=A,B;error=true`.
fn read_check(text: Part<'_>, is_top: bool) -> Option<Read> {
    let mut rest = text.strip("check")?.trim().strip("=")?;
    let reach = if is_top { Reach::File } else { Reach::Instruction };
    loop {
        let (part, next) = rest.split(';').map_or((rest, None), |(part, next)| (part, Some(next)));
        if let Some(names) = part.trim().strip("skip").and_then(|it| it.trim().strip("=")) {
            let names = names.names(&[',']);
            return Some(Read { form: Form::Buildkit, reach, names, reason: None });
        }
        rest = next?;
    }
}

fn read_others(text: Part<'_>) -> Option<Read> {
    let other = |reach, names: Vec<Name>, reason| Read { form: Form::Other, reach, names, reason };
    if let Some(it) = text.strip("shellcheck").and_then(|it| it.trim().strip("disable=")) {
        return Some(list(it, Form::Shellcheck, Reach::Instruction));
    }
    if let Some(it) = text.strip("checkov:skip=") {
        let (id, reason) = it.split(':').map_or((it, None), |(id, why)| (id, why.reason()));
        return Some(other(Reach::File, id.names(&[',']), reason));
    }
    if let Some(it) = text.strip("trivy:ignore:") {
        let mut names = it.names(&[' ']);
        for name in &mut names {
            // `AVD-DS-0002` is `DS-0002`.
            name.text = name.text.strip_prefix("AVD-").unwrap_or(&name.text).to_owned();
        }
        return Some(other(Reach::Instruction, names, None));
    }
    if let Some(it) = text.strip("nosemgrep") {
        let names = it.strip(":").map(|it| it.names(&[',', ' '])).unwrap_or_default();
        let names = names.into_iter().map(|it| Name { text: format!("semgrep:{}", it.text), ..it });
        return Some(other(Reach::Instruction, names.collect(), None));
    }
    if text.strip("kics-scan").is_some_and(|it| it.trim().text == "ignore-line") {
        let names = vec![Name { text: "KICS".to_owned(), span: text.span() }];
        return Some(other(Reach::Instruction, names, None));
    }
    if text.strip("dockerfile-utils:").is_some_and(|it| it.trim().text == "ignore") {
        let names = vec![Name { text: "util".to_owned(), span: text.span() }];
        return Some(other(Reach::Instruction, names, None));
    }
    let rest = text.strip("tally")?.trim();
    let (rest, reach) = match rest.strip("global") {
        Some(rest) => (rest.trim(), Reach::File),
        None => (rest, Reach::Instruction),
    };
    let rest = rest.strip("ignore=")?;
    let (names, reason) = match rest.split(';') {
        Some((names, reason)) => (names, reason.strip("reason=").and_then(Part::reason)),
        None => (rest, None),
    };
    let mut names = names.names(&[',']);
    for name in &mut names {
        let id = name.text.rsplit('/').next().unwrap_or_default();
        if name.text.starts_with("tally/") {
            name.text = format!("tally:{id}");
        } else {
            name.text = id.to_owned();
        }
    }
    Some(other(reach, names, reason))
}
