//! The mounts of `RUN --mount`.

use std::borrow::Cow;

use crate::{
    diagnostic::Diagnostic,
    simulate::{
        path,
        plan::suggest,
        stage::{Context, State},
        step::wrong,
    },
    syntax::{Flag, Instruction, Text},
    text::decimal,
};

/// A mount of a `RUN`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mount {
    /// What is mounted.
    pub kind: MountKind,
    /// The stage or image that it comes from; empty for the context.
    pub from: String,
    /// Where in the source; for a secret its id.
    pub source: String,
    /// Where to, as written.
    pub target: String,
    /// `id`, of a cache, a secret or an agent.
    pub id: String,
    /// Whether the command cannot write to it.
    pub read_only: bool,
    /// Whether the build fails without it.
    pub required: bool,
    /// `sharing` of a cache; empty for `shared`.
    pub sharing: String,
    /// The environment variable that a secret is given in.
    pub env: Option<String>,
}

/// What is mounted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MountKind {
    /// Files of the context, a stage or an image.
    #[default]
    Bind,
    /// A directory that stays from build to build.
    Cache,
    /// An empty directory in memory.
    Tmpfs,
    /// A secret of the caller.
    Secret,
    /// The caller's SSH agent.
    Ssh,
}

const KINDS: [(&str, MountKind); 5] = [
    ("bind", MountKind::Bind),
    ("cache", MountKind::Cache),
    ("secret", MountKind::Secret),
    ("ssh", MountKind::Ssh),
    ("tmpfs", MountKind::Tmpfs),
];
const SHARING: [&str; 3] = ["locked", "private", "shared"];
const KEYS: [&str; 19] = [
    "type",
    "from",
    "source",
    "target",
    "readonly",
    "id",
    "sharing",
    "required",
    "size",
    "mode",
    "uid",
    "gid",
    "src",
    "dst",
    "destination",
    "ro",
    "rw",
    "readwrite",
    "env",
];

impl MountKind {
    /// The word after `type=`.
    pub fn word(self) -> &'static str {
        KINDS.iter().find(|it| it.1 == self).map_or("", |it| it.0)
    }
}

/// The `from` of a mount, as BuildKit reads it before variables are known; empty if there is none.
pub(super) fn from<'f>(flag: &'f Flag<'_>) -> Cow<'f, str> {
    let value = flag.value.as_ref().map_or("", Text::as_str);
    let mut found = Cow::Borrowed("");
    for field in fields(value) {
        if let Some(name) = field.split_once('=').filter(|it| it.0.eq_ignore_ascii_case("from")) {
            found = Cow::Owned(name.1.to_owned());
        }
    }
    found
}

/// The mounts of a `RUN`, in the order of its flags.
pub(super) fn mounts(
    state: &mut State,
    instruction: &Instruction<'_>,
    context: &Context<'_>,
) -> Result<Vec<Mount>, Box<Diagnostic>> {
    let flags = instruction.flags.iter().filter(|it| it.name.as_str() == "mount");
    let values: Vec<_> = flags.filter_map(|it| it.value.as_ref()).collect();
    let mut found = Vec::with_capacity(values.len());
    for value in &values {
        found.push(mount(state, value, context)?);
    }
    for (it, value) in found.iter().zip(values) {
        check_place(it, state, context).map_err(|message| wrong(value.span, message))?;
    }
    Ok(found)
}

/// What BuildKit checks when all mounts of the instruction are read.
fn check_place(mount: &Mount, state: &State, context: &Context<'_>) -> Result<(), String> {
    let Mount { kind, from, source, target, .. } = mount;
    if !from.is_empty() && context.is_later(context.stages.named(from)) {
        return Err(format!(
            "cannot mount from stage {from:?} to {target:?}, stage needs to be defined before current command"
        ));
    }
    match kind {
        MountKind::Secret => Ok(()),
        MountKind::Ssh if source.is_empty() => Ok(()),
        MountKind::Ssh => Err("ssh does not support source".to_owned()),
        MountKind::Bind | MountKind::Cache | MountKind::Tmpfs => {
            let place = if path::is_absolute(target, state.windows) {
                target.clone()
            } else {
                path::clean(&format!("/{}/{target}", state.working_dir))
            };
            if place == "/" { Err("invalid mount target \"/\"".to_owned()) } else { Ok(()) }
        }
    }
}

fn mount(
    state: &mut State,
    value: &Text<'_>,
    context: &Context<'_>,
) -> Result<Mount, Box<Diagnostic>> {
    let mut it = Reader::default();
    for field in fields(value) {
        let (key, text) = match field.split_once('=') {
            Some((key, text)) => (key, Some(text)),
            None => (field.as_ref(), None),
        };
        let key = key.to_ascii_lowercase();
        let text = match text {
            Some(text) => {
                let word = match &field {
                    Cow::Borrowed(_) => value.of(text),
                    Cow::Owned(_) => Text::new(text.to_owned(), value.span),
                };
                Some(state.expand(&word, context.escape)?)
            }
            None => None,
        };
        it.read(&key, text.as_deref(), &field).map_err(|message| wrong(value.span, message))?;
    }
    it.finish().map_err(|message| wrong(value.span, message).into())
}

/// A mount while it is read.
#[derive(Default)]
struct Reader {
    mount: Mount,
    read_only: Option<bool>,
    /// Of `mode`, `uid` and `gid`: whether they are set.
    owner: [bool; 3],
}

impl Reader {
    fn read(&mut self, key: &str, value: Option<&str>, field: &str) -> Result<(), String> {
        let mount = &mut self.mount;
        let has_required = matches!(mount.kind, MountKind::Secret | MountKind::Ssh);
        let unexpected =
            |kind: MountKind| format!("unexpected key '{key}' for mount type '{}'", kind.word());
        let Some(value) = value else {
            match key {
                "readonly" | "ro" => self.read_only = Some(true),
                "readwrite" | "rw" => self.read_only = Some(false),
                "required" if has_required => mount.required = true,
                "required" => return Err(unexpected(mount.kind)),
                _ => return Err(format!("invalid field '{field}' must be a key=value pair")),
            }
            return Ok(());
        };
        let is_true = || go_bool(value).ok_or_else(|| format!("invalid value for {key}: {value}"));
        match key {
            "type" => {
                let word = value.to_ascii_lowercase();
                let known = KINDS.iter().find(|it| it.0 == word);
                mount.kind = known
                    .ok_or_else(|| {
                        let message = format!("unsupported mount type {value:?}");
                        suggest(message, value, KINDS.map(|it| it.0))
                    })?
                    .1;
            }
            "from" => value.clone_into(&mut mount.from),
            "source" | "src" => value.clone_into(&mut mount.source),
            "target" | "dst" | "destination" => value.clone_into(&mut mount.target),
            "readonly" | "ro" => self.read_only = Some(is_true()?),
            "readwrite" | "rw" => self.read_only = Some(!is_true()?),
            "required" if has_required => mount.required = is_true()?,
            "size" if mount.kind == MountKind::Tmpfs => {
                if !is_size(value) {
                    return Err(format!("invalid value for {key}: {value}"));
                }
            }
            "required" | "size" => return Err(unexpected(mount.kind)),
            "id" => value.clone_into(&mut mount.id),
            "sharing" => {
                let word = value.to_ascii_lowercase();
                if !SHARING.contains(&word.as_str()) {
                    let message = format!("unsupported sharing value {value:?}");
                    return Err(suggest(message, value, SHARING));
                }
                mount.sharing = word;
            }
            "mode" | "uid" | "gid" => {
                let radix = if key == "mode" { 8 } else { 10 };
                let digits = value.bytes().all(|it| it.is_ascii_digit());
                if !digits || u32::from_str_radix(value, radix).is_err() {
                    return Err(format!("invalid value {value} for {key}"));
                }
                let at = ["mode", "uid", "gid"].iter().position(|it| *it == key);
                if let Some(set) = at.and_then(|it| self.owner.get_mut(it)) {
                    *set = true;
                }
            }
            "env" => mount.env = Some(value.to_owned()),
            _ => {
                let message = format!("unexpected key '{key}' in '{field}'");
                return Err(suggest(message, key, KEYS));
            }
        }
        Ok(())
    }

    /// What BuildKit checks when all fields are read.
    fn finish(self) -> Result<Mount, String> {
        let Self { mut mount, read_only, owner } = self;
        let kind = mount.kind;
        let word = kind.word();
        if matches!(kind, MountKind::Bind | MountKind::Tmpfs) {
            let set = ["mode", "uid", "gid"].iter().zip(owner).find(|it| it.1);
            if let Some((key, _)) = set {
                return Err(format!("{key} not allowed for {word:?} type mounts"));
            }
        }
        let is_read_only = !matches!(kind, MountKind::Cache | MountKind::Tmpfs);
        mount.read_only = read_only.unwrap_or(is_read_only);
        if kind == MountKind::Secret {
            let message = if !mount.from.is_empty() {
                "secret mount should not have a from"
            } else if !mount.sharing.is_empty() {
                "secret mount should not define sharing"
            } else if mount.source.is_empty() && mount.target.is_empty() && mount.id.is_empty() {
                "invalid secret mount. one of source, target required"
            } else if !mount.source.is_empty() && !mount.id.is_empty() {
                "both source and id can't be set"
            } else {
                return Ok(mount);
            };
            return Err(message.to_owned());
        }
        if !mount.sharing.is_empty() && kind != MountKind::Cache {
            return Err(format!("invalid cache sharing set for {word} mount"));
        }
        Ok(mount)
    }
}

/// The fields of a line of comma-separated values.
fn fields(line: &str) -> Vec<Cow<'_, str>> {
    if !line.contains('"') {
        return line.split(',').map(Cow::Borrowed).collect();
    }
    let mut found = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(it) = chars.next() {
        match it {
            '"' if quoted && chars.peek() == Some(&'"') => field.extend(chars.next()),
            '"' if quoted || field.is_empty() => quoted = !quoted,
            ',' if !quoted => found.push(Cow::Owned(std::mem::take(&mut field))),
            it => field.push(it),
        }
    }
    found.push(Cow::Owned(field));
    found
}

/// A word that Go's `strconv.ParseBool` reads.
pub(super) fn go_bool(word: &str) -> Option<bool> {
    match word {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Some(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Some(false),
        _ => None,
    }
}

/// Whether `units.RAMInBytes` of docker/go-units reads the text: a number, a blank, a unit such as `k`, `MB` or `GiB`.
fn is_size(text: &str) -> bool {
    let end = text.rfind(|it: char| it.is_ascii_digit() || it == '.' || it == ' ');
    let Some(end) = end else { return false };
    let (number, unit) = text.split_at(end + 1);
    let number = number.strip_suffix(' ').unwrap_or(number);
    let number = number.strip_prefix('+').unwrap_or(number);
    let (number, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    if decimal(number).is_none() || exponent.parse::<i8>().is_err() {
        return false;
    }
    let unit = unit.to_ascii_lowercase();
    let mut letters = unit.chars();
    match letters.next() {
        None => true,
        Some('b') => letters.as_str().is_empty(),
        Some('k' | 'm' | 'g' | 't' | 'p') => matches!(letters.as_str(), "" | "b" | "ib"),
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_of_go_units() {
        for it in ["1", "1k", "1 kb", "1.5GiB", "10b", "0.1 T", "1K", "1e3", "+1.m"] {
            assert!(is_size(it), "{it}");
        }
        for it in
            ["", "k", "1x", "1kx", "-1", "1  k", "1bb", "1ib", "1.2.3", " 1", "1,2", "1e", "1e999"]
        {
            assert!(!is_size(it), "{it}");
        }
    }

    #[test]
    fn fields_are_comma_separated() {
        let check = |line: &str, expected: &[&str]| assert_eq!(fields(line), expected, "{line}");
        check("", &[""]);
        check("a=1,b", &["a=1", "b"]);
        check(r#"a=1,"b=2,3",c"#, &["a=1", "b=2,3", "c"]);
        check(r#""a""b",,"#, &["a\"b", "", ""]);
    }
}
