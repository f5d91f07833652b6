//! Findings as an editor wants them.

use dockwright::{
    diagnostic::{self, Severity},
    lint::{self, Rule},
    simulate::checks,
};
use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    Location, NumberOrString, Range,
};

use super::{documents::Document, position::Places};

/// No editor shows more, and no one reads them.
const MAX_FINDINGS: usize = 1000;
/// Findings about what has no effect, which editors show faint.
const UNNECESSARY: [&str; 8] =
    ["DW007", "DW109", "DW111", "DW205", "DW707", "DW708", "DW709", "DW902"];
/// Findings about what is out of use, which editors strike out.
const DEPRECATED: [&str; 3] = ["DW204", "DW716", "DW812"];

/// The findings of a file.
pub(super) fn of(document: &Document, places: &Places<'_>) -> Vec<Diagnostic> {
    let Some(looked) = &document.looked else { return Vec::new() };
    let trouble = looked.trouble.as_ref().map(|it| Diagnostic {
        severity: Some(DiagnosticSeverity::ERROR),
        code: Some(NumberOrString::String("configuration".to_owned())),
        source: Some(SOURCE.to_owned()),
        message: format!("{it}\nUntil then, the rules are those that are on for everyone."),
        ..Diagnostic::new_simple(Range::default(), String::new())
    });
    let found = looked.linted.shown.iter().take(MAX_FINDINGS);
    trouble.into_iter().chain(found.map(|it| one(it, document, places))).collect()
}

const SOURCE: &str = "dockwright";

/// One finding.
pub(super) fn one(
    it: &diagnostic::Diagnostic,
    document: &Document,
    places: &Places<'_>,
) -> Diagnostic {
    let diagnostic::Diagnostic { code, severity, span, message, help, fix: _, related } = it;
    let related = related.iter().map(|it| DiagnosticRelatedInformation {
        location: Location::new(document.uri.clone(), places.range(it.span)),
        message: it.message.to_string(),
    });
    let related: Vec<_> = related.collect();
    let href = lint::find(code).and_then(url).and_then(|it| it.parse().ok());
    let tag = if UNNECESSARY.contains(code) {
        Some(DiagnosticTag::UNNECESSARY)
    } else {
        DEPRECATED.contains(code).then_some(DiagnosticTag::DEPRECATED)
    };
    Diagnostic {
        range: places.range(*span),
        severity: Some(match severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Info => DiagnosticSeverity::INFORMATION,
            Severity::Style => DiagnosticSeverity::HINT,
        }),
        code: Some(NumberOrString::String((*code).to_owned())),
        code_description: href.map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: match help {
            Some(help) => format!("{message}\n{help}"),
            None => message.to_string(),
        },
        related_information: (!related.is_empty()).then_some(related),
        tags: tag.map(|it| vec![it]),
        data: None,
    }
}

/// Where something is written about a rule that other tools have too.
fn url(rule: &Rule) -> Option<String> {
    let check = rule.buildkit().and_then(checks::Rule::find).and_then(checks::Rule::url);
    check.or_else(|| {
        Some(match rule.hadolint()? {
            it if it.starts_with("SC") => format!("https://www.shellcheck.net/wiki/{it}"),
            it => format!("https://github.com/hadolint/hadolint/wiki/{it}"),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_tools_have_too_is_explained_there() {
        for (code, expected) in [
            ("DW716", Some("https://docs.docker.com/go/dockerfile/rule/maintainer-deprecated/")),
            ("DW101", Some("https://github.com/hadolint/hadolint/wiki/DL3006")),
            ("SC2086", Some("https://www.shellcheck.net/wiki/SC2086")),
            ("DW604", None),
        ] {
            assert_eq!(url(lint::find(code).unwrap()).as_deref(), expected, "{code}");
        }
        for code in UNNECESSARY.iter().chain(&DEPRECATED) {
            assert_eq!(lint::find(code).map(|it| it.code), Some(*code));
        }
    }
}
