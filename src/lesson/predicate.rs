//! What a lesson can ask about a machine: a closed list, looked up in facts of the shape of `docker inspect`.

use serde::{Deserialize, Deserializer, Serialize};

use crate::{engine::Event, order::Map, terminal::Terminal};

mod holds;

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
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub label: Map<String>,
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
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub label: Map<String>,
    /// Findings by code.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub lint: Map<Finding>,
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
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub flags: Map<String>,
    /// The words that are not flags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub args: Option<Vec<String>>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit: Option<Exit>,
}

/// A field that is there, even if it is `null`.
#[expect(clippy::option_option, reason = "not said and said to be none are different conditions")]
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
