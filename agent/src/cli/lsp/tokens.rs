//! What an editor colours.

use dockwright::{
    syntax::{self, TokenKind},
    text::Span,
};
use lsp_types::{SemanticToken, SemanticTokenType, SemanticTokensLegend};

use super::position::Places;

/// The kinds of tokens, in the order of their numbers.
pub(super) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: vec![
            SemanticTokenType::KEYWORD,
            SemanticTokenType::MACRO,
            SemanticTokenType::COMMENT,
            SemanticTokenType::PARAMETER,
            SemanticTokenType::STRING,
            SemanticTokenType::VARIABLE,
            SemanticTokenType::TYPE,
            SemanticTokenType::NAMESPACE,
            SemanticTokenType::OPERATOR,
        ],
        token_modifiers: Vec::new(),
    }
}

fn number(kind: TokenKind) -> u32 {
    match kind {
        TokenKind::Keyword => 0,
        TokenKind::Directive => 1,
        TokenKind::Comment => 2,
        TokenKind::Flag => 3,
        TokenKind::String | TokenKind::Heredoc => 4,
        TokenKind::Variable => 5,
        TokenKind::Image => 6,
        TokenKind::Stage => 7,
        TokenKind::Operator => 8,
    }
}

/// The tokens of a file that touch a part of it. None is longer than its line.
pub(super) fn of(text: &str, places: &Places<'_>, part: Span) -> Vec<SemanticToken> {
    let mut all = Vec::new();
    let (mut line, mut start) = (0, 0);
    let tokens = syntax::tokens(&syntax::parse(text));
    for token in tokens.into_iter().filter(|it| it.span.overlaps(part)) {
        for span in places.lines_of(token.span) {
            let range = places.range(span);
            let at = range.start;
            let delta_start = if at.line == line { at.character - start } else { at.character };
            all.push(SemanticToken {
                delta_line: at.line - line,
                delta_start,
                length: range.end.character - at.character,
                token_type: number(token.kind),
                token_modifiers_bitset: 0,
            });
            (line, start) = (at.line, at.character);
        }
    }
    all
}
