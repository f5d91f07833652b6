//! What is wrong in a text, where, and how to mend it. Rendering is someone else's work.

use std::borrow::Cow;

use crate::{order, text::Span};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The build will fail.
    Error,
    /// Likely a problem.
    Warning,
    /// Worth knowing; often a matter of size or speed.
    Info,
    /// How something is written, not what it does.
    Style,
}

/// There is no such severity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no level: say error, warning, info or style")]
pub struct UnknownSeverity(String);

impl std::str::FromStr for Severity {
    type Err = UnknownSeverity;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "error" => Ok(Self::Error),
            "warning" => Ok(Self::Warning),
            "info" => Ok(Self::Info),
            "style" => Ok(Self::Style),
            _ => Err(UnknownSeverity(name.to_owned())),
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's code, such as `DL3007`, or `syntax` for what the parser reports.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The part of the source that it is about.
    pub span: Span,
    /// What is wrong: one sentence without a final dot. Docker's own words where Docker has words.
    pub message: Cow<'static, str>,
    /// What to do, in our words.
    pub help: Option<Cow<'static, str>>,
    /// A repair that a tool can make.
    pub fix: Option<Fix>,
    /// Other places that belong to it, in order of importance.
    pub related: Vec<Related>,
}

/// Another place that a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What is there: a few words.
    pub message: Cow<'static, str>,
}

impl Diagnostic {
    /// An error of the parser or the build, without a rule.
    pub fn error(span: Span, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code: "syntax",
            severity: Severity::Error,
            span,
            message: message.into(),
            help: None,
            fix: None,
            related: Vec::new(),
        }
    }

    /// The same finding with a sentence about what to do.
    #[must_use]
    pub fn with_help(self, help: impl Into<Cow<'static, str>>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// A repair: edits of one source, made together or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the repair does, as a button says it: `Replace by LABEL`.
    pub title: Cow<'static, str>,
    /// Who may make it.
    pub safety: Safety,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
}

/// What a repair may change besides what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// Nothing: the image behaves the same, or a build that was certain to fail does what was meant.
    Safe,
    /// Perhaps more: somebody has to want it.
    Unsafe,
    /// It only shows the way: a part of it must be decided first. No tool makes it.
    Display,
}

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// The new text; empty to delete.
    pub text: String,
}

impl Edit {
    /// Other text in the place of a part of the source.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// More text at a place.
    pub fn insert(at: u32, text: impl Into<String>) -> Self {
        Self::replace(Span::at(at), text)
    }

    /// Less text.
    pub fn delete(span: Span) -> Self {
        Self::replace(span, "")
    }
}

impl Fix {
    /// A repair that any tool may make.
    pub fn safe(title: impl Into<Cow<'static, str>>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), safety: Safety::Safe, edits }
    }

    /// A repair that somebody has to want.
    pub fn risky(title: impl Into<Cow<'static, str>>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), safety: Safety::Unsafe, edits }
    }

    /// A repair that only shows the way.
    pub fn display(title: impl Into<Cow<'static, str>>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), safety: Safety::Display, edits }
    }

    /// The source with all edits made, or `None` if they overlap or do not lie in it.
    pub fn apply(&self, source: &str) -> Option<String> {
        let mut edits: Vec<_> = self.edits.iter().collect();
        order::sort_by_key(&mut edits, |it| it.span);
        let mut fixed = String::with_capacity(source.len());
        let mut done = 0;
        for Edit { span, text } in edits {
            fixed.push_str(source.get(done..span.start as usize)?);
            fixed.push_str(text);
            done = span.end.max(span.start) as usize;
        }
        fixed.push_str(source.get(done..)?);
        Some(fixed)
    }
}

/// Two lists of findings as one, in order of place. What both say is there once.
pub fn merge(mut found: Vec<Diagnostic>, more: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.extend(more);
    order::sort_by(&mut found, |one, other| {
        one.span.cmp(&other.span).then_with(|| one.message.cmp(&other.message))
    });
    found.dedup_by(|one, other| (one.span, &one.message) == (other.span, &other.message));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_merged_by_place_and_say_nothing_twice() {
        let found = |places: &[(u32, &'static str)]| {
            let each =
                |&(at, message): &(u32, &'static str)| Diagnostic::error(Span::at(at), message);
            places.iter().map(each).collect::<Vec<_>>()
        };
        let linted = found(&[(1, "a"), (5, "c"), (9, "a"), (9, "b")]);
        let built = found(&[(9, "b"), (0, "z"), (5, "b"), (9, "c"), (9, "a")]);
        let merged = merge(linted, built);
        let all = [(0, "z"), (1, "a"), (5, "b"), (5, "c"), (9, "a"), (9, "b"), (9, "c")];
        assert_eq!(merged, found(&all));
        // Nobody waits for a list of ten thousand, even if all are about one place.
        let many: Vec<_> =
            (0..20_000).map(|it| Diagnostic::error(Span::at(0), it.to_string())).collect();
        assert_eq!(merge(many.clone(), many).len(), 20_000);
    }

    #[track_caller]
    fn check(edits: &[(u32, u32, &str)], expected: Option<&str>) {
        let edits = edits
            .iter()
            .map(|&(start, end, text)| Edit { span: Span::new(start, end), text: text.to_owned() })
            .collect();
        let fix = Fix::safe("test", edits);
        assert_eq!(fix.apply("FROM alpine").as_deref(), expected);
    }

    #[test]
    fn edits_are_made_together_or_not_at_all() {
        check(&[], Some("FROM alpine"));
        check(&[(5, 11, "debian"), (0, 4, "from")], Some("from debian"));
        check(&[(11, 11, ":3")], Some("FROM alpine:3"));
        check(&[(0, 6, "x"), (5, 11, "y")], None);
        check(&[(5, 99, "y")], None);
    }
}
