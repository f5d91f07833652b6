//! Texts of an image's history, as BuildKit writes them.

use std::{borrow::Borrow, fmt::Write as _};

use crate::{
    image::Healthcheck,
    simulate::{Build, Change, History, RunStep, Shared, Step, StepKind, copy},
    syntax::duration,
};

const COMMENT: &str = "buildkit.dockerfile.v0";

impl Build {
    /// The history of the image, the oldest first: the base image's and that of the target's stages. It is as long as all
    /// instructions together, so it is made only for those who ask.
    pub fn history(&self) -> Vec<History> {
        let mut history = Vec::clone(&self.base_history);
        for at in self.chain() {
            history.extend(self.steps_of(at).iter().filter(|it| it.has_row()).map(row));
        }
        history
    }
}

/// The row of a step.
fn row(step: &Step) -> History {
    History {
        created_by: step.created_by(),
        comment: COMMENT.to_owned(),
        empty_layer: !step.has_layer,
        author: String::new(),
    }
}

impl Step {
    /// Whether it has a row in the image's history.
    pub fn has_row(&self) -> bool {
        !matches!(self.kind, StepKind::From { .. }) && !matches!(self.change, Change::OnBuild(_))
    }

    /// The text in the image's history; empty for what has no row there.
    pub fn created_by(&self) -> String {
        match &self.kind {
            StepKind::From { .. } => String::new(),
            StepKind::Run(it) => run(it),
            StepKind::Copy(it) => copy::history(it),
            StepKind::Workdir | StepKind::Metadata => self.change.created_by(),
        }
    }
}

impl Change {
    fn created_by(&self) -> String {
        match self {
            Self::Nothing | Self::Base(_) | Self::OnBuild(_) => String::new(),
            Self::Env(it) => pairs("ENV", it),
            Self::Args(it) => arguments(it),
            Self::Labels(it) => pairs("LABEL", it),
            Self::Ports(it) => list("EXPOSE", it),
            Self::Volumes(it) => list("VOLUME", it),
            Self::User(it) => format!("USER {it}"),
            // Only Windows starts a path with a backslash. The history has slashes there too.
            Self::WorkingDir(it) if it.starts_with('\\') => {
                format!("WORKDIR {}", it.replace('\\', "/"))
            }
            Self::WorkingDir(it) => format!("WORKDIR {it}"),
            Self::Cmd(it) => command("CMD", it),
            Self::Entrypoint { words, .. } => command("ENTRYPOINT", words),
            Self::Shell(it) => list("SHELL", it),
            Self::StopSignal(it) => format!("STOPSIGNAL {it}"),
            Self::Healthcheck(it) => health(it),
            Self::Author(it) => format!("MAINTAINER {it}"),
        }
    }
}

/// `RUN |1 A=1 /bin/sh -c true # buildkit`.
fn run(it: &RunStep) -> String {
    let mut text = "RUN ".to_owned();
    text.push_str(it.arguments.as_deref().unwrap_or_default());
    if it.words.is_empty() && it.arguments.is_none() {
        text.push(' ');
    }
    for it in it.words() {
        text.push_str(it);
        text.push(' ');
    }
    text.push_str("# buildkit");
    text
}

/// `ARG A=1 B`.
fn arguments(declared: &[(Shared, Option<Shared>)]) -> String {
    let mut text = "ARG".to_owned();
    for (name, value) in declared {
        text.push(' ');
        text.push_str(name);
        if let Some(value) = value {
            text.push('=');
            text.push_str(value);
        }
    }
    text
}

/// Adds a text in double quotes, as Go's `%q` prints it.
fn quote(text: &str, out: &mut String) {
    out.push('"');
    for it in text.chars() {
        match it {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\x07' => out.push_str("\\a"),
            '\x08' => out.push_str("\\b"),
            '\x0c' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\x0b' => out.push_str("\\v"),
            // Writing to a string cannot fail.
            '\0'..' ' | '\x7f' => drop(write!(out, "\\x{:02x}", u32::from(it))),
            it if is_hidden(it) => match u32::from(it) {
                code @ 0..0x1_0000 => drop(write!(out, "\\u{code:04x}")),
                code => drop(write!(out, "\\U{code:08x}")),
            },
            it => out.push(it),
        }
    }
    out.push('"');
}

/// A text in double quotes, as Go's `%q` prints it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    quote(text, &mut out);
    out
}

/// The commonest characters that Go does not print: controls, odd blanks, marks of direction, private ones.
fn is_hidden(it: char) -> bool {
    matches!(it,
        '\u{80}'..='\u{a0}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{1680}' | '\u{2000}'..='\u{200f}'
        | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}'
        | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{10ffff}')
}

/// `KEYWORD ["a" "b"]`.
fn command(keyword: &str, words: &[Shared]) -> String {
    let mut text = format!("{keyword} [");
    for (at, it) in words.iter().enumerate() {
        if at > 0 {
            text.push(' ');
        }
        quote(it, &mut text);
    }
    text.push(']');
    text
}

/// `KEYWORD [a b]`.
fn list<T: Borrow<str>>(keyword: &str, words: &[T]) -> String {
    format!("{keyword} [{}]", words.join(" "))
}

/// `KEYWORD a=b c=d`.
fn pairs(keyword: &str, pairs: &[(Shared, Shared)]) -> String {
    let length: usize = pairs.iter().map(|it| it.0.len() + it.1.len() + 2).sum();
    let mut text = String::with_capacity(keyword.len() + length);
    text.push_str(keyword);
    for (name, value) in pairs {
        text.push(' ');
        text.push_str(name);
        text.push('=');
        text.push_str(value);
    }
    text
}

/// `HEALTHCHECK {Test:[…] Interval:30s …}`: Go prints the fields of the structure.
fn health(it: &Healthcheck) -> String {
    let Healthcheck { test, interval, timeout, start_period, start_interval, retries } = it;
    format!(
        "HEALTHCHECK {{Test:[{}] Interval:{} Timeout:{} StartPeriod:{} StartInterval:{} Retries:{retries}}}",
        test.join(" "),
        duration::print(*interval),
        duration::print(*timeout),
        duration::print(*start_period),
        duration::print(*start_interval)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_as_go_quotes_them() {
        let words = ["a", "b\"c\\", "\t\n\x01", "é'\u{200b}"].map(Shared::from);
        assert_eq!(command("CMD", &words), r#"CMD ["a" "b\"c\\" "\t\n\x01" "é'\u200b"]"#);
        assert_eq!(command("CMD", &[]), "CMD []");
    }
}
