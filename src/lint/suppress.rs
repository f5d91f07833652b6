//! Comments that silence findings: hadolint's, `BuildKit`'s, other tools' and our own.

mod comments;
mod form;
mod report;
mod scope;
mod uses;

use crate::{
    diagnostic::Diagnostic,
    lint::{Linted, Rule, Settings, rules},
    syntax::Parse,
    text::Span,
};

pub use form::{Form, Reach};

/// A comment that silences findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The comment, from `#`.
    pub span: Span,
    /// Whose form it has.
    pub form: Form,
    /// What it covers.
    pub reach: Reach,
    /// The part of the file in which it silences findings that start there; `None` if there is nothing to cover.
    pub scope: Option<Span>,
    /// What it names, and where.
    pub names: Vec<Name>,
    /// Why, as far as it says so.
    pub reason: Option<Span>,
}

/// A rule as a comment names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As written; `all` means all rules.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Name {
    fn is_all(&self) -> bool {
        self.text.eq_ignore_ascii_case("all")
    }

    /// Whether it means this rule. A name that several rules share means them all.
    fn means(&self, rule: &Rule) -> bool {
        self.is_all() || rule.is_called(&self.text)
    }
}

/// The comments of a file that silence findings, in order.
pub fn suppressions(source: &str, parse: &Parse<'_>) -> Vec<Suppression> {
    let mut all = comments::read(source, parse);
    scope::set(source, parse, &mut all);
    all
}

/// Shows what no comment silences, and what is wrong with the comments.
pub(super) fn apply(
    source: &str,
    parse: &Parse<'_>,
    found: Vec<Diagnostic>,
    settings: &Settings,
) -> Linted {
    let all = suppressions(source, parse);
    if all.is_empty() {
        return Linted { shown: found, silenced: Vec::new() };
    }
    let (uses, is_silenced) = uses::of(&all, &found);
    let (mut shown, mut silenced) = (Vec::new(), Vec::new());
    for (finding, is_silenced) in found.into_iter().zip(is_silenced) {
        if is_silenced { silenced.push(finding) } else { shown.push(finding) }
    }
    report::report(source, &all, &uses, settings, &mut shown);
    crate::order::sort_by_key(&mut shown, |it| it.span);
    Linted { shown, silenced }
}

/// Whether a name is one of a rule that runs; `None` if there is no such rule.
fn runs(name: &Name, settings: &Settings) -> Option<bool> {
    if name.is_all() {
        return Some(true);
    }
    let mut named = rules().filter(|it| it.is_called(&name.text)).peekable();
    named.peek()?;
    Some(named.any(|it| settings.runs(it)))
}
