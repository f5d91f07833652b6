//! Findings for a terminal: what, where, the line, and what to do.

use std::{env, fmt::Write as _};

use dockwright::{
    diagnostic::{Diagnostic, Severity},
    simulate::Warning,
    syntax::docker_text,
    text::{LineIndex, Span},
};

use super::{print::printable, source::Source};

/// Colours, if somebody sees them.
#[derive(Clone, Copy)]
pub(super) struct Paint(bool);

impl Paint {
    /// Colours for a terminal, unless `NO_COLOR` is set.
    pub(super) fn of(is_terminal: bool) -> Self {
        let wanted = env::var_os("NO_COLOR").is_none_or(|it| it.is_empty());
        Self(is_terminal && wanted)
    }

    pub(super) fn error(self, text: &str) -> String {
        self.with("1;31", text)
    }

    pub(super) fn warning(self, text: &str) -> String {
        self.with("1;33", text)
    }

    pub(super) fn quiet(self, text: &str) -> String {
        self.with("1;34", text)
    }

    pub(super) fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Shows findings in one source.
pub(super) struct Report<'s> {
    source: &'s Source,
    index: LineIndex<'s>,
    paint: Paint,
    text: String,
}

impl<'s> Report<'s> {
    pub(super) fn new(source: &'s Source, paint: Paint) -> Self {
        Self { source, index: LineIndex::new(&source.text), paint, text: String::new() }
    }

    /// All that was shown.
    pub(super) fn text(self) -> String {
        self.text
    }

    /// An error of the file, in Docker's words.
    pub(super) fn diagnostic(&mut self, it: &Diagnostic) {
        let kind = match it.severity {
            Severity::Error => self.paint.error("error"),
            Severity::Warning | Severity::Suggestion => self.paint.warning("warning"),
        };
        let message = docker_text(it, &self.source.text);
        self.show(&kind, &message, it.span, it.help.as_deref());
    }

    /// What a build check of BuildKit says.
    pub(super) fn warning(&mut self, it: &Warning) {
        let kind = self.paint.warning(&format!("warning[{}]", it.rule));
        self.show(&kind, &it.message, it.span, None);
    }

    /// A sentence without a place.
    pub(super) fn note(&mut self, text: &str) {
        let kind = self.paint.quiet("note");
        self.line(format_args!("{kind}: {}", printable(text)));
    }

    /// An error without a place.
    pub(super) fn error(&mut self, text: &str) {
        let kind = self.paint.error("error");
        self.line(format_args!("{kind}: {}", printable(text)));
    }

    fn show(&mut self, kind: &str, message: &str, span: Span, help: Option<&str>) {
        let place = self.index.line_col(span.start);
        let name = printable(&self.source.name);
        let line_span = self.index.line_span(place.line);
        let line = line_span.slice(&self.source.text).trim_end_matches('\r');
        let number = place.line.to_string();
        let margin = " ".repeat(number.len());
        let bar = self.paint.quiet("|");
        self.line(format_args!("{kind}: {}", self.paint.bold(&printable(message))));
        let arrow = self.paint.quiet("-->");
        self.line(format_args!("{margin}{arrow} {name}:{}:{}", place.line, place.column));
        let before = Span::new(line_span.start, span.start.min(line_span.end));
        let marked = Span::new(before.end, span.end.clamp(before.end, line_span.end));
        let before = shown(before.slice(&self.source.text)).chars().count();
        let marked = shown(marked.slice(&self.source.text).trim_end()).chars().count().max(1);
        let number = self.paint.quiet(&number);
        self.line(format_args!("{margin} {bar}"));
        self.line(format_args!("{number} {bar} {}", shown(line)));
        let caret = format!("{}{}", " ".repeat(before), "^".repeat(marked));
        let caret = match caret.trim_start() {
            it if it.len() == caret.len() => self.paint.error(it),
            it => format!("{}{}", " ".repeat(before), self.paint.error(it)),
        };
        self.line(format_args!("{margin} {bar} {caret}"));
        if let Some(help) = help {
            let equals = self.paint.quiet("=");
            self.line(format_args!("{margin} {equals} help: {}", printable(help)));
        }
        self.text.push('\n');
    }

    fn line(&mut self, text: std::fmt::Arguments<'_>) {
        let _infallible = writeln!(self.text, "{text}");
    }
}

/// A part of a line as it is shown: a tab takes as much room above the carets as in them.
fn shown(text: &str) -> String {
    printable(&text.replace('\t', "    "))
}
