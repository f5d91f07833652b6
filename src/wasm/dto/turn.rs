//! What a command line gave.

use serde::Serialize;
use tsify::Tsify;

use crate::terminal;

/// What a command line gave.
#[derive(Serialize, Tsify)]
pub struct Turn {
    output: Vec<Chunk>,
    /// The exit code, if the line is done.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    exit: Option<u8>,
    /// Whether a program goes on: call `tick` once a second, or `interrupt`.
    running: bool,
    /// What stands before the next line.
    prompt: String,
    /// Whether the next line must not be shown.
    secret: bool,
    /// Whether the screen is to be cleared first.
    cleared: bool,
    /// A file to open in the editor.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<String>,
}

/// Text for the terminal.
#[derive(Serialize, Tsify)]
pub struct Chunk {
    kind: ChunkKind,
    text: String,
}

/// Who says it.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum ChunkKind {
    /// The program.
    Stdout,
    /// The program, of errors.
    Stderr,
    /// Dockwright.
    Note,
}

impl From<terminal::Turn> for Turn {
    fn from(it: terminal::Turn) -> Self {
        let terminal::Turn { output, exit, running, prompt, secret, cleared, open } = it;
        let chunk = |terminal::Chunk { kind, text }| Chunk {
            kind: match kind {
                terminal::ChunkKind::Stdout => ChunkKind::Stdout,
                terminal::ChunkKind::Stderr => ChunkKind::Stderr,
                terminal::ChunkKind::Note => ChunkKind::Note,
            },
            text,
        };
        let output = output.into_iter().map(chunk).collect();
        Self { output, exit, running, prompt, secret, cleared, open }
    }
}

/// How a line can go on.
#[derive(Serialize, Tsify)]
pub struct Completion {
    /// The start of what is replaced, in UTF-16 units.
    from: u32,
    /// Its end.
    to: u32,
    items: Vec<String>,
}

impl Completion {
    pub(in crate::wasm) fn of(terminal: &terminal::Terminal, line: &str, cursor: u32) -> Self {
        let bytes = bytes(line, cursor);
        let terminal::Completion { from, to, items } = terminal.complete(line, bytes);
        let index = crate::text::LineIndex::new(line);
        let utf16 = |it| index.utf16(crate::text::to_u32(it));
        Self { from: utf16(from), to: utf16(to), items }
    }
}

/// The byte offset of a UTF-16 offset.
fn bytes(line: &str, utf16: u32) -> usize {
    let mut left = utf16 as usize;
    let mut at = 0;
    for it in line.chars() {
        if left < it.len_utf16() {
            break;
        }
        left -= it.len_utf16();
        at += it.len_utf8();
    }
    at
}
