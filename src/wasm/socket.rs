//! The WebSocket to the agent, made with gloo-net: proofs, answers by id, and everything else in order.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures_channel::{mpsc, oneshot};
use futures_util::{
    SinkExt as _, StreamExt as _,
    stream::{SplitSink, SplitStream},
};
use gloo_net::websocket::{Message, WebSocketError, futures::WebSocket};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::spawn_local;

use crate::{
    image::digest::hex,
    json::{self, Read as _},
    protocol::{
        Call, Channel, ErrorKind, Event, Frame, FromAgent, RpcError, SUBPROTOCOL, VERSION,
        call::{Auth, Ready},
        proof,
        rpc::encode_call,
    },
};

/// What the agent says without being asked.
#[derive(Debug)]
pub(super) enum Happening {
    /// A notification.
    Event(Event),
    /// Output of a stream.
    Bytes {
        /// The stream.
        stream: u32,
        /// Stdout or stderr.
        channel: Channel,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// The connection has ended; nothing comes after this.
    Closed(String),
}

/// What the page knows of its session with the agent.
pub(super) struct Session {
    pub(super) sid: String,
    /// 32 bytes.
    pub(super) key: Vec<u8>,
    /// The page's own origin, which the agent sees too.
    pub(super) origin: String,
    /// The agent's port.
    pub(super) port: u16,
}

type Answer = Result<json::Value, RpcError>;
type Waiting = (u64, oneshot::Sender<Answer>);

/// A connection that has proved itself.
#[derive(Clone)]
pub(super) struct Socket {
    write: mpsc::UnboundedSender<Message>,
    /// Who waits for which id.
    answers: Rc<RefCell<Vec<Waiting>>>,
    next_id: Rc<Cell<u64>>,
}

type Read = SplitStream<WebSocket>;
type Write = SplitSink<WebSocket, Message>;

impl Socket {
    /// Connects and exchanges proofs. Happenings come in the returned receiver, in their order.
    pub(super) async fn connect(
        url: &str,
        session: &Session,
        client: &str,
    ) -> Result<(Self, Ready, mpsc::UnboundedReceiver<Happening>), RpcError> {
        let unavailable = |it: String| RpcError::new(ErrorKind::Unauthenticated, it);
        let socket = WebSocket::open_with_protocol(url, SUBPROTOCOL)
            .map_err(|it| unavailable(it.to_string()))?;
        let (mut write, mut read) = socket.split();
        let ready = authenticate(&mut write, &mut read, session, client).await?;
        let (outgoing, queue) = mpsc::unbounded();
        let (happen, happenings) = mpsc::unbounded();
        let it = Self { write: outgoing, answers: Rc::default(), next_id: Rc::new(Cell::new(2)) };
        spawn_local(send_all(write, queue));
        spawn_local(it.clone().receive_all(read, happen));
        Ok((it, ready, happenings))
    }

    /// Asks, and waits for the answer.
    pub(super) async fn ask(&self, call: &Call) -> Answer {
        if self.write.is_closed() {
            return Err(closed());
        }
        let id = self.next_id.get();
        self.next_id.set(id + 1);
        let (sender, receiver) = oneshot::channel();
        self.answers.borrow_mut().push((id, sender));
        self.send(Message::Text(encode_call(Some(id), call)));
        receiver.await.unwrap_or_else(|_| Err(closed()))
    }

    /// Asks, and reads the answer.
    pub(super) async fn ask_for<T: json::Read>(&self, call: &Call) -> Result<T, RpcError> {
        let value = self.ask(call).await?;
        T::read(&value).ok_or_else(|| {
            RpcError::new(ErrorKind::Internal, format!("{}: unexpected answer", call.method()))
        })
    }

    /// Says something that has no answer.
    pub(super) fn tell(&self, call: &Call) {
        self.send(Message::Text(encode_call(None, call)));
    }

    /// Sends bytes of a stream's input.
    pub(super) fn bytes(&self, stream: u32, offset: u64, payload: &[u8]) {
        let frame = Frame { channel: Channel::Stdin, stream, offset, payload };
        self.send(Message::Bytes(frame.encode()));
    }

    /// Ends the connection.
    pub(super) fn close(&self) {
        self.write.close_channel();
    }

    fn send(&self, message: Message) {
        // The only error is a closed connection, which `Happening::Closed` reports.
        let _closed = self.write.unbounded_send(message);
    }

    async fn receive_all(self, mut read: Read, happen: mpsc::UnboundedSender<Happening>) {
        let reason = loop {
            let happening = match read.next().await {
                Some(Ok(Message::Text(text))) => match FromAgent::decode(&text) {
                    Ok(FromAgent::Response { id, result }) => {
                        let mut answers = self.answers.borrow_mut();
                        if let Some(at) = answers.iter().position(|it| it.0 == id) {
                            let _gone = answers.swap_remove(at).1.send(result);
                        }
                        continue;
                    }
                    Ok(FromAgent::Event(event)) => Happening::Event(event),
                    Err(_) => {
                        break "The agent sent a message that this page does not know.".to_owned();
                    }
                },
                Some(Ok(Message::Bytes(bytes))) => match Frame::decode(&bytes) {
                    Ok(Frame { channel, stream, payload, .. }) => {
                        Happening::Bytes { stream, channel, bytes: payload.to_vec() }
                    }
                    Err(error) => break format!("The agent sent a malformed frame: {error}."),
                },
                Some(Err(error)) => break reason(&error),
                None => break "The connection to the agent has ended.".to_owned(),
            };
            let _gone = happen.unbounded_send(happening);
        };
        self.close();
        let _gone = happen.unbounded_send(Happening::Closed(reason));
        // Whoever waits for an answer is told by the dropped sender.
        self.answers.borrow_mut().clear();
    }
}

async fn send_all(mut write: Write, mut queue: mpsc::UnboundedReceiver<Message>) {
    while let Some(message) = queue.next().await {
        if write.send(message).await.is_err() {
            return;
        }
    }
    let _closed = write.close().await;
}

async fn authenticate(
    write: &mut Write,
    read: &mut Read,
    session: &Session,
    client: &str,
) -> Result<Ready, RpcError> {
    let FromAgent::Event(Event::Hello { protocol, nonce: agent_nonce, .. }) = next(read).await?
    else {
        return Err(unexpected());
    };
    if protocol != VERSION {
        return Err(RpcError::new(
            ErrorKind::VersionUnsupported,
            format!(
                "The agent speaks version {protocol} of the protocol, this page version {VERSION}."
            ),
        ));
    }
    let nonce = nonce()?;
    let Session { sid, key, origin, port } = session;
    let auth = Call::Auth(Auth {
        sid: sid.clone(),
        nonce: nonce.clone(),
        mac: proof::of_page(key, *port, origin, &agent_nonce, &nonce),
        client: client.to_owned(),
    });
    write.send(Message::Text(encode_call(Some(1), &auth))).await.map_err(|it| refused(&it))?;
    let FromAgent::Response { id: 1, result } = next(read).await? else { return Err(unexpected()) };
    let ready = Ready::read(&result?).ok_or_else(unexpected)?;
    if proof::is_same(&ready.mac, &proof::of_agent(key, &nonce, &agent_nonce)) {
        Ok(ready)
    } else {
        Err(RpcError::new(
            ErrorKind::Unauthenticated,
            "The program that answered is not the agent.",
        ))
    }
}

async fn next(read: &mut Read) -> Result<FromAgent, RpcError> {
    match read.next().await {
        Some(Ok(Message::Text(text))) => FromAgent::decode(&text),
        Some(Ok(Message::Bytes(_))) => Err(unexpected()),
        Some(Err(error)) => Err(refused(&error)),
        None => Err(closed()),
    }
}

/// 16 random bytes, hexadecimal.
fn nonce() -> Result<String, RpcError> {
    let mut bytes = [0; proof::NONCE_BYTES];
    let global = js_sys::global().unchecked_into::<web_sys::WorkerGlobalScope>();
    let filled = global.crypto().and_then(|it| it.get_random_values_with_u8_array(&mut bytes));
    filled
        .map_err(|_| RpcError::new(ErrorKind::Internal, "This browser gives no random numbers."))?;
    Ok(hex(&bytes))
}

fn unexpected() -> RpcError {
    RpcError::new(
        ErrorKind::Unauthenticated,
        "The program that answered does not speak Dockwright's protocol.",
    )
}

fn closed() -> RpcError {
    RpcError::new(ErrorKind::EngineUnavailable, "The connection to the agent has ended.")
}

fn refused(error: &WebSocketError) -> RpcError {
    RpcError::new(ErrorKind::Unauthenticated, reason(error))
}

/// What a person is told of a broken connection.
fn reason(error: &WebSocketError) -> String {
    match error {
        WebSocketError::ConnectionClose(close) => match close.code {
            1001 => {
                "The agent was stopped. Start it again, then connect with its new link.".to_owned()
            }
            4401 => {
                "The agent does not know this page. Connect with the link that the agent prints."
                    .to_owned()
            }
            4403 => "The agent refuses this page's address.".to_owned(),
            4408 => "The agent waited too long for this page.".to_owned(),
            1013 | 4429 => "The agent has too many connections. Close other tabs.".to_owned(),
            _ if close.reason.is_empty() => "The connection to the agent has ended.".to_owned(),
            _ => format!("The agent ended the connection: {}.", close.reason),
        },
        WebSocketError::ConnectionError | WebSocketError::MessageSendError(_) => {
            "The agent does not answer. Start it with `dockwright serve`.".to_owned()
        }
        _ => "The connection to the agent has ended.".to_owned(),
    }
}
