//! Answers about a place in a file: names, explanations, what could come next.

use std::io::Write;

use dockwright::{
    assist::{self, Completion, CompletionKind, Entry, EntryKind, Names, Occurrence, Role},
    syntax::{Parse, parse},
};
use lsp_server::ErrorCode;
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionTextEdit, DocumentHighlight,
    DocumentHighlightKind, DocumentSymbolParams, Documentation, GotoDefinitionParams, Hover,
    HoverContents, HoverParams, Location, MarkupContent, MarkupKind, ReferenceParams, RenameParams,
    SymbolKind, TextDocumentPositionParams, TextEdit,
};
use serde_json::{Value, json};

use super::{
    actions::text_edit,
    answers::{edit, written},
    documents::Document,
    position::Places,
    server::{Refusal, Server},
};

impl<W: Write> Server<'_, W> {
    /// What `answer` says about a place, with all that it may ask.
    fn about(
        &self,
        it: &TextDocumentPositionParams,
        answer: impl FnOnce(&Document, &Places<'_>, &Parse<'_>, u32) -> Result<Value, Refusal>,
    ) -> Result<Value, Refusal> {
        let (document, places) = self.document(&it.text_document.uri)?;
        let at = places.offset(it.position);
        answer(document, &places, &parse(&document.text), at)
    }

    /// What `answer` says about the name in a place; nothing, if there is none.
    fn about_name(
        &self,
        it: &TextDocumentPositionParams,
        answer: impl FnOnce(&Document, &Places<'_>, &Names, &Occurrence) -> Result<Value, Refusal>,
    ) -> Result<Value, Refusal> {
        self.about(it, |document, places, parsed, at| {
            let names = Names::new(&document.text, parsed);
            match names.at(at) {
                Some(it) => answer(document, places, &names, it),
                None => Ok(Value::Null),
            }
        })
    }

    pub(super) fn hover(&self, it: &HoverParams) -> Result<Value, Refusal> {
        self.about(&it.text_document_position_params, |document, places, parsed, at| {
            let found = assist::hover(&document.text, parsed, at);
            written(found.map(|it| Hover {
                contents: HoverContents::Markup(markdown(it.text)),
                range: Some(places.range(it.span)),
            }))
        })
    }

    pub(super) fn completion(&self, it: &CompletionParams) -> Result<Value, Refusal> {
        self.about(&it.text_document_position, |document, places, parsed, at| {
            let all = assist::complete(&document.text, parsed, at);
            written(all.into_iter().map(|it| completion(it, places)).collect::<Vec<_>>())
        })
    }

    pub(super) fn definition(&self, it: &GotoDefinitionParams) -> Result<Value, Refusal> {
        self.about_name(&it.text_document_position_params, |document, places, names, it| {
            let location = |span| Location::new(document.uri.clone(), places.range(span));
            written(names.definition(it).map(location))
        })
    }

    pub(super) fn references(&self, it: &ReferenceParams) -> Result<Value, Refusal> {
        let with_definitions = it.context.include_declaration;
        self.about_name(&it.text_document_position, |document, places, names, it| {
            let all = names.same(it).filter(|it| with_definitions || !is_definition(it));
            let location =
                |it: &Occurrence| Location::new(document.uri.clone(), places.range(it.span));
            written(all.map(location).collect::<Vec<_>>())
        })
    }

    pub(super) fn highlights(
        &self,
        it: &lsp_types::DocumentHighlightParams,
    ) -> Result<Value, Refusal> {
        self.about_name(&it.text_document_position_params, |_, places, names, it| {
            let one = |it: &Occurrence| DocumentHighlight {
                range: places.range(it.span),
                kind: Some(if is_definition(it) {
                    DocumentHighlightKind::WRITE
                } else {
                    DocumentHighlightKind::READ
                }),
            };
            written(names.same(it).map(one).collect::<Vec<_>>())
        })
    }

    pub(super) fn can_rename(&self, it: &TextDocumentPositionParams) -> Result<Value, Refusal> {
        self.about(it, |document, places, parsed, at| {
            match assist::can_rename(&document.text, parsed, at) {
                Ok(it) => written(places.range(it)),
                Err(it) => Err((ErrorCode::RequestFailed, it.to_string())),
            }
        })
    }

    pub(super) fn rename(&self, it: &RenameParams) -> Result<Value, Refusal> {
        let client = self.client;
        self.about(&it.text_document_position, |document, places, parsed, at| match assist::rename(
            &document.text,
            parsed,
            at,
            &it.new_name,
        ) {
            Ok(all) => {
                let edits = all.iter().map(|it| text_edit(it, places)).collect();
                written(edit(document, client, edits))
            }
            Err(it) => Err((ErrorCode::RequestFailed, it.to_string())),
        })
    }

    pub(super) fn symbols(&self, it: &DocumentSymbolParams) -> Result<Value, Refusal> {
        let (document, places) = self.document(&it.text_document.uri)?;
        let all = assist::outline(&parse(&document.text));
        if self.client.has_levels {
            return Ok(all.iter().map(|it| symbol(it, &places)).collect());
        }
        let mut flat = Vec::new();
        for it in &all {
            flat.push(flat_symbol(it, document, &places));
            flat.extend(it.children.iter().map(|it| flat_symbol(it, document, &places)));
        }
        Ok(Value::Array(flat))
    }
}

fn is_definition(it: &Occurrence) -> bool {
    matches!(it.role, Role::Definition | Role::Declaration)
}

fn markdown(value: String) -> MarkupContent {
    MarkupContent { kind: MarkupKind::Markdown, value }
}

fn completion(it: Completion, places: &Places<'_>) -> CompletionItem {
    let Completion { text, span, kind, docs } = it;
    CompletionItem {
        label: text.clone(),
        kind: Some(match kind {
            CompletionKind::Keyword => CompletionItemKind::KEYWORD,
            CompletionKind::Flag => CompletionItemKind::PROPERTY,
            CompletionKind::Value => CompletionItemKind::VALUE,
            CompletionKind::Stage => CompletionItemKind::MODULE,
            CompletionKind::Variable => CompletionItemKind::VARIABLE,
            CompletionKind::Rule => CompletionItemKind::CONSTANT,
        }),
        documentation: (!docs.is_empty()).then(|| Documentation::MarkupContent(markdown(docs))),
        // What is written is a start of it, `--f` too, whatever the editor takes for a word.
        filter_text: Some(text.clone()),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(places.range(span), text))),
        ..CompletionItem::default()
    }
}

fn kind(it: EntryKind) -> SymbolKind {
    match it {
        EntryKind::Stage => SymbolKind::MODULE,
        EntryKind::Instruction => SymbolKind::METHOD,
    }
}

/// Written as it is: the type of it has a field that is out of use, and must be named.
fn symbol(it: &Entry, places: &Places<'_>) -> Value {
    let Entry { name, detail, kind: of, span, name_span, children } = it;
    json!({
        "name": name,
        "detail": detail,
        "kind": kind(*of),
        "range": places.range(*span),
        "selectionRange": places.range(*name_span),
        "children": children.iter().map(|it| symbol(it, places)).collect::<Vec<_>>(),
    })
}

fn flat_symbol(it: &Entry, document: &Document, places: &Places<'_>) -> Value {
    let location = Location::new(document.uri.clone(), places.range(it.span));
    json!({ "name": it.name, "kind": kind(it.kind), "location": location })
}
