//! What waits to go to a page: bytes of streams, as far as the page has room, and then how each stream ended.
//!
//! A page grants credit; streams take turns. When a page takes nothing, a producer waits two seconds, no longer: an
//! engine whose output nobody reads stops answering even `kill`. Then the oldest bytes are dropped, and the page is
//! told where the gap is.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
};

use bytes::{Bytes, BytesMut};
use dockwright::protocol::{Channel, Event, Frame, OUTPUT_WINDOW, rpc::encode_event};
use tokio::{
    sync::Notify,
    time::{Instant, timeout_at},
};

use crate::{config, lock::Locked as _};

/// All streams of a connection.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    state: Mutex<State>,
    /// There may be something to send.
    wake: Notify,
}

/// Something to send.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Out {
    Text(String),
    Binary(Vec<u8>),
}

/// Where a producer puts the bytes of its stream.
#[derive(Debug, Clone)]
pub(crate) struct Outlet {
    outbox: Arc<Outbox>,
    stream: u32,
    /// There is room again.
    room: Arc<Notify>,
}

#[derive(Debug, Default)]
struct State {
    flows: BTreeMap<u32, Flow>,
    /// Whose turn was last.
    last: u32,
}

#[derive(Debug)]
struct Flow {
    /// Whether the page knows the stream's number.
    open: bool,
    queue: VecDeque<Item>,
    held: usize,
    credit: u64,
    /// When the page last took or granted something, or there was nothing to take.
    progress: Instant,
    /// Where the next byte of each output channel goes.
    offsets: BTreeMap<u8, u64>,
    /// What was dropped of each channel and not yet told.
    gaps: BTreeMap<u8, (u64, u64)>,
    discard: bool,
    /// Whether its producer waits no more: the engine has nothing to be held up for.
    hurry: bool,
    room: Arc<Notify>,
}

#[derive(Debug)]
enum Item {
    Bytes { channel: Channel, offset: u64, bytes: BytesMut },
    Text(String),
    End,
}

impl Outbox {
    /// Makes a stream. Nothing of it is sent before [`Outlet::open`].
    pub(crate) fn stream(self: &Arc<Self>, stream: u32) -> Outlet {
        let room = Arc::new(Notify::new());
        let flow = Flow {
            open: false,
            queue: VecDeque::new(),
            held: 0,
            credit: OUTPUT_WINDOW,
            progress: Instant::now(),
            offsets: BTreeMap::new(),
            gaps: BTreeMap::new(),
            discard: false,
            hurry: false,
            room: Arc::clone(&room),
        };
        self.state.locked().flows.insert(stream, flow);
        Outlet { outbox: Arc::clone(self), stream, room }
    }

    /// The page has room for more.
    pub(crate) fn grant(&self, stream: u32, bytes: u64) {
        if let Some(flow) = self.state.locked().flows.get_mut(&stream) {
            flow.credit = flow.credit.saturating_add(bytes).min(config::MAX_CREDIT);
            flow.progress = Instant::now();
        }
        self.wake.notify_one();
    }

    /// Gives up what a page has long not taken of streams that have ended: a gap stands for it.
    pub(crate) fn expire(&self) {
        for flow in self.state.locked().flows.values_mut() {
            let ended = matches!(flow.queue.back(), Some(Item::End));
            if ended && flow.progress.elapsed() >= config::LAST_CREDIT {
                while matches!(flow.queue.front(), Some(Item::Bytes { .. })) {
                    flow.drop_oldest();
                }
            }
        }
        self.wake.notify_one();
    }

    /// How many streams there are.
    pub(crate) fn len(&self) -> usize {
        self.state.locked().flows.len()
    }

    /// The next thing to send. One writer waits here. Safe to cancel.
    pub(crate) async fn next(&self) -> Out {
        loop {
            let woken = self.wake.notified();
            if let Some(out) = self.state.locked().take() {
                return out;
            }
            woken.await;
        }
    }
}

impl Outlet {
    /// The page has been told the stream's number.
    pub(crate) fn open(&self) {
        if let Some(flow) = self.outbox.state.locked().flows.get_mut(&self.stream) {
            flow.open = true;
            flow.progress = Instant::now();
        }
        self.outbox.wake.notify_one();
    }

    /// Puts bytes into the stream, when there is room for them.
    pub(crate) async fn write(&self, channel: Channel, bytes: Bytes) {
        loop {
            let room = self.room.notified();
            let patience = {
                let mut state = self.outbox.state.locked();
                let Some(flow) = state.flows.get_mut(&self.stream) else { return };
                let patience = flow.progress + config::PATIENCE;
                if flow.discard
                    || flow.hurry
                    || flow.held < config::HELD
                    || Instant::now() >= patience
                {
                    flow.push(channel, &bytes);
                    drop(state);
                    self.outbox.wake.notify_one();
                    return;
                }
                patience
            };
            // Too late is no error: the next round finds out.
            let _late = timeout_at(patience, room).await;
        }
    }

    /// Puts text into the stream.
    pub(crate) async fn text(&self, text: String) {
        if !text.is_empty() {
            self.write(Channel::Stdout, text.into()).await;
        }
    }

    /// From now on writing waits for nothing: what has no room is kept, or becomes a gap.
    pub(crate) fn hurry(&self) {
        if let Some(flow) = self.outbox.state.locked().flows.get_mut(&self.stream) {
            flow.hurry = true;
        }
        self.room.notify_one();
    }

    /// From now on the bytes are dropped: nobody wants them any more.
    pub(crate) fn discard(&self) {
        if let Some(flow) = self.outbox.state.locked().flows.get_mut(&self.stream) {
            flow.discard = true;
            flow.queue.retain(|it| !matches!(it, Item::Bytes { .. }));
            flow.held = 0;
            flow.gaps.clear();
        }
        self.room.notify_one();
    }

    /// Ends the stream. The events follow its last byte.
    pub(crate) fn end(&self, events: &[Event]) {
        if let Some(flow) = self.outbox.state.locked().flows.get_mut(&self.stream) {
            flow.queue.extend(events.iter().map(|it| Item::Text(encode_event(it))));
            flow.queue.push_back(Item::End);
        }
        self.outbox.wake.notify_one();
    }

    /// Forgets the stream, which the page has never known.
    pub(crate) fn forget(&self) {
        self.outbox.state.locked().flows.remove(&self.stream);
    }
}

impl State {
    fn take(&mut self) -> Option<Out> {
        let after = self.flows.range(self.last.saturating_add(1)..).map(|(it, _)| *it);
        let before = self.flows.range(..=self.last).map(|(it, _)| *it);
        let turns: Vec<u32> = after.chain(before).collect();
        for stream in turns {
            let Some(flow) = self.flows.get_mut(&stream).filter(|it| it.open) else { continue };
            if matches!(flow.queue.front(), Some(Item::End)) {
                self.flows.remove(&stream);
            } else if let Some(out) = flow.take(stream) {
                self.last = stream;
                return Some(out);
            }
        }
        None
    }
}

impl Flow {
    fn push(&mut self, channel: Channel, bytes: &[u8]) {
        if self.discard || bytes.is_empty() {
            return;
        }
        if self.held == 0 {
            self.progress = Instant::now();
        }
        let next = self.offsets.entry(channel.number()).or_default();
        let offset = *next;
        *next += bytes.len() as u64;
        self.held += bytes.len();
        match self.queue.back_mut() {
            Some(Item::Bytes { channel: last, bytes: before, .. })
                if *last == channel && before.len() + bytes.len() <= config::TURN =>
            {
                before.extend_from_slice(bytes);
            }
            _ => self.queue.push_back(Item::Bytes { channel, offset, bytes: bytes.into() }),
        }
        while self.held > config::RING {
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        let Some(Item::Bytes { channel, offset, bytes }) = self.queue.pop_front() else {
            self.held = 0;
            return;
        };
        self.held -= bytes.len();
        let to = offset + bytes.len() as u64;
        let gap = self.gaps.entry(channel.number()).or_insert((offset, to));
        gap.1 = to;
    }

    fn take(&mut self, stream: u32) -> Option<Out> {
        if let Some((channel, (from, to))) = self.gaps.pop_first() {
            return Some(Out::Text(encode_event(&Event::StreamGap { stream, channel, from, to })));
        }
        match self.queue.front_mut()? {
            Item::End => None,
            Item::Text(text) => {
                let out = Out::Text(std::mem::take(text));
                self.queue.pop_front();
                Some(out)
            }
            Item::Bytes { channel, offset, bytes } => {
                let credit = usize::try_from(self.credit).unwrap_or(usize::MAX);
                let size = bytes.len().min(credit).min(config::TURN);
                if size == 0 {
                    return None;
                }
                let payload = bytes.split_to(size);
                let frame = Frame { channel: *channel, stream, offset: *offset, payload: &payload };
                let out = Out::Binary(frame.encode());
                *offset += size as u64;
                if bytes.is_empty() {
                    self.queue.pop_front();
                }
                self.held -= size;
                self.credit -= size as u64;
                self.progress = Instant::now();
                self.room.notify_one();
                Some(out)
            }
        }
    }
}

#[cfg(test)]
mod tests;
