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
            stages: _,
            values: _,
            process: _,
            stop: _,
            errors: _,
            unknown: _,
        } = it;
        Self { rows: rows.into_iter().map(WhyRow::from).collect(), argv, error, notes }
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
