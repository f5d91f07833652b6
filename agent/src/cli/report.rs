//! Findings for a terminal: what, where, the line, and what to do.

use std::{env, fmt::Write as _};

use dockwright::{
    diagnostic::{Diagnostic, Severity},
    simulate::{Warning, checks::Rule},
    syntax::Parse,
    text::{LineIndex, Span},
};

use super::{print::printable, source::Source};

/// More errors and warnings nobody reads.
const MAX_SHOWN: usize = 100;
/// So many characters of a line are shown, and so many of them before the place.
const MAX_WIDTH: usize = 160;
const MAX_BEFORE: usize = 60;

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

/// Shows places of one source.
pub(super) struct Frame<'s> {
    name: &'s str,
    text: &'s str,
    index: LineIndex<'s>,
    paint: Paint,
}

/// Shows findings in one source.
pub(super) struct Report<'s> {
    frame: Frame<'s>,
    parse: Parse<'s>,
    /// How many errors and warnings there were so far.
    count: usize,
    paint: Paint,
    text: String,
}

impl<'s> Report<'s> {
    /// `parse` is what the parser says about `source`.
    pub(super) fn new(source: &'s Source, parse: Parse<'s>, paint: Paint) -> Self {
        let frame = Frame::new(&source.name, &source.text, paint);
        Self { frame, parse, count: 0, paint, text: String::new() }
    }

    /// All that was shown.
    pub(super) fn text(mut self) -> String {
        if let Some(more @ 1..) = self.count.checked_sub(MAX_SHOWN) {
            self.note(&format!("{more} more errors and warnings are not shown; --json has all"));
        }
        self.text
    }

    /// An error of the file, in Docker's words.
    pub(super) fn diagnostic(&mut self, it: &Diagnostic) {
        let kind = match it.severity {
            Severity::Error => self.paint.error("error"),
            Severity::Warning | Severity::Info | Severity::Style => self.paint.warning("warning"),
        };
        let message = self.parse.docker_text(it, &self.frame.index);
        self.show(&kind, &message, it.span, it.help.as_deref());
    }

    /// What a build check of BuildKit says.
    pub(super) fn warning(&mut self, it: &Warning) {
        let kind = self.paint.warning(&format!("warning[{}]", it.rule));
        let help = Rule::find(it.rule).map(|it| it.help);
        self.show(&kind, &it.message, it.span, help);
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
        self.count += 1;
        if self.count <= MAX_SHOWN {
            self.text.push_str(&self.frame.show(kind, message, span, help));
        }
    }

    fn line(&mut self, text: std::fmt::Arguments<'_>) {
        let _infallible = writeln!(self.text, "{text}");
    }
}

impl<'s> Frame<'s> {
    pub(super) fn new(name: &'s str, text: &'s str, paint: Paint) -> Self {
        Self { name, text, index: LineIndex::new(text), paint }
    }

    /// What is wrong, where, the line, and what to do.
    pub(super) fn show(&self, kind: &str, message: &str, span: Span, help: Option<&str>) -> String {
        let mut text = String::new();
        let mut line = |it: std::fmt::Arguments<'_>| {
            let _infallible = writeln!(text, "{it}");
        };
        let place = self.index.line_col(span.start);
        let name = printable(self.name);
        let line_span = self.index.line_span(place.line);
        let whole = line_span.slice(self.text).trim_end_matches('\r');
        let number = place.line.to_string();
        let margin = " ".repeat(number.len());
        let bar = self.paint.quiet("|");
        line(format_args!("{kind}: {}", self.paint.bold(&printable(message))));
        let arrow = self.paint.quiet("-->");
        line(format_args!("{margin}{arrow} {name}:{}:{}", place.line, place.column));
        let before = Span::new(line_span.start, span.start.min(line_span.end));
        let marked = Span::new(before.end, span.end.clamp(before.end, line_span.end));
        let mut before = before.slice(self.text);
        let mut cut = "";
        if let Some((at, _)) = before.char_indices().rev().nth(MAX_BEFORE) {
            (cut, before) = ("…", before.get(at..).unwrap_or_default());
        }
        let rest = whole.get(before_end(line_span, marked)..).unwrap_or_default();
        let room = MAX_WIDTH.saturating_sub(before.chars().count());
        let end = rest.char_indices().nth(room).map(|it| it.0);
        let (rest, end) = match end {
            Some(end) => (rest.get(..end).unwrap_or_default(), "…"),
            None => (rest, ""),
        };
        let marked = marked.slice(self.text).trim_end();
        let marked = marked.get(..marked.len().min(rest.len())).unwrap_or(rest);
        let shown_line = format!("{cut}{}{}{end}", shown(before), shown(rest));
        let before = cut.chars().count() + shown(before).chars().count();
        let marked = shown(marked).chars().count().max(1);
        let number = self.paint.quiet(&number);
        line(format_args!("{margin} {bar}"));
        line(format_args!("{number} {bar} {shown_line}"));
        let caret = format!("{}{}", " ".repeat(before), "^".repeat(marked));
        let caret = match caret.trim_start() {
            it if it.len() == caret.len() => self.paint.error(it),
            it => format!("{}{}", " ".repeat(before), self.paint.error(it)),
        };
        line(format_args!("{margin} {bar} {caret}"));
        if let Some(help) = help {
            let equals = self.paint.quiet("=");
            line(format_args!("{margin} {equals} help: {}", printable(help)));
        }
        text.push('\n');
        text
    }
}

/// Where in its line a place begins.
fn before_end(line: Span, place: Span) -> usize {
    place.start.saturating_sub(line.start) as usize
}

/// A part of a line as it is shown: a tab takes as much room above the carets as in them.
fn shown(text: &str) -> String {
    printable(&text.replace('\t', "    "))
}
