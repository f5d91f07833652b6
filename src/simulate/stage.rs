//! The state of a stage while its instructions are simulated.

use std::{
    cell::{Cell, RefCell},
    sync::{Arc, LazyLock},
};

use crate::{
    diagnostic::Diagnostic,
    image::{Config, Platform},
    order::{self, Map},
    scope::{Globals, Stages, globals::cannot_expand},
    simulate::{
        History, Shared,
        arguments::Arguments,
        build::{HOST, NO_HISTORY},
        path,
        similar::{MAX_COMPARED, similar_of},
        variables::Variables,
    },
    syntax::{
        Text,
        expand::{self, ExpandError, Use, expand_noting, is_plain},
        instruction::mount::{Mount, MountSpec},
    },
    text::Span,
};

/// What every image has as `PATH`, unless it says otherwise. Windows has its own way.
pub(super) const DEFAULT_PATH: &str =
    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// The variable, which most stages share.
static PATH: LazyLock<(Shared, Shared)> = LazyLock::new(|| ("PATH".into(), DEFAULT_PATH.into()));

/// Arguments that no instruction sees: they are for the builder.
const NOT_FOR_INSTRUCTIONS: [&str; 2] = ["BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE"];

/// What shell forms run in, unless the image says otherwise.
static SH: LazyLock<Arc<[Shared]>> = LazyLock::new(|| ["/bin/sh", "-c"].map(Shared::from).into());

/// More variables without a value are not noted.
const MAX_UNSET: usize = 1_000;

/// What the instructions of a stage see and change.
#[derive(Debug, Clone)]
pub(super) struct State {
    variables: Variables,
    arguments: Arguments,
    /// What shell forms run in; empty for the default.
    pub(super) shell: Arc<[Shared]>,
    /// The working directory.
    pub(super) working_dir: Shared,
    /// Whether a `CMD` stands above, in this stage.
    pub(super) has_cmd: bool,
    /// The author.
    pub(super) author: String,
    /// The history of the base image.
    pub(super) history: Arc<Vec<History>>,
    /// What machines the image is for.
    pub(super) image_platform: Arc<Platform>,
    /// What machine the stage is built on.
    pub(super) platform: Arc<Platform>,
    /// Whether that is Windows.
    pub(super) windows: bool,
    /// The variables without a value, if somebody wants to know.
    pub(super) unset: Option<Unset>,
    /// How many bytes words became. A word that grew too long cost as much as the longest text.
    grown: Cell<usize>,
}

/// Variables without a value.
#[derive(Debug, Clone, Default)]
pub(super) struct Unset {
    /// Those that the last instruction used, each with one that is called much like it.
    pub(super) last: Vec<(String, Option<String>)>,
    /// How many there were in all.
    count: usize,
    /// How many names were compared with them.
    compared: usize,
}

/// What a stage's instructions need besides its state.
#[derive(Clone, Copy)]
pub(super) struct Context<'c> {
    pub(super) source: &'c str,
    /// The source, for those who keep parts of it.
    pub(super) whole: &'c Shared,
    /// The instruction in one line, and the same for those who keep parts of it.
    pub(super) line: (&'c str, &'c Shared),
    pub(super) escape: char,
    pub(super) globals: &'c Globals,
    pub(super) build_args: &'c Map<String>,
    /// The patterns of `.dockerignore`.
    pub(super) ignored: &'c [String],
    pub(super) stages: &'c Stages<'c, 'c>,
    /// Which stage this is.
    pub(super) stage: usize,
    /// What errors call it.
    pub(super) name: &'c dyn Fn() -> String,
}

impl Context<'_> {
    /// A text to keep, most often a part of the source.
    pub(super) fn share(&self, text: &str) -> Shared {
        let (line, shared) = self.line;
        let found = self.whole.part(self.source, text).or_else(|| shared.part(line, text));
        found.unwrap_or_else(|| text.into())
    }

    /// Whether a stage is not built yet.
    pub(super) fn is_later(&self, stage: Option<usize>) -> bool {
        stage.is_some_and(|it| it >= self.stage)
    }
}

impl Default for State {
    /// The start on nothing, which needs no memory.
    fn default() -> Self {
        Self {
            variables: Variables::default(),
            arguments: Arguments::default(),
            shell: Arc::default(),
            working_dir: Shared::default(),
            has_cmd: false,
            author: String::new(),
            history: Arc::clone(&NO_HISTORY),
            image_platform: Arc::clone(&HOST),
            platform: Arc::clone(&HOST),
            windows: false,
            unset: None,
            grown: Cell::default(),
        }
    }
}

impl State {
    /// The start of a stage on an image that says nothing but where to work. It is not for Windows.
    pub(super) fn with_path(
        working_dir: Shared,
        image_platform: Arc<Platform>,
        platform: Arc<Platform>,
    ) -> Self {
        let mut it = Self { working_dir, image_platform, platform, ..Self::default() };
        it.set(&PATH.0, PATH.1.clone());
        it
    }

    /// The start of a stage on an image, whose configuration is made complete; an error is in Docker's words.
    pub(super) fn on_image(
        config: &mut Config,
        image_platform: Arc<Platform>,
        platform: Arc<Platform>,
    ) -> Result<Self, String> {
        let windows = platform.os == "windows";
        if config.env("PATH").is_none() && !windows {
            config.env.push(["PATH=", DEFAULT_PATH].concat());
        }
        let mut it = Self { image_platform, platform, windows, ..Self::default() };
        it.see(config);
        if !config.working_dir.is_empty() {
            let current = config.working_dir.as_str();
            it.working_dir = path::working_dir(current, current, windows)?.into();
            config.working_dir = String::from(&it.stored_dir());
        }
        Ok(it)
    }

    /// The start of changes to a configuration, which is taken as it is.
    pub(super) fn on_config(config: &Config) -> Self {
        let mut it = Self { working_dir: config.working_dir.as_str().into(), ..Self::default() };
        it.see(config);
        it
    }

    fn see(&mut self, config: &Config) {
        if let Some(shell) = &config.shell {
            self.shell = shell.iter().map(|it| it.as_str().into()).collect();
        }
        for entry in &config.env {
            let (name, value) = entry.split_once('=').unwrap_or((entry, ""));
            if (name, value) == ("PATH", DEFAULT_PATH) {
                self.set(&PATH.0, PATH.1.clone());
            } else {
                self.set(&name.into(), value.into());
            }
        }
    }

    /// The working directory as the image's configuration says it.
    pub(super) fn stored_dir(&self) -> Shared {
        if !self.windows {
            return self.working_dir.clone();
        }
        self.working_dir.replace('/', "\\").into()
    }

    /// The start of a stage on this one.
    pub(super) fn next_stage(mut self) -> Self {
        self.variables.next_stage();
        self.arguments.change();
        self.has_cmd = false;
        self
    }

    /// How many bytes a copy takes, about.
    pub(super) fn weight(&self) -> usize {
        512 + self.variables.weight() + self.arguments.weight()
    }

    /// The value of a variable.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name)
    }

    /// Sets a variable of the image.
    pub(super) fn set(&mut self, name: &Shared, value: Shared) {
        self.variables.set(name, value, false);
        self.arguments.change_of(name);
    }

    /// Makes room for so many more variables.
    pub(super) fn reserve(&mut self, count: usize) {
        self.variables.reserve(count);
    }

    /// Declares an argument.
    pub(super) fn declare(&mut self, name: Shared, value: Option<Shared>) {
        if let Some(value) = value.filter(|_| !NOT_FOR_INSTRUCTIONS.contains(&name.as_str())) {
            self.variables.set(&name, value, true);
        }
        self.arguments.declare(name);
    }

    /// The text of a word.
    pub(super) fn expand(
        &mut self,
        word: &Text<'_>,
        context: &Context<'_>,
    ) -> Result<Shared, Box<Diagnostic>> {
        if is_plain(word, context.escape) {
            return Ok(context.share(word));
        }
        let mut uses = Vec::new();
        let found = expand_noting(word, context.escape, &|name| self.get(name), &mut uses);
        self.note(word, &uses);
        let text = found.or_else(|error| self.refused(word, &error))?;
        self.grow(text.len());
        Ok(text.into())
    }

    /// A mount with all its values.
    pub(super) fn resolve(
        &mut self,
        mount: &Mount<'_>,
        context: &Context<'_>,
    ) -> Result<MountSpec, Box<Diagnostic>> {
        let notes = RefCell::new(Vec::new());
        let found = mount.resolve(&|word| {
            let mut uses = Vec::new();
            let found = expand_noting(word, context.escape, &|name| self.get(name), &mut uses);
            notes.borrow_mut().push((word.as_str().to_owned(), uses));
            found.or_else(|error| self.refused(word, &error))
        });
        for (word, uses) in notes.into_inner() {
            self.note(&word, &uses);
        }
        found
    }

    /// The text of a word, if it can be expanded. Nothing is noted.
    pub(super) fn peek(&self, word: &Text<'_>, escape: char) -> Option<String> {
        expand::expand(word, escape, &|name| self.get(name)).ok().map(|it| it.text)
    }

    /// The words that a word becomes: a variable may hold several. Here, BuildKit does not mind those without a value.
    pub(super) fn expand_words(
        &self,
        word: &Text<'_>,
        escape: char,
    ) -> Result<Vec<String>, Box<Diagnostic>> {
        let found = expand::words(word, escape, &|name| self.get(name));
        let words = found.or_else(|error| self.refused(word, &error))?;
        self.grow(words.iter().map(String::len).sum());
        Ok(words)
    }

    /// The text of a here-document: variables are replaced, quotes stay.
    pub(super) fn expand_document(
        &mut self,
        text: &str,
        span: Span,
    ) -> Result<String, Box<Diagnostic>> {
        let mut uses = Vec::new();
        let found = expand::document(text, &|name| self.get(name), &mut uses);
        self.note(text, &uses);
        found.or_else(|error| {
            let refused = self.refused(&Text::new(text.to_owned(), span), &error);
            refused.map_err(|it| Box::new(Diagnostic { span, ..*it }))
        })
    }

    /// The error of a word.
    fn refused<T>(&self, word: &Text<'_>, error: &ExpandError) -> Result<T, Box<Diagnostic>> {
        if *error == ExpandError::TooLong {
            self.grow(expand::MAX_TEXT);
        }
        Err(cannot_expand(word, error))
    }

    fn grow(&self, bytes: usize) {
        self.grown.update(|it| it + bytes);
    }

    /// How many bytes words became since the last question.
    pub(super) fn take_growth(&self) -> usize {
        self.grown.take()
    }

    /// What `look` gives. The words that it expands count to no limit, as with [`State::peek`].
    pub(super) fn uncounted<T>(&self, look: impl FnOnce(&Self) -> T) -> T {
        let grown = self.grown.get();
        let seen = look(self);
        self.grown.set(grown);
        seen
    }

    /// The texts of words.
    pub(super) fn expand_all(
        &mut self,
        words: &[Text<'_>],
        context: &Context<'_>,
    ) -> Result<Vec<Shared>, Box<Diagnostic>> {
        words.iter().map(|it| self.expand(it, context)).collect()
    }

    /// Notes the variables of a word that have no value, each once, unless they are declared. That the word has an
    /// alternative does not matter.
    fn note(&mut self, word: &str, uses: &[Use]) {
        let Some(noted) = &mut self.unset else { return };
        let unset = uses.iter().filter(|it| !it.is_set);
        let mut names: Vec<_> =
            unset.filter_map(|it| word.get(it.name.clone()).map(str::to_owned)).collect();
        order::sort_by(&mut names, Ord::cmp);
        names.dedup();
        for name in names {
            let is_known = |it: &str| self.arguments.contains(it);
            if noted.count > MAX_UNSET
                || NOT_FOR_INSTRUCTIONS.contains(&name.as_str())
                || is_known(&name)
            {
                continue;
            }
            noted.count += 1;
            noted.compared += self.variables.len();
            let room = if noted.compared > MAX_COMPARED { 0 } else { MAX_COMPARED };
            let known = self.variables.names();
            let near = similar_of(&name, known.take(room)).map(str::to_owned);
            noted.last.push((name, near));
        }
    }

    /// `|2 A=1 B=2 ` before a command in the history, or nothing.
    pub(super) fn arguments_prefix(&mut self) -> Option<Arc<str>> {
        self.arguments.prefix(&self.variables)
    }

    /// Sets what shell forms run in.
    pub(super) fn set_shell(&mut self, words: &[Shared]) {
        self.shell = words.into();
    }

    /// What shell forms run in.
    pub(super) fn shell_words(&self) -> Arc<[Shared]> {
        match self.image_platform.os.as_str() {
            _ if !self.shell.is_empty() => Arc::clone(&self.shell),
            "windows" => ["cmd", "/S", "/C"].map(Shared::from).into(),
            _ => Arc::clone(&SH),
        }
    }

    /// The words of a shell form: those of the shell before `text`.
    pub(super) fn in_shell(&self, text: Shared) -> Box<[Shared]> {
        self.shell_words().iter().cloned().chain([text]).collect()
    }
}
