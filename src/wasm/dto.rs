//! What crosses to JavaScript: offsets in UTF-16 units, names in camelCase. Declarations are generated from here.

use serde::Serialize;
use tsify::Tsify;

use crate::{
    diagnostic,
    image::anatomy::{self, Role},
    lint, syntax,
    text::LineIndex,
};

/// Findings and tokens of a Dockerfile.
#[derive(Serialize, Tsify)]
pub struct Analysis {
    findings: Vec<Finding>,
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
    /// A better habit.
    Suggestion,
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
    /// The rule's documentation, in Markdown.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    docs: Option<String>,
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix>,
}

/// A repair.
#[derive(Serialize, Tsify)]
pub struct Fix {
    title: String,
    safe: bool,
    edits: Vec<Edit>,
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

impl Analysis {
    pub(super) fn of(source: &str) -> Self {
        let index = LineIndex::new(source);
        let parse = syntax::parse(source);
        let findings = lint::lint_parsed(source, &parse);
        let tokens = syntax::tokens(source, &parse);
        Self {
            findings: findings.iter().map(|it| Finding::new(it, &index)).collect(),
            tokens: tokens.iter().map(|it| Token::new(it, &index)).collect(),
        }
    }
}

impl Finding {
    fn new(it: &diagnostic::Diagnostic, index: &LineIndex<'_>) -> Self {
        let diagnostic::Diagnostic { code, severity, span, message, help, fix } = it;
        let rule = lint::RULES.iter().find(|it| it.code == *code);
        Self {
            code: (*code).to_owned(),
            name: rule.map_or("", |it| it.name).to_owned(),
            severity: match severity {
                diagnostic::Severity::Error => Severity::Error,
                diagnostic::Severity::Warning => Severity::Warning,
                diagnostic::Severity::Suggestion => Severity::Suggestion,
            },
            from: index.utf16(span.start),
            to: index.utf16(span.end),
            line: index.line(span.start),
            message: message.to_string(),
            help: help.as_ref().map(ToString::to_string),
            docs: rule.map(|it| it.docs.to_owned()),
            fix: fix.as_ref().map(|it| Fix::new(it, index)),
        }
    }
}

impl Fix {
    fn new(it: &diagnostic::Fix, index: &LineIndex<'_>) -> Self {
        let diagnostic::Fix { title, safe, edits } = it;
        let edit = |it: &diagnostic::Edit| {
            let diagnostic::Edit { span, text } = it;
            Edit { from: index.utf16(span.start), to: index.utf16(span.end), text: text.clone() }
        };
        Self { title: title.to_string(), safe: *safe, edits: edits.iter().map(edit).collect() }
    }
}

impl Token {
    fn new(it: &syntax::Token, index: &LineIndex<'_>) -> Self {
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

/// An image name taken apart.
#[derive(Serialize, Tsify)]
pub struct Anatomy {
    input: String,
    /// As Docker prints it.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    familiar: Option<String>,
    /// In full.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    canonical: Option<String>,
    parts: Vec<Part>,
    /// Who runs the registry, in words.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    registry: Option<String>,
    /// Docker's words, if the text is not a name.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// Ours.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

/// One part of an image name.
#[derive(Serialize, Tsify)]
pub struct Part {
    role: PartRole,
    text: String,
    /// Whether Docker fills it in.
    implied: bool,
    rule: String,
}

/// What a part of an image name says.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum PartRole {
    /// The server.
    Registry,
    /// The user, team or organisation.
    Namespace,
    /// The image.
    Repository,
    /// The label.
    Tag,
    /// The content.
    Digest,
}

impl Anatomy {
    pub(super) fn of(input: &str) -> Self {
        let reference = input.parse::<crate::image::Reference>();
        let (parts, error) = match anatomy::anatomy(input) {
            Ok(parts) => (parts.iter().map(Part::new).collect(), None),
            Err(error) => (Vec::new(), Some(error)),
        };
        let known = reference.as_ref().ok().and_then(|it| anatomy::well_known(&it.registry));
        Self {
            input: input.to_owned(),
            familiar: reference.as_ref().ok().map(crate::image::Reference::familiar),
            canonical: reference.ok().map(|it| it.with_default_tag().to_string()),
            parts,
            registry: known.map(str::to_owned),
            help: error.as_ref().map(|it| anatomy::help(it, input).to_owned()),
            error: error.map(|it| it.to_string()),
        }
    }
}

impl Part {
    fn new(it: &anatomy::Part) -> Self {
        let anatomy::Part { role, text, span, rule } = it;
        Self {
            role: match role {
                Role::Registry => PartRole::Registry,
                Role::Namespace => PartRole::Namespace,
                Role::Repository => PartRole::Repository,
                Role::Tag => PartRole::Tag,
                Role::Digest => PartRole::Digest,
            },
            text: text.clone(),
            implied: span.is_none(),
            rule: (*rule).to_owned(),
        }
    }
}
