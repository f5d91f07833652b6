//! Findings and tokens of a Dockerfile.

use serde::Serialize;
use tsify::Tsify;

use crate::{
    diagnostic, lint,
    simulate::checks::Rule as Check,
    syntax,
    terminal::{self, Forecast},
    text::{LineIndex, to_u32},
};

/// Findings and tokens of a Dockerfile.
#[derive(Serialize, Tsify)]
pub struct Analysis {
    /// By place.
    findings: Vec<Finding>,
    /// How many findings there are behind these, if any.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<u32>,
    tokens: Vec<Token>,
}

/// How bad a finding is.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The build will fail.
    Error,
    /// Likely a problem.
    Warning,
    /// Worth knowing.
    Info,
    /// How something is written.
    Style,
}

/// One finding.
#[derive(Serialize, Tsify)]
pub struct Finding {
    code: String,
    /// The rule's name, such as `untagged-base`; empty for what the parser reports.
    name: String,
    severity: Severity,
    from: u32,
    to: u32,
    /// From 1.
    line: u32,
    message: String,
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix>,
    /// Other places that it is about, in order of importance.
    related: Vec<Related>,
    /// What other tools call the rule.
    aliases: Vec<String>,
    /// The check of BuildKit that says the same.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<String>,
    /// Where Docker's documentation explains that check.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// Another place that a finding is about.
#[derive(Serialize, Tsify)]
pub struct Related {
    from: u32,
    to: u32,
    /// What is there.
    message: String,
}

/// A repair.
#[derive(Serialize, Tsify)]
pub struct Fix {
    title: String,
    safety: Safety,
    edits: Vec<Edit>,
}

/// What a repair may change besides what is wrong.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Nothing: the image behaves the same.
    Safe,
    /// Perhaps more.
    Unsafe,
    /// It only shows the way.
    Display,
}

/// One replacement.
#[derive(Serialize, Tsify)]
pub struct Edit {
    from: u32,
    to: u32,
    text: String,
}

/// A part of a Dockerfile to colour.
#[derive(Serialize, Tsify)]
pub struct Token {
    from: u32,
    to: u32,
    kind: TokenKind,
}

/// What a token is.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum TokenKind {
    /// An instruction's name, `AS`.
    Keyword,
    /// A parser directive.
    Directive,
    /// A comment.
    Comment,
    /// `--name=value`.
    Flag,
    /// A quoted text.
    String,
    /// `$NAME`, or a name that is defined.
    Variable,
    /// An image's name.
    Image,
    /// A stage's name.
    Stage,
    /// A continuation, brackets and commas.
    Operator,
    /// A here-document.
    Heredoc,
}

/// As many findings go to the page: each is a line there.
const MAX_FINDINGS: usize = 300;

impl Analysis {
    pub(in crate::wasm) fn of(it: &Forecast<'_>, index: &LineIndex<'_>) -> Self {
        let found = it.findings();
        let more = found.len().saturating_sub(MAX_FINDINGS);
        let tokens = syntax::tokens(it.parse());
        Self {
            findings: found.iter().take(MAX_FINDINGS).map(|it| Finding::new(it, index)).collect(),
            more: (more > 0).then(|| to_u32(more)),
            tokens: tokens.iter().map(|it| Token::new(it, index)).collect(),
        }
    }
}

impl Finding {
    pub(super) fn new(it: &terminal::Finding, index: &LineIndex<'_>) -> Self {
        let terminal::Finding { diagnostic, check } = it;
        let diagnostic::Diagnostic { code, severity, span, message, help, fix, related } =
            diagnostic;
        let rule = lint::find(code);
        Self {
            code: (*code).to_owned(),
            name: rule.map_or("", |it| it.name).to_owned(),
            severity: match severity {
                diagnostic::Severity::Error => Severity::Error,
                diagnostic::Severity::Warning => Severity::Warning,
                diagnostic::Severity::Info => Severity::Info,
                diagnostic::Severity::Style => Severity::Style,
            },
            from: index.utf16(span.start),
            to: index.utf16(span.end),
            line: index.line(span.start),
            message: message.to_string(),
            help: help.as_ref().map(ToString::to_string),
            fix: fix.as_ref().map(|it| Fix::new(it, index)),
            related: related.iter().map(|it| Related::new(it, index)).collect(),
            aliases: rule.map(|it| it.aliases().map(str::to_owned).collect()).unwrap_or_default(),
            check: check.map(|it| it.name.to_owned()),
            url: check.and_then(Check::url),
        }
    }
}

impl Related {
    fn new(it: &diagnostic::Related, index: &LineIndex<'_>) -> Self {
        let diagnostic::Related { span, message } = it;
        Self {
            from: index.utf16(span.start),
            to: index.utf16(span.end),
            message: message.to_string(),
        }
    }
}

impl Fix {
    fn new(it: &diagnostic::Fix, index: &LineIndex<'_>) -> Self {
        let diagnostic::Fix { title, safety, edits } = it;
        let edit = |it: &diagnostic::Edit| {
            let diagnostic::Edit { span, text } = it;
            Edit { from: index.utf16(span.start), to: index.utf16(span.end), text: text.clone() }
        };
        Self {
            title: title.to_string(),
            safety: match safety {
                diagnostic::Safety::Safe => Safety::Safe,
                diagnostic::Safety::Unsafe => Safety::Unsafe,
                diagnostic::Safety::Display => Safety::Display,
            },
            edits: edits.iter().map(edit).collect(),
        }
    }
}

impl Token {
    pub(super) fn new(it: &syntax::Token, index: &LineIndex<'_>) -> Self {
        let syntax::Token { span, kind } = it;
        Self {
            from: index.utf16(span.start),
            to: index.utf16(span.end),
            kind: match kind {
                syntax::TokenKind::Keyword => TokenKind::Keyword,
                syntax::TokenKind::Directive => TokenKind::Directive,
                syntax::TokenKind::Comment => TokenKind::Comment,
                syntax::TokenKind::Flag => TokenKind::Flag,
                syntax::TokenKind::String => TokenKind::String,
                syntax::TokenKind::Variable => TokenKind::Variable,
                syntax::TokenKind::Image => TokenKind::Image,
                syntax::TokenKind::Stage => TokenKind::Stage,
                syntax::TokenKind::Operator => TokenKind::Operator,
                syntax::TokenKind::Heredoc => TokenKind::Heredoc,
            },
        }
    }
}
