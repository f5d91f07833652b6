//! How findings are printed: one file for each form.

mod concise;
mod full;
mod github;
mod gitlab;
mod json;
mod sarif;
mod xml;

use std::{collections::BTreeMap, fmt::Write as _, io::IsTerminal as _};

use dockwright::{
    diagnostic::Diagnostic,
    lint,
    text::{LineCol, LineIndex},
};

use super::{Report, code, word};
use crate::cli::report::Paint;

/// The forms of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// `full` on a terminal, else `concise`.
    Auto,
    /// The line, what is wrong in it, and what to do.
    Full,
    /// One line each: `file:line:column: level[code] message`.
    #[value(alias = "tty", alias = "gnu", alias = "unix")]
    Concise,
    /// One object.
    Json,
    /// One object a line.
    JsonLines,
    /// SARIF 2.1.0.
    Sarif,
    /// Annotations of a workflow.
    Github,
    /// A code quality report.
    #[value(alias = "gitlab_codeclimate", alias = "codeclimate")]
    Gitlab,
    /// `JUnit`'s XML.
    Junit,
    /// Checkstyle's XML.
    Checkstyle,
    /// reviewdog's JSON.
    Rdjson,
    /// hadolint's JSON.
    HadolintJson,
}

impl Format {
    /// The text of all findings.
    pub(super) fn text(self, reports: &[Report], paint: Paint, is_hadolint: bool) -> String {
        let seen = Seen { reports, is_hadolint };
        match self {
            Self::Auto if std::io::stdout().is_terminal() => full::text(&seen, paint),
            Self::Full => full::text(&seen, paint),
            Self::Auto | Self::Concise => concise::text(&seen),
            Self::Json => json::text(&seen),
            Self::JsonLines => json::lines(&seen),
            Self::Sarif => sarif::text(&seen),
            Self::Github => github::text(&seen),
            Self::Gitlab => gitlab::text(&seen),
            Self::Junit => xml::junit(&seen),
            Self::Checkstyle => xml::checkstyle(&seen),
            Self::Rdjson => json::reviewdog(&seen),
            Self::HadolintJson => json::hadolint(&seen),
        }
    }
}

/// What is printed.
struct Seen<'r> {
    reports: &'r [Report],
    is_hadolint: bool,
}

/// A finding with its place.
struct Place<'r> {
    file: &'r str,
    text: &'r str,
    it: &'r Diagnostic,
    code: &'static str,
    /// The name of its rule.
    name: &'static str,
    level: &'static str,
    start: LineCol,
    end: LineCol,
}

impl<'r> Seen<'r> {
    /// All findings, in order.
    fn all(&self) -> Vec<Place<'r>> {
        self.reports.iter().flat_map(|report| self.of(report, &report.linted.shown)).collect()
    }

    /// Findings of one file.
    fn of(&self, report: &'r Report, found: &'r [Diagnostic]) -> Vec<Place<'r>> {
        let index = LineIndex::new(&report.text);
        let place = |it: &'r Diagnostic| Place {
            file: &report.name,
            text: &report.text,
            it,
            code: code(it, self.is_hadolint),
            name: lint::find(it.code).map_or("", |it| it.name),
            level: word(it.severity),
            start: index.line_col(it.span.start),
            end: index.line_col(it.span.end),
        };
        found.iter().map(place).collect()
    }
}

impl Place<'_> {
    /// A number that stays the same while other lines change: of the file's name, the code, and the text.
    fn fingerprint(&self) -> String {
        let text = self.it.span.slice(self.text);
        let parts = [self.file, self.code, text.trim(), &self.it.message];
        number(parts.iter().flat_map(|it| it.bytes().chain([0])))
    }
}

/// A number of a text that is the same on every machine: FNV-1a.
pub(super) fn number(text: impl Iterator<Item = u8>) -> String {
    let hash = text.fold(0xcbf2_9ce4_8422_2325_u64, |hash, it| {
        (hash ^ u64::from(it)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// How many findings there are of each rule, the most frequent first.
pub(super) fn statistics(reports: &[Report]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for it in reports.iter().flat_map(|it| &it.linted.shown) {
        *counts.entry(it.code).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|it| (std::cmp::Reverse(it.1), it.0));
    let mut text = String::new();
    for (code, count) in counts {
        let name = lint::find(code).map_or("", |it| it.name);
        let _infallible = writeln!(text, "{count:>6}  {code}  {name}");
    }
    text
}
