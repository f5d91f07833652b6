//! What commands print.

/// Where a piece of output comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChunkKind {
    /// The standard output.
    Stdout,
    /// The standard error.
    Stderr,
    /// Dockwright's own words.
    Note,
}

/// A piece of output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Where it comes from.
    pub kind: ChunkKind,
    /// The text, with its line breaks.
    pub text: String,
}

/// What a command printed, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Output {
    /// In order; neighbours are of different kinds.
    pub chunks: Vec<Chunk>,
    /// The exit code.
    pub exit: u8,
}

impl Output {
    /// A success that prints.
    pub fn ok(stdout: impl Into<String>) -> Self {
        Self::default().out(stdout)
    }

    /// A failure in Docker's words.
    pub fn error(stderr: impl Into<String>, exit: u8) -> Self {
        Self::default().err(stderr).exit(exit)
    }

    /// Dockwright's words about a real command that it does not simulate.
    pub fn not_simulated(name: &str) -> Self {
        let text = format!(
            "Dockwright does not simulate `{name}`. It is a real Docker command. Read about it, or run it in My Docker."
        );
        Self::default().note(text).exit(1)
    }

    /// More on the standard output.
    #[must_use]
    pub fn out(self, text: impl Into<String>) -> Self {
        self.with(ChunkKind::Stdout, text.into())
    }

    /// More on the standard error.
    #[must_use]
    pub fn err(self, text: impl Into<String>) -> Self {
        self.with(ChunkKind::Stderr, text.into())
    }

    /// A sentence of ours.
    #[must_use]
    pub fn note(self, text: impl Into<String>) -> Self {
        self.with(ChunkKind::Note, text.into())
    }

    /// Another exit code.
    #[must_use]
    pub fn exit(mut self, exit: u8) -> Self {
        self.exit = exit;
        self
    }

    /// What another command printed after this; its exit code counts.
    #[must_use]
    pub fn then(mut self, next: Self) -> Self {
        for Chunk { kind, text } in next.chunks {
            self.push(kind, text);
        }
        self.exit(next.exit)
    }

    /// Adds a line or more; a missing final line break is added.
    pub fn push(&mut self, kind: ChunkKind, mut text: String) {
        if text.is_empty() {
            return;
        }
        if !text.ends_with('\n') {
            text.push('\n');
        }
        self.push_raw(kind, text);
    }

    /// Adds text as it is, such as the start of a line.
    pub fn push_raw(&mut self, kind: ChunkKind, text: String) {
        match self.chunks.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(&text),
            Some(_) | None if text.is_empty() => {}
            Some(_) | None => self.chunks.push(Chunk { kind, text }),
        }
    }

    /// The standard output alone.
    pub fn stdout(&self) -> String {
        self.text(ChunkKind::Stdout)
    }

    /// Everything of one kind.
    pub fn text(&self, kind: ChunkKind) -> String {
        self.chunks.iter().filter(|it| it.kind == kind).map(|it| it.text.as_str()).collect()
    }

    fn with(mut self, kind: ChunkKind, text: String) -> Self {
        self.push(kind, text);
        self
    }
}
