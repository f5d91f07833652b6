//! What a lesson can ask about a machine: a closed list, looked up in facts of the shape of `docker inspect`.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    engine::{Container, Event},
    image::Reference,
    lint,
    simulate::{self, Options},
    syntax::{self, Form, InstructionKind},
    terminal::Terminal,
};

/// A condition on a machine and on what has happened on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Predicate {
    /// Every one of these.
    All(Vec<Self>),
    /// At least one of these.
    Any(Vec<Self>),
    /// Not this.
    Not(Box<Self>),
    /// An image of the engine.
    Image(ImageIs),
    /// A container that was made.
    Container(ContainerIs),
    /// An image in a registry, pushed.
    Remote(RemoteIs),
    /// Somebody is signed in to this registry.
    Login(String),
    /// A file of the working directory.
    File(FileIs),
    /// A build that ended.
    Build(BuildIs),
    /// A command line; the last resort.
    Command(CommandIs),
}

/// Conditions on an image; all that are given must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ImageIs {
    /// Its name; `latest` is filled in.
    #[serde(rename = "ref")]
    pub name: String,
    /// Whether it is there; yes if not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub present: Option<bool>,
    /// Another name of the same image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_id_as: Option<String>,
    /// Its `ENTRYPOINT`; `null` for none.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    pub entrypoint: Option<Option<Vec<String>>>,
    /// Its `CMD`; `null` for none.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    pub cmd: Option<Option<Vec<String>>>,
    /// Labels that it must have.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub label: BTreeMap<String, String>,
    /// At most so many bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_size: Option<u64>,
}

/// Conditions on a container; all that are given must hold for one of those made since the step began.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ContainerIs {
    /// The image it was made from, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// The words of process 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub argv: Option<Vec<String>>,
    /// The first of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub argv0: Option<String>,
    /// Whether it has a terminal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tty: Option<bool>,
    /// Whether its standard input is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stdin: Option<bool>,
    /// Whether it was started in the background.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detached: Option<bool>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit: Option<Exit>,
    /// Whether it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<bool>,
    /// `created`, `running` or `exited`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
}

/// An exit code that is wanted, or one that is not: `127`, `not 127`. What runs has none, which is not 127.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Exit {
    /// This one.
    Is(u8),
    /// `not N`.
    Text(String),
}

impl Exit {
    fn fits(&self, code: Option<u8>) -> bool {
        match self {
            Self::Is(wanted) => code == Some(*wanted),
            Self::Text(text) => {
                let unwanted = text.strip_prefix("not ").and_then(|it| it.trim().parse().ok());
                unwanted.is_some() && code != unwanted
            }
        }
    }
}

/// Conditions on what is in a registry.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RemoteIs {
    /// The name.
    #[serde(rename = "ref")]
    pub name: String,
    /// Whether it was pushed; yes if not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub present: Option<bool>,
}

/// Conditions on a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FileIs {
    /// Which file.
    pub path: String,
    /// Whether it is a Dockerfile without errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parses: Option<bool>,
    /// An instruction that it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instruction: Option<String>,
    /// The form of that instruction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<FormIs>,
    /// A text that stands in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contains: Option<String>,
    /// The `ENTRYPOINT` of the image it gives; `null` for none.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    pub entrypoint: Option<Option<Vec<String>>>,
    /// The `CMD` of the image it gives; `null` for none.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    pub cmd: Option<Option<Vec<String>>>,
    /// Labels of the image it gives.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub label: BTreeMap<String, String>,
    /// Findings by code.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub lint: BTreeMap<String, Finding>,
}

/// The form of a command in a Dockerfile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FormIs {
    /// A JSON array.
    Exec,
    /// A line for a shell.
    Shell,
}

/// Whether the linter reports something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Finding {
    /// It does.
    Present,
    /// It does not.
    Absent,
}

/// Conditions on a build; all that are given must hold for one of those since the step began.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BuildIs {
    /// A name it gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// At least so many steps from earlier builds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cached: Option<usize>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<BuildStatus>,
}

/// How a build ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BuildStatus {
    /// With an image.
    Ok,
    /// Without.
    Failed,
}

/// Conditions on a command line; all that are given must hold for one of those since the step began.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CommandIs {
    /// The usual name: `docker run`.
    pub name: String,
    /// Flags that it must have, by long name, with one of their values.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub flags: BTreeMap<String, String>,
    /// The words that are not flags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub args: Option<Vec<String>>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit: Option<Exit>,
}

/// A field that is there, even if it is `null`.
fn said<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<Vec<String>>>, D::Error> {
    Option::<Vec<String>>::deserialize(deserializer).map(Some)
}

/// What predicates look at.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The machine.
    pub terminal: &'a Terminal,
    /// What happened in the time that counts.
    pub events: &'a [Event],
}

impl Predicate {
    /// Whether it holds.
    pub fn holds(&self, facts: &Facts<'_>) -> bool {
        match self {
            Self::All(all) => all.iter().all(|it| it.holds(facts)),
            Self::Any(any) => any.iter().any(|it| it.holds(facts)),
            Self::Not(it) => !it.holds(facts),
            Self::Image(it) => it.holds(facts),
            Self::Container(it) => facts.containers().any(|container| it.holds(container, facts)),
            Self::Remote(it) => {
                let name = full(&it.name);
                let pushed =
                    name.and_then(|name| facts.terminal.engine().hub().pushed(&name)).is_some();
                pushed == it.present.unwrap_or(true)
            }
            Self::Login(registry) => facts.terminal.engine().user(registry).is_some(),
            Self::File(it) => it.holds(facts),
            Self::Build(it) => facts.events.iter().any(|event| it.holds(event)),
            Self::Command(it) => facts.events.iter().any(|event| it.holds(event)),
        }
    }
}

impl<'a> Facts<'a> {
    fn containers(&self) -> impl Iterator<Item = &'a Container> {
        let engine = self.terminal.engine();
        self.events.iter().filter_map(|it| match it {
            Event::Container(id) => engine.any_container(id),
            Event::Command { .. } | Event::Build(_) => None,
        })
    }
}

/// A name with everything that Docker fills in.
fn full(name: &str) -> Option<Reference> {
    name.parse::<Reference>().ok().map(Reference::with_default_tag)
}

fn same_name(a: &str, b: &str) -> bool {
    full(a).is_some_and(|it| full(b) == Some(it))
}

fn is(wanted: Option<bool>, found: bool) -> bool {
    wanted.is_none_or(|it| it == found)
}

/// Whether a list of words is the wanted one. An empty list and none are the same for what runs.
fn same_words(wanted: Option<&Option<Vec<String>>>, found: Option<&Vec<String>>) -> bool {
    let words = |it: Option<&Vec<String>>| it.cloned().unwrap_or_default();
    wanted.is_none_or(|it| words(it.as_ref()) == words(found))
}

impl ImageIs {
    fn holds(&self, facts: &Facts<'_>) -> bool {
        let engine = facts.terminal.engine();
        let id = |name: &str| {
            let name = full(name)?;
            engine.tags().iter().find(|it| it.0 == name).map(|it| it.1.clone())
        };
        let wanted = self.present.unwrap_or(true);
        let found = id(&self.name);
        let Some(image) = found.as_ref().and_then(|it| engine.image(it.as_str())) else {
            return !wanted;
        };
        let config = &image.config;
        wanted
            && self.same_id_as.as_ref().is_none_or(|it| id(it) == found)
            && same_words(self.entrypoint.as_ref(), config.entrypoint.as_ref())
            && same_words(self.cmd.as_ref(), config.cmd.as_ref())
            && self.label.iter().all(|it| config.labels.get(it.0) == Some(it.1))
            && self.max_size.is_none_or(|it| image.size() <= it)
    }
}

impl ContainerIs {
    fn holds(&self, it: &Container, facts: &Facts<'_>) -> bool {
        let removed = facts.terminal.engine().is_removed(&it.id);
        self.image.as_ref().is_none_or(|name| same_name(name, &it.image_name))
            && self.argv.as_ref().is_none_or(|argv| *argv == it.argv)
            && self.argv0.as_ref().is_none_or(|word| it.argv.first() == Some(word))
            && is(self.tty, it.tty)
            && is(self.stdin, it.stdin)
            && is(self.detached, it.detached)
            && self.exit.as_ref().is_none_or(|exit| exit.fits(it.status.code()))
            && is(self.removed, removed)
            && self.state.as_ref().is_none_or(|state| state == it.status.word())
    }
}

impl FileIs {
    fn holds(&self, facts: &Facts<'_>) -> bool {
        let Some(source) = facts.terminal.read_file(&self.path) else { return false };
        let parse = syntax::parse(source);
        let has_instruction = self.instruction.as_ref().is_none_or(|wanted| {
            parse.instructions.iter().any(|it| {
                let word = it.line.to_string();
                let word = word.split_whitespace().next().unwrap_or_default();
                word.eq_ignore_ascii_case(wanted)
                    && self.form.is_none_or(|form| form_of(&it.kind) == Some(form))
            })
        });
        let parses = parse.errors.is_empty() && !parse.instructions.is_empty();
        let findings = if self.lint.is_empty() { Vec::new() } else { lint::lint(source) };
        let reports = |code: &str| findings.iter().any(|it| it.code == code);
        is(self.parses, parses)
            && has_instruction
            && self.contains.as_ref().is_none_or(|it| source.contains(it.as_str()))
            && self.gives(source, facts)
            && self.lint.iter().all(|(code, finding)| match finding {
                Finding::Present => reports(code),
                Finding::Absent => !reports(code),
            })
    }
}

impl FileIs {
    /// Whether the image that the file gives is as wanted.
    fn gives(&self, source: &str, facts: &Facts<'_>) -> bool {
        if self.entrypoint.is_none() && self.cmd.is_none() && self.label.is_empty() {
            return true;
        }
        let (nothing, bases) = (BTreeMap::new(), facts.terminal.bases());
        let options =
            Options { target: None, build_args: &nothing, labels: &nothing, bases: &bases };
        let build = simulate::build(source, &options);
        let config = &build.config;
        build.errors.is_empty()
            && same_words(self.entrypoint.as_ref(), config.entrypoint.as_ref())
            && same_words(self.cmd.as_ref(), config.cmd.as_ref())
            && self.label.iter().all(|it| config.labels.get(it.0) == Some(it.1))
    }
}

fn form_of(kind: &InstructionKind<'_>) -> Option<FormIs> {
    let form = match kind {
        InstructionKind::Cmd(it) => &it.command,
        InstructionKind::Entrypoint(it) => &it.command,
        _ => return None,
    };
    Some(match form {
        Form::Exec(_) => FormIs::Exec,
        Form::Shell(_) => FormIs::Shell,
    })
}

impl BuildIs {
    fn holds(&self, event: &Event) -> bool {
        let Event::Build(it) = event else { return false };
        let tagged = |wanted: &String| it.tags.iter().any(|tag| same_name(tag, wanted));
        self.tag.as_ref().is_none_or(tagged)
            && self.cached.is_none_or(|least| it.cached >= least)
            && self.status.is_none_or(|status| it.ok == (status == BuildStatus::Ok))
    }
}

impl CommandIs {
    fn holds(&self, event: &Event) -> bool {
        let Event::Command { name, flags, args, exit } = event else { return false };
        *name == self.name
            && self.args.as_ref().is_none_or(|it| it == args)
            && self.exit.as_ref().is_none_or(|it| it.fits(*exit))
            && self
                .flags
                .iter()
                .all(|(flag, value)| flags.get(flag).is_some_and(|given| given.contains(value)))
    }
}
