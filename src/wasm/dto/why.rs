//! Why a container runs what it runs.

use serde::Serialize;
use tsify::Tsify;

use crate::simulate::why;

/// Why a container runs what it runs: one row for each place that may say something.
#[derive(Serialize, Tsify)]
pub struct Why {
    rows: Vec<WhyRow>,
    /// The words of process 1.
    argv: Vec<String>,
    /// Why there is none, in Docker's words.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    notes: Vec<String>,
    /// The stages that the image is made of, the lowest first; only if there are several.
    stages: Vec<WhyStage>,
    /// Everything else that the container has, and where it comes from.
    values: Vec<WhyValue>,
    /// How `docker stop` stops it, in sentences.
    stop: Vec<String>,
}

/// A stage that the image is made of.
#[derive(Serialize, Tsify)]
pub struct WhyStage {
    name: String,
    /// What it starts from.
    base: String,
    lines: (u32, u32),
}

/// A value of the container.
#[derive(Serialize, Tsify)]
pub struct WhyValue {
    /// What it is for, such as `user` or `env`.
    kind: &'static str,
    /// Which of its kind, such as the name of a variable; mostly empty.
    key: String,
    /// The value; none if the command line takes it away.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    origin: WhyOrigin,
    /// What it replaces, the oldest first.
    replaced: Vec<WhyReplaced>,
}

/// A value that another one replaces.
#[derive(Serialize, Tsify)]
pub struct WhyReplaced {
    value: String,
    origin: WhyOrigin,
}

/// Where a value comes from.
#[derive(Serialize, Tsify)]
pub struct WhyOrigin {
    from: WhyPlace,
    /// The base image's name, or the flag of the command.
    name: String,
    /// The lines of the instruction.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<(u32, u32)>,
    /// Whether an `ONBUILD` of the base image adds it.
    trigger: bool,
}

/// A place that values come from.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum WhyPlace {
    /// Docker's default.
    Docker,
    /// The base image.
    Base,
    /// The Dockerfile.
    Dockerfile,
    /// A flag of `docker build`.
    Build,
    /// A flag of `docker run`.
    Run,
}

/// What one place says.
#[derive(Serialize, Tsify)]
pub struct WhyRow {
    source: WhySource,
    name: String,
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<(u32, u32)>,
    entrypoint: WhyCell,
    cmd: WhyCell,
}

/// A place that may say something.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum WhySource {
    /// The base image.
    Base,
    /// The Dockerfile.
    Dockerfile,
    /// The command line.
    Run,
}

/// What a place says of ENTRYPOINT or CMD.
#[derive(Serialize, Tsify)]
pub struct WhyCell {
    /// A JSON array, as Docker shows it.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    state: WhyState,
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// What became of it.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum WhyState {
    /// Nothing was said.
    Unset,
    /// It counts.
    Wins,
    /// Something else took its place.
    Lost,
}

impl From<why::Why> for Why {
    fn from(it: why::Why) -> Self {
        let why::Why {
            rows,
            argv,
            error,
            notes,
            stages,
            values,
            process: _,
            stop,
            errors: _,
            unknown: _,
        } = it;
        let stages = if stages.len() > 1 { stages } else { Vec::new() };
        Self {
            rows: rows.into_iter().map(WhyRow::from).collect(),
            argv,
            error,
            notes,
            stages: stages.into_iter().map(WhyStage::from).collect(),
            values: values.into_iter().map(WhyValue::from).collect(),
            stop: stop.map(|it| it.words()).unwrap_or_default(),
        }
    }
}

impl From<why::Link> for WhyStage {
    fn from(it: why::Link) -> Self {
        let why::Link { stage, name, base, lines } = it;
        Self { name: name.unwrap_or_else(|| format!("stage {stage}")), base, lines }
    }
}

impl From<why::Value> for WhyValue {
    fn from(it: why::Value) -> Self {
        let why::Value { kind, key, value, origin, replaced } = it;
        Self {
            kind: kind.name(),
            key,
            value,
            origin: origin.into(),
            replaced: replaced.into_iter().map(WhyReplaced::from).collect(),
        }
    }
}

impl From<why::Replaced> for WhyReplaced {
    fn from(it: why::Replaced) -> Self {
        let why::Replaced { value, origin } = it;
        Self { value, origin: origin.into() }
    }
}

impl From<why::Origin> for WhyOrigin {
    fn from(it: why::Origin) -> Self {
        let plain = |from, name| Self { from, name, lines: None, trigger: false };
        match it {
            why::Origin::Docker => plain(WhyPlace::Docker, String::new()),
            why::Origin::Base(name) => plain(WhyPlace::Base, name),
            why::Origin::Dockerfile { span: _, lines, stage: _, trigger } => {
                Self { lines: Some(lines), trigger, ..plain(WhyPlace::Dockerfile, String::new()) }
            }
            why::Origin::Build(flag) => plain(WhyPlace::Build, flag.to_owned()),
            why::Origin::Run(flag) => plain(WhyPlace::Run, flag.to_owned()),
        }
    }
}

impl From<why::Row> for WhyRow {
    fn from(it: why::Row) -> Self {
        let why::Row { source, lines, stage: _, entrypoint, cmd } = it;
        let (source, name) = match source {
            why::Source::Base(name) => (WhySource::Base, name),
            why::Source::Dockerfile => (WhySource::Dockerfile, "Dockerfile".to_owned()),
            why::Source::Run => (WhySource::Run, "docker run".to_owned()),
        };
        Self { source, name, lines, entrypoint: entrypoint.into(), cmd: cmd.into() }
    }
}

impl From<why::Cell> for WhyCell {
    fn from(it: why::Cell) -> Self {
        let why::Cell { value, form: _, state, reason, span: _ } = it;
        Self {
            value: value.map(|it| serde_json::to_string(&it).unwrap_or_default()),
            state: match state {
                why::State::Unset => WhyState::Unset,
                why::State::Wins => WhyState::Wins,
                why::State::Lost => WhyState::Lost,
            },
            reason,
        }
    }
}
