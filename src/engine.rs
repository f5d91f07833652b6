//! The virtual Docker engine: images, containers, a registry, and what commands do with them.
//!
//! No IO and no clock: time is a number that each command moves on by a fixed amount, and ids come from a counter,
//! so the same commands give the same bytes. What the engine cannot do by itself it says as an [`Outcome`]: the
//! terminal holds the keyboard.

use std::sync::Arc;

use crate::{
    command::{Command, Invocation, Profile},
    image::{Digest, Platform, Reference},
    order::{Map, Set, Table},
    simulate,
};

pub mod build;
pub mod container;
pub mod event;
mod host;
pub mod hub;
pub mod image;
mod inspect;
mod list;
pub mod login;
mod names;
pub mod output;
pub mod packages;
pub mod print;
pub mod program;
mod pull;
mod push;
mod remove;
pub mod root;
mod run;

pub use container::{Container, Status};
pub use event::{BuildEvent, Event};
pub use host::Host;
pub use image::{Image, Layer};
pub use login::LoginQuestion;
pub use output::{Chunk, ChunkKind, Output};
pub use program::Foreground;
pub use root::Root;
pub use run::Attached;

use hub::Hub;

/// The moment at which a machine starts if nobody says otherwise: 2022-09-11 10:00 UTC, the day of the article.
pub const DEFAULT_CLOCK: i64 = 1_662_890_400;

/// What a command asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is over.
    Done(Output),
    /// A container's process has the terminal now.
    Attached(Attached),
    /// `docker login` waits for a name or a password.
    Ask(LoginQuestion),
}

/// An id and a size for a build that would give another id: what a recorded course shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// The id to use.
    pub id: Digest,
    /// The size to show.
    pub size: u64,
}

/// The engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Engine {
    /// The generation of Docker that answers.
    pub profile: Profile,
    /// Now, in seconds since 1970.
    pub clock: i64,
    counter: u64,
    images: Table<Digest, Image>,
    /// Names of images, in the order in which they were given.
    tags: Vec<(Reference, Digest)>,
    containers: Vec<Container>,
    removed: Vec<Container>,
    hub: Hub,
    /// Registries and the user signed in to each.
    logins: Map<String>,
    pins: Table<Digest, Pin>,
    cache: Table<Digest, build::Cached>,
    events: Vec<Event>,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new(Profile::default(), DEFAULT_CLOCK)
    }
}

impl Engine {
    /// An engine without images, at a moment.
    pub fn new(profile: Profile, clock: i64) -> Self {
        Self {
            profile,
            clock,
            counter: 0,
            images: Table::default(),
            tags: Vec::new(),
            containers: Vec::new(),
            removed: Vec::new(),
            hub: Hub::default(),
            logins: Map::new(),
            pins: Table::default(),
            cache: Table::default(),
            events: Vec::new(),
        }
    }

    /// Carries out a command for a host.
    pub fn apply(&mut self, invocation: &Invocation, host: &Host<'_>) -> Outcome {
        let done = match &invocation.command {
            Command::Pull(it) => self.pull(it),
            Command::Images(it) => self.list_images(it),
            Command::Build(it) => self.build(it, host),
            Command::Run(it) => return self.run(it, host),
            Command::Push(it) => self.push(it),
            Command::Login(it) => return self.login(it),
            Command::Logout(it) => self.logout(it),
            Command::Tag(it) => self.tag_image(it),
            Command::Ps(it) => self.list_containers(it),
            Command::Rmi(it) => self.remove_images(it),
            Command::Rm(it) => self.remove_containers(it),
            Command::Stop(it) => self.stop(it),
            Command::Logs(it) => self.logs(it),
            Command::Inspect(it) => self.inspect(it),
            Command::Version(it) => self.version(it),
            Command::NotSimulated(name) => Output::not_simulated(name),
        };
        Outcome::Done(done)
    }

    /// The image that a name or an id means here.
    pub fn image(&self, name: &str) -> Option<&Image> {
        self.images.get(&self.image_id(name)?)
    }

    /// The id of the image that a name or the start of an id means.
    pub fn image_id(&self, name: &str) -> Option<Digest> {
        if let Ok(reference) = name.parse::<Reference>() {
            let reference = reference.with_default_tag();
            if let Some(found) = self.tags.iter().find(|it| it.0 == reference) {
                return Some(found.1.clone());
            }
        }
        let hex = name.strip_prefix("sha256:").unwrap_or(name);
        let is_id = hex.len() >= 4 && hex.bytes().all(|it| it.is_ascii_hexdigit());
        let mut found = self.images.keys().filter(|it| is_id && it.hex().starts_with(hex));
        let first = found.next()?;
        found.next().is_none().then(|| first.clone())
    }

    /// All images.
    pub fn images(&self) -> impl Iterator<Item = &Image> {
        self.images.values()
    }

    /// Names of images, in the order in which they were given.
    pub fn tags(&self) -> &[(Reference, Digest)] {
        &self.tags
    }

    /// The containers that exist, oldest first.
    pub fn containers(&self) -> &[Container] {
        &self.containers
    }

    /// A container by id, even if it is gone.
    pub fn any_container(&self, id: &Digest) -> Option<&Container> {
        self.containers.iter().chain(&self.removed).find(|it| it.id == *id)
    }

    /// Whether a container is gone.
    pub fn is_removed(&self, id: &Digest) -> bool {
        self.removed.iter().any(|it| it.id == *id)
    }

    /// The registry as this engine sees it.
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    /// The user who is signed in to a registry.
    pub fn user(&self, registry: &str) -> Option<&str> {
        self.logins.get(registry).map(String::as_str)
    }

    /// What has happened, oldest first.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Notes that something happened.
    pub fn record(&mut self, event: Event) {
        self.events.push(event);
    }

    /// The command of an event has ended.
    pub fn settle(&mut self, event: usize, code: u8) {
        if let Some(Event::Command { exit, .. }) = self.events.get_mut(event) {
            *exit = Some(code);
        }
    }

    /// Gives a build that would have the id `built` another id and size.
    pub fn pin(&mut self, built: Digest, pin: Pin) {
        self.pins.insert(built, pin);
    }

    /// Puts an image in place under a name, as if it had been pulled or built before.
    pub fn add_image(&mut self, reference: Reference, image: Image) {
        self.set_tag(reference, image.id.clone());
        self.images.insert(image.id.clone(), image);
    }

    /// Forgets what has happened: the state is a beginning.
    pub fn begin(&mut self, clock: i64) {
        self.clock = clock;
        self.events.clear();
    }

    /// Whether two engines hold the same objects.
    pub fn is_like(&self, other: &Self) -> bool {
        self.images == other.images
            && self.tags == other.tags
            && self.containers == other.containers
            && self.hub == other.hub
            && self.logins == other.logins
    }

    /// Gives an image another moment of making.
    pub fn date(&mut self, name: &str, created: i64) {
        if let Some(image) = self.image_id(name).and_then(|it| self.images.get_mut(&it)) {
            image.created = created;
        }
    }

    /// Signs in without asking.
    pub fn sign_in(&mut self, registry: &str, user: &str) {
        self.logins.insert(registry.to_owned(), user.to_owned());
    }

    /// Gives a name to an image; the name leaves the image that had it.
    fn set_tag(&mut self, reference: Reference, id: Digest) {
        self.tags.retain(|it| it.0 != reference);
        self.tags.push((reference, id));
    }

    /// An id that no other object has, the same in each run.
    fn new_id(&mut self, kind: &str) -> Digest {
        self.counter += 1;
        Digest::of(format!("dockwright/{kind}/{}", self.counter).as_bytes())
    }

    /// Whether a container was made from an image.
    fn is_used(&self, image: &Digest) -> bool {
        self.containers.iter().any(|it| it.image == *image)
    }

    /// The name of an image as it is shown for a container.
    fn names_of(&self, image: &Digest) -> Set {
        let names = self.tags.iter().filter(|it| it.1 == *image);
        names.map(|it| it.0.familiar()).collect()
    }
}

impl simulate::Bases for Engine {
    /// An image that is here or in the registry.
    fn find(&self, image: &Reference, _: &Platform) -> Option<simulate::BaseImage> {
        let wanted = image.clone().with_default_tag();
        let config = match self.tags.iter().find(|it| it.0 == wanted) {
            Some((_, id)) => self.images.get(id)?.config.clone(),
            None => self.hub.find(&wanted)?.image.config.clone(),
        };
        Some(config.into())
    }
}

/// What processes see as the root of the file system, shared until it is written to.
pub(crate) type SharedRoot = Arc<Root>;
