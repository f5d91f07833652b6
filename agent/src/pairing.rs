//! Pairing codes and sessions: who may use the agent. Everything is in memory, and ends with the agent.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
    time::Duration,
};

use dockwright::protocol::proof;
use tokio::time::Instant;

use crate::{
    config,
    docker::Logins,
    lock::Locked as _,
    secret::{NoRandomness, Secret, random_hex},
};

/// What a session may do. A page that the agent itself serves gets all of it; nothing else can pair yet.
pub(crate) const SCOPES: [&str; 6] = ["engine.read", "image.pull", "build", "run", "push", "login"];

/// The codes and sessions of an agent.
#[derive(Debug)]
pub(crate) struct Pairing {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    code: Secret,
    code_until: Instant,
    sessions: BTreeMap<String, Session>,
    failures: VecDeque<Instant>,
}

#[derive(Debug)]
struct Session {
    key: Secret,
    began: Instant,
    used: Instant,
    logins: Arc<Logins>,
}

/// What `POST /v1/session` gives.
#[derive(Debug)]
pub(crate) struct Paired {
    pub(crate) sid: String,
    pub(crate) key: Secret,
    pub(crate) expires_in: Duration,
}

/// Why there is no session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unpaired {
    /// Not the code.
    Wrong,
    /// The code, but too late.
    Late,
    /// The machine gave no randomness.
    NoRandomness,
}

impl Pairing {
    /// With a first code.
    pub(crate) fn new() -> Result<Self, NoRandomness> {
        let (code, code_until) = (new_code()?, Instant::now() + config::CODE_TIME);
        let (sessions, failures) = (BTreeMap::new(), VecDeque::new());
        Ok(Self { state: Mutex::new(State { code, code_until, sessions, failures }) })
    }

    /// The code that can be used once.
    pub(crate) fn code(&self) -> Secret {
        self.state.locked().code.clone()
    }

    /// Trades a code for a session. The right code is used up, in time or not: a new one takes its place.
    pub(crate) fn pair(&self, code: &str) -> Result<Paired, Unpaired> {
        let mut state = self.state.locked();
        let now = Instant::now();
        if !proof::is_same(code, state.code.reveal()) {
            state.failures.push_back(now);
            return Err(Unpaired::Wrong);
        }
        let in_time = now < state.code_until;
        let made = (|| {
            Ok((
                new_code()?,
                random_hex::<16>()?,
                Secret::new(random_hex::<{ proof::KEY_BYTES }>()?),
            ))
        })();
        let (code, sid, key) = made.map_err(|NoRandomness| Unpaired::NoRandomness)?;
        state.code = code;
        state.code_until = now + config::CODE_TIME;
        if !in_time {
            return Err(Unpaired::Late);
        }
        state.forget_old(now);
        let logins = Arc::default();
        let session = Session { key: key.clone(), began: now, used: now, logins };
        state.sessions.insert(sid.clone(), session);
        Ok(Paired { sid, key, expires_in: config::SESSION_TIME })
    }

    /// The key of a session, and the credentials that it has given.
    pub(crate) fn session(&self, sid: &str) -> Option<(Secret, Arc<Logins>)> {
        let mut state = self.state.locked();
        let now = Instant::now();
        state.sessions.retain(|_, it| it.is_alive(now));
        state.sessions.get(sid).map(|it| (it.key.clone(), Arc::clone(&it.logins)))
    }

    /// Notes that a session is in use. `false` if it has ended.
    pub(crate) fn touch(&self, sid: &str) -> bool {
        let now = Instant::now();
        let mut state = self.state.locked();
        let session = state.sessions.get_mut(sid).filter(|it| it.is_alive(now));
        session.map(|it| it.used = now).is_some()
    }

    /// Whether a session has not ended.
    pub(crate) fn is_alive(&self, sid: &str) -> bool {
        self.state.locked().sessions.get(sid).is_some_and(|it| it.is_alive(Instant::now()))
    }

    /// Notes a wrong proof.
    pub(crate) fn failed(&self) {
        self.state.locked().failures.push_back(Instant::now());
    }

    /// How long the next guess must wait: nobody is locked out, but nobody guesses fast.
    pub(crate) fn delay(&self) -> Duration {
        let mut state = self.state.locked();
        let now = Instant::now();
        while state.failures.front().is_some_and(|it| now.duration_since(*it).as_secs() >= 60) {
            state.failures.pop_front();
        }
        let many = state.failures.len() >= config::FAILURES_PER_MINUTE;
        if many { config::FAILURE_DELAY } else { Duration::ZERO }
    }
}

impl State {
    fn forget_old(&mut self, now: Instant) {
        self.sessions.retain(|_, it| it.is_alive(now));
        if self.sessions.len() >= config::MAX_SESSIONS {
            let oldest =
                self.sessions.iter().min_by_key(|(_, it)| it.used).map(|(sid, _)| sid.clone());
            if let Some(sid) = oldest {
                self.sessions.remove(&sid);
            }
        }
    }
}

impl Session {
    fn is_alive(&self, now: Instant) -> bool {
        now.duration_since(self.used) < config::SESSION_IDLE
            && now.duration_since(self.began) < config::SESSION_TIME
    }
}

fn new_code() -> Result<Secret, NoRandomness> {
    random_hex::<16>().map(Secret::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_code_works_once_and_ten_minutes() {
        let pairing = Pairing::new().unwrap();
        let first = pairing.code();
        assert_eq!(pairing.pair("00").map(|_| ()), Err(Unpaired::Wrong));
        assert!(pairing.pair(first.reveal()).is_ok());
        assert_eq!(pairing.pair(first.reveal()).map(|_| ()), Err(Unpaired::Wrong));
        let second = pairing.code();
        assert_ne!(first.reveal(), second.reveal());
        tokio::time::advance(config::CODE_TIME).await;
        assert_eq!(pairing.pair(second.reveal()).map(|_| ()), Err(Unpaired::Late));
        assert!(pairing.pair(pairing.code().reveal()).is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_session_ends_when_idle_and_after_twelve_hours() {
        let pairing = Pairing::new().unwrap();
        let sid = pairing.pair(pairing.code().reveal()).unwrap().sid;
        for _ in 0..25 {
            assert!(pairing.session(&sid).is_some());
            assert!(pairing.touch(&sid));
            tokio::time::advance(Duration::from_secs(29 * 60 + 59)).await;
        }
        assert!(!pairing.is_alive(&sid));
        assert!(!pairing.touch(&sid));
        let sid = pairing.pair(pairing.code().reveal());
        assert_eq!(sid.map(|_| ()), Err(Unpaired::Late));
        let sid = pairing.pair(pairing.code().reveal()).unwrap().sid;
        tokio::time::advance(config::SESSION_IDLE).await;
        assert!(pairing.session(&sid).is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn wrong_codes_slow_down_for_a_minute() {
        let pairing = Pairing::new().unwrap();
        for _ in 0..config::FAILURES_PER_MINUTE {
            assert_eq!(pairing.delay(), Duration::ZERO);
            assert_eq!(pairing.pair("").map(|_| ()), Err(Unpaired::Wrong));
        }
        assert_eq!(pairing.delay(), config::FAILURE_DELAY);
        tokio::time::advance(Duration::from_mins(1)).await;
        assert_eq!(pairing.delay(), Duration::ZERO);
    }
}
