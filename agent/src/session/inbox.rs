//! Input that the page has sent and the container has not taken: as much as the window, no more.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use dockwright::protocol::INPUT_WINDOW;
use tokio::sync::Notify;

use crate::lock::Locked as _;

/// The input of one stream.
#[derive(Debug, Clone, Default)]
pub(crate) struct Inbox {
    state: Arc<Mutex<State>>,
    wake: Arc<Notify>,
}

#[derive(Debug, Default)]
struct State {
    bytes: VecDeque<u8>,
    /// How many bytes have come in all.
    offset: u64,
    /// How many of them the container has taken.
    taken: u64,
    closed: bool,
}

/// The page sent more than it may, or bytes for another place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Overrun;

impl Inbox {
    /// Puts bytes in.
    pub(crate) fn put(&self, offset: u64, bytes: &[u8]) -> Result<(), Overrun> {
        let mut state = self.state.locked();
        let end = offset.saturating_add(bytes.len() as u64);
        if offset != state.offset || end > state.taken.saturating_add(INPUT_WINDOW) {
            return Err(Overrun);
        }
        state.offset = end;
        if !state.closed {
            state.bytes.extend(bytes);
        }
        self.wake.notify_one();
        Ok(())
    }

    /// Nothing more comes.
    pub(crate) fn close(&self) {
        self.state.locked().closed = true;
        self.wake.notify_one();
    }

    /// All there is; `None` when it is closed and empty. Safe to cancel.
    pub(crate) async fn take(&self) -> Option<Vec<u8>> {
        loop {
            let woken = self.wake.notified();
            {
                let mut state = self.state.locked();
                if !state.bytes.is_empty() {
                    return Some(std::mem::take(&mut state.bytes).into());
                }
                if state.closed {
                    return None;
                }
            }
            woken.await;
        }
    }

    /// The container has taken bytes: there is room for as many.
    pub(crate) fn taken(&self, bytes: u64) {
        self.state.locked().taken += bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_window_holds() {
        let inbox = Inbox::default();
        let window = usize::try_from(INPUT_WINDOW).unwrap();
        assert_eq!(inbox.put(0, &vec![1; window]), Ok(()));
        assert_eq!(inbox.put(INPUT_WINDOW, &[1]), Err(Overrun));
        assert_eq!(inbox.take().await.map(|it| it.len()), Some(window));
        inbox.taken(10);
        assert_eq!(inbox.put(INPUT_WINDOW, &[1; 11]), Err(Overrun));
        assert_eq!(inbox.put(INPUT_WINDOW - 1, &[1]), Err(Overrun));
        assert_eq!(inbox.put(INPUT_WINDOW, &[1; 10]), Ok(()));
        inbox.close();
        assert_eq!(inbox.take().await, Some(vec![1; 10]));
        assert_eq!(inbox.take().await, None);
    }
}
