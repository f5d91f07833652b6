//! `RUN --mount=type=cache,target=/root/.cache`: what a command sees besides the image.
//!
//! The rules are those of BuildKit's `instructions/commands_runmount.go`. It reads a mount twice: with the file, when
//! it looks at nothing but `from`, and when the command runs, with all values expanded.

use std::borrow::Cow;

use crate::{
    diagnostic::Diagnostic,
    syntax::{
        Text,
        csv::{boolean, fields, key_value, lower},
        keyword::suggestion,
        wrong::Wrong,
    },
    text::{Span, decimal},
};

const TYPES: [(&str, MountType); 5] = [
    ("bind", MountType::Bind),
    ("cache", MountType::Cache),
    ("tmpfs", MountType::Tmpfs),
    ("secret", MountType::Secret),
    ("ssh", MountType::Ssh),
];
const SHARING: [(&str, Sharing); 3] =
    [("shared", Sharing::Shared), ("private", Sharing::Private), ("locked", Sharing::Locked)];
/// In the order in which Docker looks for the nearest one.
const KEYS: [&str; 16] = [
    "type",
    "from",
    "source",
    "target",
    "readonly",
    "id",
    "sharing",
    "required",
    "mode",
    "uid",
    "gid",
    "src",
    "dst",
    "ro",
    "rw",
    "readwrite",
];

/// A mount as it is written, before expansion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mount<'a> {
    /// ```text
    /// RUN --mount=type=bind,from=build,target=/x make
    ///             ^^^^^^^^^ ^^^^^^^^^^ ^^^^^^^^^
    /// ```
    pub fields: Vec<Field<'a>>,
}

/// A field of a mount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field<'a> {
    /// The whole field.
    pub text: Text<'a>,
    /// What it says, in lower case: `target`, `ro`.
    pub key: Cow<'a, str>,
    /// The text after `=`.
    pub value: Option<Text<'a>>,
}

/// A mount with all its values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MountSpec {
    /// `type`.
    pub kind: MountType,
    /// `from`: a stage or an image; empty for the context.
    pub from: String,
    /// `source`.
    pub source: String,
    /// `target`.
    pub target: String,
    /// Whether the command cannot change it.
    pub read_only: bool,
    /// `size` in bytes, of `tmpfs`; 0 without a limit.
    pub size: i64,
    /// `required`, of `secret` and `ssh`.
    pub required: bool,
    /// `id`.
    pub id: String,
    /// `env`, of `secret`: the variable that holds it.
    pub env: Option<String>,
    /// `sharing`, of `cache`.
    pub sharing: Option<Sharing>,
    /// `mode`.
    pub mode: Option<u32>,
    /// `uid`.
    pub uid: Option<u32>,
    /// `gid`.
    pub gid: Option<u32>,
}

/// The types of mounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MountType {
    /// Files of the context, of a stage or of an image.
    #[default]
    Bind,
    /// A directory that outlives the build.
    Cache,
    /// A directory in memory.
    Tmpfs,
    /// A secret file.
    Secret,
    /// The way to an SSH agent.
    Ssh,
}

/// Who may use a cache at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// All.
    Shared,
    /// Each writer has its own.
    Private,
    /// One after the other.
    Locked,
}

impl MountType {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        TYPES.iter().find(|it| it.1 == self).map_or("bind", |it| it.0)
    }
}

/// Gives the text of a value, with its variables expanded.
pub type Expand<'e> = &'e dyn Fn(&Text<'_>) -> Result<String, Box<Diagnostic>>;

impl<'a> Mount<'a> {
    pub(super) fn parse(value: &Text<'a>) -> Result<Self, Wrong> {
        let found = fields(value, "mounts")?;
        let mut all = Vec::with_capacity(found.len());
        for text in found {
            let (key, value) = key_value(&text);
            if let Some(value) = value.as_ref().filter(|_| key == "from")
                && value.find('$').is_some_and(|at| at + 1 < value.len())
            {
                let message = format!(
                    "'{key}' doesn't support variable expansion, define alias stage instead"
                );
                let help = "Write FROM $IMAGE AS name above, and from=name here.";
                return Err(Wrong::instruction(value.span, message).help(help));
            }
            all.push(Field { text, key, value });
        }
        Ok(Self { fields: all })
    }

    /// The value of a field, before expansion: the last one of these keys.
    pub fn value(&self, keys: &[&str]) -> Option<&Text<'a>> {
        let found = self.fields.iter().rev().find(|it| keys.contains(&&*it.key))?;
        found.value.as_ref()
    }

    /// The mount with all values, or the error that Docker gives when the command is to run.
    pub fn resolve(&self, expand: Expand<'_>) -> Result<MountSpec, Box<Diagnostic>> {
        let mut spec = MountSpec::default();
        let mut read_only = None;
        for field in &self.fields {
            match &field.value {
                None => flag(&mut spec, &mut read_only, field)?,
                Some(value) => {
                    let value = expand(value)?;
                    pair(&mut spec, &mut read_only, field, value)?;
                }
            }
        }
        let is_writable = matches!(spec.kind, MountType::Cache | MountType::Tmpfs);
        spec.read_only = read_only.unwrap_or(!is_writable);
        match invalid(&spec) {
            Some((message, key, help)) => {
                let field = self.fields.iter().find(|it| it.key == key).or(self.fields.first());
                Err(match field {
                    Some(field) => wrong(field, message, help).boxed(),
                    None => Wrong::build(Span::default(), message).help(help).boxed(),
                })
            }
            None => Ok(spec),
        }
    }
}

fn wrong(field: &Field<'_>, message: String, help: &'static str) -> Wrong {
    Wrong::build(field.text.span, message).help(help)
}

/// A field without a value.
fn flag(
    spec: &mut MountSpec,
    read_only: &mut Option<bool>,
    field: &Field<'_>,
) -> Result<(), Box<Diagnostic>> {
    match &*field.key {
        "readonly" | "ro" => *read_only = Some(true),
        "readwrite" | "rw" => *read_only = Some(false),
        "required" => {
            only_for(spec, field, &[MountType::Secret, MountType::Ssh])?;
            spec.required = true;
        }
        _ => {
            let message = format!("invalid field '{}' must be a key=value pair", field.text);
            let help = "Write key=value. Fields are separated by commas.";
            return Err(wrong(field, message, help).boxed());
        }
    }
    Ok(())
}

fn only_for(
    spec: &MountSpec,
    field: &Field<'_>,
    kinds: &[MountType],
) -> Result<(), Box<Diagnostic>> {
    if kinds.contains(&spec.kind) {
        return Ok(());
    }
    let kind = spec.kind.as_str();
    let message = format!("unexpected key '{}' for mount type '{kind}'", field.key);
    Err(wrong(field, message, "Remove it, or write another type= before it.").boxed())
}

/// A field with a value.
fn pair(
    spec: &mut MountSpec,
    read_only: &mut Option<bool>,
    field: &Field<'_>,
    value: String,
) -> Result<(), Box<Diagnostic>> {
    let key = &*field.key;
    let bad = |help| wrong(field, format!("invalid value for {key}: {value}"), help).boxed();
    let truth = || boolean(&value).ok_or_else(|| bad("Write true or false."));
    let number = |radix: u32, help| {
        let found = parse_number(&value, radix);
        found.ok_or_else(|| wrong(field, format!("invalid value {value} for {key}"), help).boxed())
    };
    match key {
        "type" => spec.kind = word(field, &value, &TYPES, "unsupported mount type")?,
        "from" => spec.from = value,
        "source" | "src" => spec.source = value,
        "target" | "dst" | "destination" => spec.target = value,
        "readonly" | "ro" => *read_only = Some(truth()?),
        "readwrite" | "rw" => *read_only = Some(!truth()?),
        "required" => {
            only_for(spec, field, &[MountType::Secret, MountType::Ssh])?;
            spec.required = truth()?;
        }
        "size" => {
            only_for(spec, field, &[MountType::Tmpfs])?;
            spec.size = bytes(&value).ok_or_else(|| bad("Write a size such as 64m or 1g."))?;
        }
        "id" => spec.id = value,
        "sharing" => {
            spec.sharing = Some(word(field, &value, &SHARING, "unsupported sharing value")?);
        }
        "mode" => spec.mode = Some(number(8, "Write an octal number such as 0600.")?),
        "uid" => spec.uid = Some(number(10, "Write the number of a user.")?),
        "gid" => spec.gid = Some(number(10, "Write the number of a group.")?),
        "env" => spec.env = Some(value),
        _ => {
            let near = suggestion(key, KEYS, true);
            let message = format!("unexpected key '{key}' in '{}'{near}", field.text);
            let help = "See RUN --mount in the Dockerfile reference.";
            return Err(wrong(field, message, help).boxed());
        }
    }
    Ok(())
}

fn word<T: Copy>(
    field: &Field<'_>,
    value: &str,
    known: &[(&'static str, T)],
    message: &str,
) -> Result<T, Box<Diagnostic>> {
    if let Some(it) = known.iter().find(|it| value.chars().map(lower).eq(it.0.chars())) {
        return Ok(it.1);
    }
    let near = suggestion(value, known.iter().map(|it| it.0), true);
    let words: Vec<_> = known.iter().map(|it| it.0).collect();
    let help = format!("Write one of {}.", words.join(", "));
    let span = field.value.as_ref().map_or(field.text.span, |it| it.span);
    Err(Wrong::build(span, format!("{message} {value:?}{near}")).help(help).boxed())
}

/// What does not fit together: the message, the key it is about, and what to do.
fn invalid(spec: &MountSpec) -> Option<(String, &'static str, &'static str)> {
    let kind = spec.kind.as_str();
    let has_owner = matches!(spec.kind, MountType::Secret | MountType::Ssh | MountType::Cache);
    let owner =
        [("mode", spec.mode.is_some()), ("uid", spec.uid.is_some()), ("gid", spec.gid.is_some())];
    if let Some((key, _)) = owner.into_iter().find(|it| it.1 && !has_owner) {
        let message = format!("{key} not allowed for {kind:?} type mounts");
        return Some((message, key, "Only cache, secret and ssh mounts have an owner and a mode."));
    }
    if spec.kind == MountType::Secret {
        let is_nameless = spec.source.is_empty() && spec.target.is_empty() && spec.id.is_empty();
        let found = if !spec.from.is_empty() {
            ("secret mount should not have a from", "from", "Remove it.")
        } else if spec.sharing.is_some() {
            ("secret mount should not define sharing", "sharing", "Remove it.")
        } else if is_nameless {
            let message = "invalid secret mount. one of source, target required";
            (message, "type", "Write id=name, the name given to docker build --secret.")
        } else if !spec.source.is_empty() && !spec.id.is_empty() {
            ("both source and id can't be set", "id", "They mean the same: remove one.")
        } else {
            return None;
        };
        return Some((found.0.to_owned(), found.1, found.2));
    }
    let message = format!("invalid cache sharing set for {kind} mount");
    let is_wrong = spec.sharing.is_some() && spec.kind != MountType::Cache;
    is_wrong.then_some((message, "sharing", "Only cache mounts are shared."))
}

/// A number as Go's `ParseUint` reads it: digits alone.
fn parse_number(value: &str, radix: u32) -> Option<u32> {
    let is_plain = !value.starts_with('+');
    u32::from_str_radix(value, radix).ok().filter(|_| is_plain)
}

/// A size such as `64m`, as `units.RAMInBytes` of Docker reads it.
pub fn bytes(value: &str) -> Option<i64> {
    let last = value.rfind(|it: char| it.is_ascii_digit() || matches!(it, '.' | ' '))?;
    let (number, unit) = value.split_at_checked(last + 1)?;
    let number = number.strip_suffix(' ').unwrap_or(number);
    let unit = unit.to_ascii_lowercase();
    let (whole, part) = decimal(number.strip_prefix('+').unwrap_or(number))?;
    let (letter, rest) = match unit.chars().next() {
        None => ('b', ""),
        Some(it) => (it, unit.get(1..)?),
    };
    let power = "bkmgtp".find(letter).filter(|_| matches!(rest, "" | "b" | "ib"))?;
    if letter == 'b' && !rest.is_empty() {
        return None;
    }
    let factor = 1_i128 << (10 * power);
    let mut bytes = if whole.is_empty() { 0 } else { whole.parse::<i128>().ok()? } * factor;
    // No more digits than count.
    let part = part.get(..part.len().min(18)).unwrap_or_default();
    if !part.is_empty() {
        let scale = 10_i128.pow(u32::try_from(part.len()).ok()?);
        bytes += part.parse::<i128>().ok()? * factor / scale;
    }
    i64::try_from(bytes).ok()
}
