//! Which containers belong to which page, so that none is left behind.

use std::{collections::BTreeMap, sync::Mutex};

use tokio::{sync::OwnedSemaphorePermit, time::Instant};

use crate::{config, lock::Locked as _};

/// The containers and the connections of the agent.
#[derive(Debug, Default)]
pub(crate) struct Fleet(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    connections: BTreeMap<u64, String>,
    next: u64,
    /// When a session's last connection ended.
    left: BTreeMap<String, Instant>,
    /// By token.
    ships: BTreeMap<String, Ship>,
}

#[derive(Debug)]
struct Ship {
    id: String,
    sid: String,
    connection: u64,
    detached: bool,
    /// Its place among those that may be there at once.
    _permit: OwnedSemaphorePermit,
}

impl Fleet {
    /// A connection of a session begins.
    pub(crate) fn connect(&self, sid: &str) -> u64 {
        let mut state = self.0.locked();
        state.next += 1;
        let connection = state.next;
        state.connections.insert(connection, sid.to_owned());
        state.left.remove(sid);
        connection
    }

    /// A connection has ended.
    pub(crate) fn disconnect(&self, connection: u64) {
        let mut state = self.0.locked();
        if let Some(sid) = state.connections.remove(&connection)
            && !state.connections.values().any(|it| *it == sid)
        {
            state.left.insert(sid, Instant::now());
        }
    }

    /// A container has been made for a connection. It gives its place back when it is gone.
    pub(crate) fn add(&self, token: &str, id: &str, connection: u64, permit: OwnedSemaphorePermit) {
        let mut state = self.0.locked();
        let sid = state.connections.get(&connection).cloned().unwrap_or_default();
        let ship = Ship { id: id.to_owned(), sid, connection, detached: false, _permit: permit };
        state.ships.insert(token.to_owned(), ship);
    }

    /// A container goes on without its connection, for as long as its page has another.
    pub(crate) fn detach(&self, token: &str) {
        if let Some(ship) = self.0.locked().ships.get_mut(token) {
            ship.detached = true;
        }
    }

    /// Nobody looks after a container any more.
    pub(crate) fn abandon(&self, token: &str) {
        if let Some(ship) = self.0.locked().ships.get_mut(token) {
            ship.detached = false;
            ship.connection = 0;
        }
    }

    /// A container is gone.
    pub(crate) fn remove(&self, token: &str) {
        self.0.locked().ships.remove(token);
    }

    /// The token of a container.
    pub(crate) fn token(&self, id: &str) -> Option<String> {
        let state = self.0.locked();
        state.ships.iter().find(|(_, it)| it.id == id).map(|(token, _)| token.clone())
    }

    /// The containers that nobody needs any more: tokens and ids.
    pub(crate) fn orphans(&self) -> Vec<(String, String)> {
        let state = self.0.locked();
        let is_left = |sid: &str| {
            state.left.get(sid).is_some_and(|it| it.elapsed() >= config::DETACHED_GRACE)
        };
        let is_orphan = |ship: &Ship| {
            if ship.detached {
                is_left(&ship.sid)
            } else {
                !state.connections.contains_key(&ship.connection)
            }
        };
        let orphans = state.ships.iter().filter(|(_, it)| is_orphan(it));
        orphans.map(|(token, it)| (token.clone(), it.id.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::sync::Semaphore;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_container_goes_with_its_page() {
        let fleet = Fleet::default();
        let orphans = || fleet.orphans().into_iter().map(|(token, _)| token).collect::<Vec<_>>();
        let places = Arc::new(Semaphore::new(2));
        let place = || Arc::clone(&places).try_acquire_owned().unwrap();
        let one = fleet.connect("s");
        fleet.add("foreground", "1", one, place());
        fleet.add("background", "2", one, place());
        fleet.detach("background");
        assert_eq!(orphans(), Vec::<String>::new());
        let two = fleet.connect("s");
        fleet.disconnect(one);
        assert_eq!(orphans(), ["foreground"]);
        tokio::time::advance(config::DETACHED_GRACE).await;
        assert_eq!(orphans(), ["foreground"]);
        fleet.disconnect(two);
        assert_eq!(orphans(), ["foreground"]);
        tokio::time::advance(config::DETACHED_GRACE).await;
        assert_eq!(orphans(), ["background", "foreground"]);
        assert_eq!(places.available_permits(), 0);
        fleet.remove("foreground");
        assert_eq!(places.available_permits(), 1);
        let three = fleet.connect("s");
        assert_eq!(orphans(), Vec::<String>::new());
        fleet.abandon("background");
        assert_eq!(orphans(), ["background"]);
        fleet.disconnect(three);
    }
}
