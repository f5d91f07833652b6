//! The conversation: which messages there are, and in which order they may come.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use dockwright::{
    lint::{Settings, lint_with},
    syntax::parse,
};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    ClientCapabilities, InitializeParams, PublishDiagnosticsParams, Uri,
    notification::{
        DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument,
        DidSaveTextDocument, Exit, Notification as _, PublishDiagnostics,
    },
    request::{
        CodeActionRequest, Completion, DocumentDiagnosticRequest, DocumentHighlightRequest,
        DocumentSymbolRequest, GotoDefinition, HoverRequest, Initialize, PrepareRenameRequest,
        References, RegisterCapability, Rename, Request as _, SemanticTokensFullRequest,
        SemanticTokensRangeRequest, Shutdown, WorkspaceDiagnosticRefresh,
    },
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{
    diagnostics,
    documents::{Document, Documents, Looked},
    frame::Frame,
    position::{Encoding, Places},
};
use crate::cli::lint::{Choice, config::Finder, files::File};

/// What comes after a message.
pub(super) enum Next {
    /// The next one.
    Go,
    /// Nothing.
    Exit(ExitCode),
}

/// How far the conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    New,
    Running,
    Down,
}

/// What the editor can.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that it can")]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// It asks for findings, and need not be told.
    pub(super) pulls: bool,
    /// It can be asked to ask again.
    refreshes: bool,
    /// It tells of files that change, if asked to.
    watches: bool,
    /// It takes edits for a version of a file.
    pub(super) has_versions: bool,
    /// It shows outlines with levels.
    pub(super) has_levels: bool,
}

/// The server.
pub(super) struct Server<'a, W> {
    output: W,
    phase: Phase,
    choice: &'a Choice,
    configs: Finder<'a>,
    pub(super) client: Client,
    pub(super) documents: Documents,
    /// The number of the next request to the editor.
    asked: i32,
}

/// Why there is no answer.
pub(super) type Refusal = (ErrorCode, String);

impl<'a, W: Write> Server<'a, W> {
    pub(super) fn new(choice: &'a Choice, output: W) -> Self {
        Self {
            output,
            phase: Phase::New,
            choice,
            configs: Finder::new(choice, None),
            client: Client::default(),
            documents: Documents::default(),
            asked: 0,
        }
    }

    /// Deals with what came.
    pub(super) fn take(&mut self, frame: Frame) -> Next {
        match frame {
            Frame::Message(Message::Request(it)) => self.request(it),
            Frame::Message(Message::Notification(it)) if it.method == Exit::METHOD => {
                let is_down = self.phase == Phase::Down;
                return Next::Exit(if is_down { ExitCode::SUCCESS } else { ExitCode::FAILURE });
            }
            Frame::Message(Message::Notification(it)) => self.told(it),
            // The editor did what it was asked, or not: nothing depends on it.
            Frame::Message(Message::Response(_)) => (),
            Frame::Broken(why) => {
                let code = ErrorCode::ParseError as i32;
                let error = json!({ "code": code, "message": format!("no message: {why}") });
                self.write(&json!({ "jsonrpc": "2.0", "id": null, "error": error }));
            }
            Frame::End(why) => {
                if let Some(why) = why {
                    let _closed = writeln!(io::stderr().lock(), "dockwright: {why}.");
                }
                return Next::Exit(ExitCode::FAILURE);
            }
        }
        Next::Go
    }

    fn write(&mut self, message: &Value) {
        let text = message.to_string();
        // An editor that is gone closes the input too, which ends the program.
        let _closed = write!(self.output, "Content-Length: {}\r\n\r\n{text}", text.len())
            .and_then(|()| self.output.flush());
    }

    fn send(&mut self, message: &Message) {
        let _closed = message.write(&mut self.output);
    }

    pub(super) fn ask(&mut self, method: &str, params: Value) {
        let id = RequestId::from(self.asked);
        self.asked += 1;
        self.send(&Message::Request(Request { id, method: method.to_owned(), params }));
    }

    fn request(&mut self, it: Request) {
        let Request { id, method, params } = it;
        let result = match self.phase {
            Phase::New if method == Initialize::METHOD => self.initialize(params),
            Phase::New => Err((ErrorCode::ServerNotInitialized, "say initialize first".to_owned())),
            Phase::Running => self.answer(&method, params),
            Phase::Down => {
                Err((ErrorCode::InvalidRequest, "nothing comes after shutdown".to_owned()))
            }
        };
        let response = match result {
            Ok(it) => Response { id, response_result: Ok(it) },
            Err((code, text)) => Response::new_err(id, code as i32, text),
        };
        self.send(&Message::Response(response));
    }

    fn initialize(&mut self, params: Value) -> Result<Value, Refusal> {
        let InitializeParams { capabilities, .. } = read(params)?;
        self.client = Client::of(&capabilities);
        self.phase = Phase::Running;
        Ok(json!({
            "capabilities": self.capabilities(),
            "serverInfo": { "name": "dockwright", "version": env!("CARGO_PKG_VERSION") },
        }))
    }

    fn answer(&mut self, method: &str, params: Value) -> Result<Value, Refusal> {
        match method {
            Shutdown::METHOD => {
                self.phase = Phase::Down;
                Ok(Value::Null)
            }
            Initialize::METHOD => {
                Err((ErrorCode::InvalidRequest, "initialize was said before".to_owned()))
            }
            CodeActionRequest::METHOD => self.code_actions(&read(params)?),
            DocumentDiagnosticRequest::METHOD => self.diagnostics(&read(params)?),
            Completion::METHOD => self.completion(&read(params)?),
            DocumentHighlightRequest::METHOD => self.highlights(&read(params)?),
            DocumentSymbolRequest::METHOD => self.symbols(&read(params)?),
            GotoDefinition::METHOD => self.definition(&read(params)?),
            HoverRequest::METHOD => self.hover(&read(params)?),
            PrepareRenameRequest::METHOD => self.can_rename(&read(params)?),
            References::METHOD => self.references(&read(params)?),
            Rename::METHOD => self.rename(&read(params)?),
            SemanticTokensFullRequest::METHOD => self.tokens(&read(params)?),
            SemanticTokensRangeRequest::METHOD => self.some_tokens(&read(params)?),
            _ => Err((ErrorCode::MethodNotFound, format!("{method} is not known here"))),
        }
    }

    /// The editor tells something. What cannot be read changes nothing.
    fn told(&mut self, it: Notification) {
        if self.phase != Phase::Running {
            return;
        }
        let Notification { method, params } = it;
        // What it says is true of no file then; the next change of the whole text mends it.
        let _unread = self.note(&method, params);
    }

    fn note(&mut self, method: &str, params: Value) -> Result<(), Refusal> {
        match method {
            "initialized" => self.watch(),
            DidOpenTextDocument::METHOD => {
                let lsp_types::DidOpenTextDocumentParams { text_document: it } = read(params)?;
                self.documents.open(it.uri, it.version, it.text);
                self.reread();
            }
            DidChangeTextDocument::METHOD => {
                let lsp_types::DidChangeTextDocumentParams { text_document, content_changes } =
                    read(params)?;
                let encoding = self.client.encoding;
                if let Some(it) = self.documents.get_mut(&text_document.uri) {
                    it.change(text_document.version, content_changes, encoding);
                }
            }
            DidCloseTextDocument::METHOD => {
                let lsp_types::DidCloseTextDocumentParams { text_document } = read(params)?;
                if self.documents.close(&text_document.uri) && !self.client.pulls {
                    self.tell(text_document.uri, Vec::new(), None);
                }
            }
            DidSaveTextDocument::METHOD | "workspace/didChangeConfiguration" => self.changed(),
            DidChangeWatchedFiles::METHOD => {
                self.changed();
                if self.client.pulls && self.client.refreshes {
                    self.ask(WorkspaceDiagnosticRefresh::METHOD, Value::Null);
                }
            }
            _ => (),
        }
        Ok(())
    }

    /// Asks to be told when a configuration changes.
    fn watch(&mut self) {
        if self.client.watches {
            let names = ["dockwright.toml", ".dockwright.toml", ".hadolint.yaml", ".hadolint.yml"];
            let watchers = names.map(|it| json!({ "globPattern": format!("**/{it}") }));
            let registration = json!({
                "id": "configurations",
                "method": DidChangeWatchedFiles::METHOD,
                "registerOptions": { "watchers": watchers },
            });
            self.ask(RegisterCapability::METHOD, json!({ "registrations": [registration] }));
        }
    }

    /// Configurations may be others now.
    fn reread(&mut self) {
        self.configs = Finder::new(self.choice, None);
    }

    fn changed(&mut self) {
        self.reread();
        self.documents.all_mut().for_each(Document::forget);
    }

    /// Tells what was found in files that have changed.
    pub(super) fn publish(&mut self) {
        if self.phase != Phase::Running || self.client.pulls {
            return;
        }
        let encoding = self.client.encoding;
        let mut news = Vec::new();
        for it in self.documents.all_mut().filter(|it| it.is_news) {
            look(it, &mut self.configs);
            it.is_news = false;
            let found = diagnostics::of(it, &it.places(encoding));
            news.push((it.uri.clone(), found, it.version));
        }
        for (uri, found, version) in news {
            self.tell(uri, found, Some(version));
        }
    }

    fn tell(&mut self, uri: Uri, diagnostics: Vec<lsp_types::Diagnostic>, version: Option<i32>) {
        let params = PublishDiagnosticsParams { uri, diagnostics, version };
        if let Ok(params) = serde_json::to_value(params) {
            let method = PublishDiagnostics::METHOD.to_owned();
            self.send(&Message::Notification(Notification { method, params }));
        }
    }

    /// An open file, looked at.
    pub(super) fn looked(&mut self, uri: &Uri) -> Result<(&Document, Places<'_>), Refusal> {
        let document = self.documents.get_mut(uri).ok_or_else(|| unknown(uri))?;
        look(document, &mut self.configs);
        Ok((document, document.places(self.client.encoding)))
    }

    /// An open file.
    pub(super) fn document(&self, uri: &Uri) -> Result<(&Document, Places<'_>), Refusal> {
        let document = self.documents.get(uri).ok_or_else(|| unknown(uri))?;
        Ok((document, document.places(self.client.encoding)))
    }
}

fn unknown(uri: &Uri) -> Refusal {
    (ErrorCode::InvalidParams, format!("{} is not open", uri.as_str()))
}

/// Reads what belongs to a message.
pub(super) fn read<T: DeserializeOwned>(params: Value) -> Result<T, Refusal> {
    serde_json::from_value(params).map_err(|it| (ErrorCode::InvalidParams, it.to_string()))
}

/// Looks at a file, unless that was done since it changed.
fn look(document: &mut Document, configs: &mut Finder<'_>) {
    if document.looked.is_some() {
        return;
    }
    let (settings, trouble) = match configs.of(&File { path: document.path() }) {
        Ok(it) => (it.settings.clone(), None),
        Err(it) => (Settings::default(), Some(it.text)),
    };
    let linted = lint_with(&document.text, &parse(&document.text), &settings);
    document.looked = Some(Looked { linted, settings, trouble });
}

impl Client {
    fn of(it: &ClientCapabilities) -> Self {
        let general = it.general.as_ref();
        let text = it.text_document.as_ref();
        let workspace = it.workspace.as_ref();
        let offered = general.and_then(|it| it.position_encodings.as_deref());
        let is = |it: Option<bool>| it == Some(true);
        Self {
            encoding: Encoding::of(offered.unwrap_or_default()),
            pulls: text.is_some_and(|it| it.diagnostic.is_some()),
            refreshes: is(workspace.and_then(|it| it.diagnostic.as_ref()?.refresh_support)),
            watches: is(
                workspace.and_then(|it| it.did_change_watched_files.as_ref()?.dynamic_registration)
            ),
            has_levels: is(text
                .and_then(|it| it.document_symbol.as_ref()?.hierarchical_document_symbol_support)),
            has_versions: is(workspace.and_then(|it| it.workspace_edit.as_ref()?.document_changes)),
        }
    }
}
