//! Where a lesson starts: a moment, a version of Docker, images and files.

use serde::{Deserialize, Serialize};

use crate::{
    command::{self, Profile},
    engine::{DEFAULT_CLOCK, Engine, Host, Pin, hub, print::units},
    image::Digest,
    order::Map,
    terminal::World,
};

/// The world of a lesson.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WorldSpec {
    /// `docker-20.10`, `docker-28` or `docker-29`.
    pub engine: String,
    /// The moment, such as `2022-09-11T10:00:00Z`.
    pub clock: String,
    /// Names of fixtures, put together in this order.
    pub fixtures: Vec<String>,
    /// Files by path: their text, or in Markdown where to read it.
    pub files: Map<String>,
}

/// A part of a world.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Fixture {
    /// Images that are there, in the order in which lists show those of one age.
    pub images: Vec<Present>,
    /// Ids and sizes for builds of certain Dockerfiles.
    pub pins: Vec<PinSpec>,
    /// Users by registry.
    pub login: Map<String>,
}

/// An image that is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Present {
    /// Pulled under this name.
    Pulled {
        /// The name.
        pull: String,
    },
    /// Built before.
    Built {
        /// The name.
        build: String,
        /// The text of its Dockerfile, or in YAML where to read it.
        dockerfile: String,
        /// When.
        created: String,
    },
}

/// The id and the size of what a Dockerfile gives.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PinSpec {
    /// The text of the Dockerfile, or in YAML where to read it.
    pub dockerfile: String,
    /// The first digits of the id.
    pub id: String,
    /// Bytes.
    pub size: u64,
}

/// Why a world cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorldError {
    /// No such version.
    #[error("{0}")]
    Profile(#[from] command::UnknownProfile),
    /// Not a moment.
    #[error("`{0}` is not a moment: write 2022-09-11T10:00:00Z")]
    Clock(String),
    /// No such fixture.
    #[error("no fixture `{0}`")]
    Fixture(String),
    /// A command of a fixture failed.
    #[error("the fixture's `{0}` failed: {1}")]
    Command(String, String),
}

impl WorldSpec {
    /// The machine that it describes.
    pub fn world(&self, fixtures: &Map<Fixture>) -> Result<World, WorldError> {
        let profile =
            if self.engine.is_empty() { Profile::default() } else { self.engine.parse()? };
        let clock = if self.clock.is_empty() { DEFAULT_CLOCK } else { moment(&self.clock)? };
        // Fixtures are made with BuildKit, which keeps base images out of the list.
        let mut engine = Engine::new(Profile::V28, clock);
        for name in &self.fixtures {
            let Some(fixture) = fixtures.get(name) else {
                return Err(WorldError::Fixture(name.clone()));
            };
            fixture.add_to(&mut engine)?;
        }
        engine.profile = profile;
        engine.begin(clock);
        Ok(World { engine, files: self.files.clone() })
    }
}

impl Fixture {
    fn add_to(&self, engine: &mut Engine) -> Result<(), WorldError> {
        for pin in &self.pins {
            let PinSpec { dockerfile, id, size } = pin;
            let mut probe = Engine::new(Profile::V28, engine.clock);
            let built = build(&mut probe, "probe", dockerfile)?;
            engine.pin(built, Pin { id: hub::pinned(id), size: *size });
        }
        for image in &self.images {
            match image {
                Present::Pulled { pull } => carry_out(engine, &format!("pull {pull}"), "")?,
                Present::Built { build: name, dockerfile, created } => {
                    engine.clock = moment(created)?;
                    build(engine, name, dockerfile)?;
                    engine.date(name, moment(created)?);
                }
            }
        }
        for (registry, user) in &self.login {
            engine.sign_in(registry, user);
        }
        Ok(())
    }
}

fn moment(text: &str) -> Result<i64, WorldError> {
    units::moment(text).ok_or_else(|| WorldError::Clock(text.to_owned()))
}

fn build(engine: &mut Engine, name: &str, dockerfile: &str) -> Result<Digest, WorldError> {
    let line = format!("build -t {name} .");
    carry_out(engine, &line, dockerfile)?;
    engine.image_id(name).ok_or_else(|| WorldError::Command(line, "no image".to_owned()))
}

fn carry_out(engine: &mut Engine, line: &str, dockerfile: &str) -> Result<(), WorldError> {
    let failed = |why: String| WorldError::Command(format!("docker {line}"), why);
    let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
    let invocation = command::invocation(&words, engine.profile).map_err(|it| failed(it.stderr))?;
    let files = Map::from([("Dockerfile".to_owned(), dockerfile.to_owned())]);
    let host = Host { files: &files, directory: "", env: &Map::new() };
    match engine.apply(&invocation, &host) {
        crate::engine::Outcome::Done(output) if output.exit == 0 => Ok(()),
        crate::engine::Outcome::Done(output) => {
            Err(failed(output.text(crate::engine::ChunkKind::Stderr)))
        }
        crate::engine::Outcome::Attached(_) | crate::engine::Outcome::Ask(_) => {
            Err(failed("it does not end".to_owned()))
        }
    }
}
