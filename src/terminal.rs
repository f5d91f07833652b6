//! A host's command line around the virtual engine: a small shell, its files, and what has the keyboard.

use std::{collections::VecDeque, sync::Arc};

use crate::{
    command::{Profile, lex},
    engine::{Attached, Engine, Event, Host, LoginQuestion, Outcome},
    image::{Platform, Reference},
    order::Map,
    simulate::{self, files::tree::Tree},
};

mod complete;
mod findings;
mod forecast;
mod host;
mod review;
mod shell;

pub use crate::engine::{Chunk, ChunkKind, Output};
pub use findings::Finding;
pub use forecast::{DOCKERFILE, Earlier, Forecast};
pub use review::{Review, review};

/// What a terminal starts from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct World {
    /// The engine, with its images and its clock.
    pub engine: Engine,
    /// The files of the home directory, by relative path.
    pub files: Map<String>,
}

/// The simulated machine: a shell, its files, an engine, and what runs in the foreground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terminal {
    engine: Engine,
    files: Map<String>,
    /// Relative to the home directory.
    directory: String,
    env: Map<String>,
    last: u8,
    history: Vec<String>,
    mode: Mode,
    pending: VecDeque<Pending>,
    /// The event of the command that has the terminal.
    open_event: Option<usize>,
}

/// What the next line goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Mode {
    /// The host's shell.
    Host,
    /// A question of `docker login`.
    Login(LoginQuestion),
    /// A container.
    Container(Attached),
}

/// What is still to be done of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Pending {
    /// A line: its number in the input, of how many, and its text.
    Line(usize, usize, String),
    /// A command of a line.
    Command(lex::Simple),
    /// The end of a line of several.
    End(usize, usize, String),
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

/// What has been printed so far in a turn.
#[derive(Debug, Default)]
struct Screen {
    output: Output,
    cleared: bool,
    open: Option<String>,
}

impl Screen {
    fn print(&mut self, output: Output) {
        let done = std::mem::take(&mut self.output);
        self.output = done.then(output);
    }
}

impl Terminal {
    /// A machine in the state that a world describes.
    pub fn new(world: World) -> Self {
        let World { engine, files } = world;
        let pairs = [("HOME", "/home/user"), ("USER", "user"), ("SHELL", "/bin/bash")];
        let env = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self {
            engine,
            files,
            directory: String::new(),
            env: env.into_iter().collect(),
            last: 0,
            history: Vec::new(),
            mode: Mode::Host,
            pending: VecDeque::new(),
            open_event: None,
        }
    }

    /// Carries out a line, or several lines one after the other until one fails.
    pub fn run(&mut self, line: &str) -> Turn {
        let mut screen = Screen::default();
        if let Mode::Login(question) = &self.mode {
            let outcome = self.engine.answer_login(&question.clone(), line.trim_end_matches('\n'));
            self.take(outcome, &mut screen);
        } else {
            let joined = line.replace("\\\r\n", "").replace("\\\n", "");
            let lines: Vec<&str> = joined.lines().filter(|it| !it.trim().is_empty()).collect();
            let count = lines.len();
            let numbered = (1..).zip(lines).map(|(at, it)| Pending::Line(at, count, it.to_owned()));
            self.pending.extend(numbered);
        }
        self.drain(&mut screen);
        self.turn(screen)
    }

    /// One second of what runs in the foreground.
    pub fn tick(&mut self) -> Turn {
        self.in_container(Engine::tick)
    }

    /// Ctrl+C.
    pub fn interrupt(&mut self) -> Turn {
        self.pending.clear();
        if let Mode::Login(_) = self.mode {
            self.mode = Mode::Host;
            self.settle(130);
            let screen = Screen { output: Output::ok("^C").exit(130), ..Screen::default() };
            return self.turn(screen);
        }
        self.in_container(Engine::interrupt)
    }

    fn in_container(&mut self, act: fn(&mut Engine, &mut Attached) -> Output) -> Turn {
        let mut screen = Screen::default();
        if let Mode::Container(mut attached) = std::mem::replace(&mut self.mode, Mode::Host) {
            let output = act(&mut self.engine, &mut attached);
            self.attach(attached, output, &mut screen);
            self.drain(&mut screen);
        }
        self.turn(screen)
    }

    /// What stands before the next input.
    pub fn prompt(&self) -> String {
        match &self.mode {
            Mode::Host if self.directory.is_empty() => "user@node:~$ ".to_owned(),
            Mode::Host => format!("user@node:~/{}$ ", self.directory),
            Mode::Login(question) => question.prompt().to_owned(),
            Mode::Container(attached) => attached.prompt().unwrap_or_default(),
        }
    }

    /// What could be meant by the word that ends at byte `cursor`.
    pub fn complete(&self, line: &str, cursor: usize) -> Completion {
        complete::complete(self, line, cursor)
    }

    /// A file of the home directory.
    pub fn read_file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Writes a file of the home directory.
    pub fn write_file(&mut self, path: &str, text: &str) {
        self.files.insert(path.to_owned(), text.to_owned());
    }

    /// The files of the home directory, by relative path.
    pub fn files(&self) -> &Map<String> {
        &self.files
    }

    /// The engine, to look at.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The generation of Docker that answers.
    pub fn profile(&self) -> Profile {
        self.engine.profile
    }

    /// Lets another generation of Docker answer.
    pub fn set_profile(&mut self, profile: Profile) {
        self.engine.profile = profile;
    }

    /// The base images that a build on this machine can use.
    pub fn bases(&self) -> Bases<'_> {
        Bases { engine: &self.engine }
    }

    /// The lines typed so far.
    pub fn history(&self) -> &[String] {
        &self.history
    }

    /// Whether the host's shell has the keyboard.
    pub fn is_at_host(&self) -> bool {
        matches!(self.mode, Mode::Host)
    }

    /// Whether two machines differ in nothing but the time and what was merely looked at.
    pub fn is_like(&self, other: &Self) -> bool {
        self.files == other.files
            && self.directory == other.directory
            && self.env == other.env
            && self.mode == other.mode
            && self.engine.is_like(&other.engine)
    }

    /// Whether a program has the terminal and no prompt is shown.
    pub fn is_running(&self) -> bool {
        match &self.mode {
            Mode::Host | Mode::Login(_) => false,
            Mode::Container(attached) => attached.prompt().is_none(),
        }
    }

    fn turn(&self, screen: Screen) -> Turn {
        let Screen { output, cleared, open } = screen;
        let is_over = matches!(self.mode, Mode::Host);
        Turn {
            exit: is_over.then_some(self.last),
            output: output.chunks,
            running: self.is_running(),
            prompt: self.prompt(),
            secret: matches!(&self.mode, Mode::Login(it) if it.is_secret()),
            cleared,
            open,
        }
    }

    /// Takes what a command of the engine came to.
    fn take(&mut self, outcome: Outcome, screen: &mut Screen) {
        match outcome {
            Outcome::Done(output) => {
                self.mode = Mode::Host;
                self.settle(output.exit);
                screen.print(output);
            }
            Outcome::Ask(question) => {
                screen.print(question.output().clone());
                self.mode = Mode::Login(question);
            }
            Outcome::Attached(mut attached) => {
                let output = std::mem::take(&mut attached.output);
                self.attach(attached, output, screen);
            }
        }
    }

    /// Gives the terminal to a container, or back to the host if its process has ended.
    fn attach(&mut self, attached: Attached, output: Output, screen: &mut Screen) {
        if attached.has_ended() {
            self.mode = Mode::Host;
            self.settle(output.exit);
        } else {
            self.mode = Mode::Container(attached);
        }
        screen.print(output);
    }

    /// The command that had the terminal has ended.
    fn settle(&mut self, exit: u8) {
        self.last = exit;
        if let Some(at) = self.open_event.take() {
            self.engine.settle(at, exit);
        }
    }

    fn host(&self) -> Host<'_> {
        Host { files: &self.files, directory: &self.directory, env: &self.env }
    }

    fn record(&mut self, event: Event) {
        self.engine.record(event);
    }
}

/// The images of a machine and of the registry it reaches, as base images.
#[derive(Debug, Clone, Copy)]
pub struct Bases<'a> {
    engine: &'a Engine,
}

impl simulate::Bases for Bases<'_> {
    fn find(&self, image: &Reference, platform: &Platform) -> Option<simulate::BaseImage> {
        simulate::Bases::find(self.engine, image, platform)
    }

    fn files(&self, image: &Reference) -> Option<Arc<Tree>> {
        simulate::Bases::files(self.engine, image)
    }
}

impl simulate::layers::Files for Bases<'_> {
    fn image(&self, image: &Reference) -> Option<Arc<Tree>> {
        simulate::Bases::files(self.engine, image)
    }
}

#[cfg(test)]
mod tests;
