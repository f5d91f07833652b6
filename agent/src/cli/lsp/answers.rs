//! Answers to questions about a file.

use std::{collections::HashMap, io::Write};

use lsp_server::ErrorCode;
use lsp_types::{
    CodeActionOrCommand, CodeActionParams, DocumentChanges, DocumentDiagnosticParams, OneOf,
    OptionalVersionedTextDocumentIdentifier, SemanticTokensParams, SemanticTokensRangeParams,
    TextDocumentEdit, TextEdit, WorkspaceEdit,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    actions, diagnostics,
    documents::Document,
    server::{Client, Refusal, Server},
    tokens,
};
use dockwright::text::{Span, to_u32};

impl<W: Write> Server<'_, W> {
    /// What the server can.
    pub(super) fn capabilities(&self) -> Value {
        let mut all = json!({
            "positionEncoding": self.client.encoding.kind(),
            "textDocumentSync": { "openClose": true, "change": 2, "save": true },
            "codeActionProvider": {
                "codeActionKinds": ["quickfix", actions::FIX_ALL],
            },
            "completionProvider": { "triggerCharacters": ["$", "{", "-", "=", "[", ","] },
            "definitionProvider": true,
            "documentHighlightProvider": true,
            "documentSymbolProvider": true,
            "hoverProvider": true,
            "referencesProvider": true,
            "renameProvider": { "prepareProvider": true },
            "semanticTokensProvider": {
                "legend": tokens::legend(), "full": true, "range": true,
            },
        });
        if self.client.pulls
            && let Some(all) = all.as_object_mut()
        {
            let options = json!({ "interFileDependencies": false, "workspaceDiagnostics": false });
            all.insert("diagnosticProvider".to_owned(), options);
        }
        all
    }

    pub(super) fn diagnostics(&mut self, it: &DocumentDiagnosticParams) -> Result<Value, Refusal> {
        let (document, places) = self.looked(&it.text_document.uri)?;
        Ok(json!({ "kind": "full", "items": diagnostics::of(document, &places) }))
    }

    pub(super) fn code_actions(&mut self, it: &CodeActionParams) -> Result<Value, Refusal> {
        let client = self.client;
        let (document, places) = self.looked(&it.text_document.uri)?;
        let part = places.span(it.range);
        let only = it.context.only.as_deref();
        let edit = |edits| edit(document, client, edits);
        let all = actions::of(document, &places, part, only, edit);
        written(all.into_iter().map(CodeActionOrCommand::CodeAction).collect::<Vec<_>>())
    }

    pub(super) fn tokens(&self, it: &SemanticTokensParams) -> Result<Value, Refusal> {
        let (document, places) = self.document(&it.text_document.uri)?;
        let whole = Span::new(0, to_u32(document.text.len()));
        let data = tokens::of(&document.text, &places, whole);
        written(lsp_types::SemanticTokens { result_id: None, data })
    }

    pub(super) fn some_tokens(&self, it: &SemanticTokensRangeParams) -> Result<Value, Refusal> {
        let (document, places) = self.document(&it.text_document.uri)?;
        let data = tokens::of(&document.text, &places, places.span(it.range));
        written(lsp_types::SemanticTokens { result_id: None, data })
    }
}

/// Edits of a file, for the version that was looked at if the editor knows of versions.
pub(super) fn edit(document: &Document, client: Client, edits: Vec<TextEdit>) -> WorkspaceEdit {
    let uri = document.uri.clone();
    if !client.has_versions {
        #[expect(clippy::mutable_key_type, reason = "the address is not changed")]
        let changes = HashMap::from([(uri, edits)]);
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let text_document =
        OptionalVersionedTextDocumentIdentifier { uri, version: Some(document.version) };
    let edits = edits.into_iter().map(OneOf::Left).collect();
    let changes = DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]);
    WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
}

pub(super) fn written(it: impl Serialize) -> Result<Value, Refusal> {
    serde_json::to_value(it).map_err(|it| (ErrorCode::InternalError, it.to_string()))
}
