//! A host's command line around the virtual engine.

use std::collections::BTreeMap;

use crate::{
    command::Profile,
    image::{Config, Reference},
    simulate,
};

/// What a terminal starts from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct World {
    /// The generation of Docker that answers.
    pub profile: Profile,
    /// The files of the working directory.
    pub files: BTreeMap<String, String>,
}

/// The simulated machine: a shell, its files, an engine, and what runs in the foreground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terminal {
    profile: Profile,
    files: BTreeMap<String, String>,
}

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

/// What came of one input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Turn {
    /// What was printed.
    pub output: Vec<Chunk>,
    /// The exit code, when a command ended.
    pub exit: Option<u8>,
    /// Whether a program goes on in the foreground: call [`Terminal::tick`] about once a second.
    pub running: bool,
    /// What stands before the next input.
    pub prompt: String,
    /// Whether the next input is a password.
    pub secret: bool,
    /// Whether the screen was cleared.
    pub cleared: bool,
    /// A file to open in the editor.
    pub open: Option<String>,
}

/// What may stand in place of a piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completion {
    /// The first byte of the piece.
    pub from: usize,
    /// The byte after the last.
    pub to: usize,
    /// The texts to choose from, sorted.
    pub items: Vec<String>,
}

impl Terminal {
    /// A machine in the state that a world describes.
    pub fn new(world: World) -> Self {
        let World { profile, files } = world;
        Self { profile, files }
    }

    /// Carries out a line, or several lines one after the other until one fails.
    pub fn run(&mut self, _line: &str) -> Turn {
        Turn { prompt: self.prompt(), ..Turn::default() }
    }

    /// One second of what runs in the foreground.
    pub fn tick(&mut self) -> Turn {
        Turn { prompt: self.prompt(), ..Turn::default() }
    }

    /// Ctrl+C.
    pub fn interrupt(&mut self) -> Turn {
        Turn { prompt: self.prompt(), ..Turn::default() }
    }

    /// What stands before the next input.
    pub fn prompt(&self) -> String {
        "user@node:~$ ".to_owned()
    }

    /// What could be meant by the word that ends at byte `cursor`.
    pub fn complete(&self, _line: &str, cursor: usize) -> Completion {
        Completion { from: cursor, to: cursor, items: Vec::new() }
    }

    /// A file of the working directory.
    pub fn read_file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Writes a file of the working directory.
    pub fn write_file(&mut self, path: &str, text: &str) {
        self.files.insert(path.to_owned(), text.to_owned());
    }

    /// The files of the working directory.
    pub fn files(&self) -> &BTreeMap<String, String> {
        &self.files
    }

    /// The generation of Docker that answers.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// Lets another generation of Docker answer.
    pub fn set_profile(&mut self, profile: Profile) {
        self.profile = profile;
    }

    /// The base images that a build on this machine can use.
    pub fn bases(&self) -> Bases<'_> {
        Bases { terminal: self }
    }
}

impl simulate::Bases for Bases<'_> {
    fn find(&self, _image: &Reference) -> Option<Config> {
        None
    }
}

/// The images of a machine and of the registry it reaches, as base images.
#[derive(Debug, Clone, Copy)]
pub struct Bases<'a> {
    terminal: &'a Terminal,
}
