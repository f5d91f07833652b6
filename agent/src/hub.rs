//! What all connections share.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use dockwright::image::reference::Reference;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio_util::sync::CancellationToken;

use crate::{
    config, docker::Engine, fleet::Fleet, gate::Gate, journal::Journal, lock::Locked as _,
    pairing::Pairing,
};

/// The agent.
#[derive(Debug)]
pub(crate) struct Hub {
    pub(crate) port: u16,
    pub(crate) gate: Gate,
    pub(crate) pairing: Pairing,
    pub(crate) engine: Engine,
    /// Whether the engine answers.
    pub(crate) up: watch::Receiver<bool>,
    pub(crate) journal: Journal,
    pub(crate) fleet: Fleet,
    pub(crate) names: Names,
    pub(crate) room: Room,
    /// The agent is about to stop.
    pub(crate) stop: CancellationToken,
    /// Somebody used the code, so the link in the terminal no longer works.
    pub(crate) used: mpsc::Sender<Used>,
}

/// How a code was used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Used {
    /// A page has paired.
    Paired,
    /// The code was too old.
    Late,
}

/// How much of everything there can be at once.
#[derive(Debug)]
pub(crate) struct Room {
    pub(crate) sockets: Arc<Semaphore>,
    pub(crate) strangers: Arc<Semaphore>,
    pub(crate) builds: Arc<Semaphore>,
    pub(crate) transfers: Arc<Semaphore>,
    pub(crate) runs: Arc<Semaphore>,
}

impl Default for Room {
    fn default() -> Self {
        let room = |it| Arc::new(Semaphore::new(it));
        Self {
            sockets: room(config::MAX_SOCKETS),
            strangers: room(config::MAX_STRANGERS),
            builds: room(config::MAX_BUILDS),
            transfers: room(config::MAX_TRANSFERS),
            runs: room(config::MAX_RUNS),
        }
    }
}

/// The image names that this agent has given, and may therefore take away.
#[derive(Debug, Default)]
pub(crate) struct Names(Mutex<BTreeSet<String>>);

impl Names {
    pub(crate) fn add(&self, name: Reference) {
        self.0.locked().insert(name.with_default_tag().to_string());
    }

    pub(crate) fn has(&self, name: &Reference) -> bool {
        self.0.locked().contains(&name.clone().with_default_tag().to_string())
    }
}
