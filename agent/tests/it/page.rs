//! A page, as far as the agent can see it.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use dockwright::protocol::{
    Call, Channel, Event, Frame, FromAgent, RpcError, SUBPROTOCOL,
    call::{Auth, ContextBegun, ContextPut, Credit, Nothing, Ready, Started},
    event::JobState,
    proof,
    rpc::encode_call,
};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::Value;
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Error, Message, client::IntoClientRequest as _, handshake::client::Request,
        protocol::CloseFrame,
    },
};

use crate::agent::{Agent, Paired};

/// How long anything may take.
const TIME: Duration = Duration::from_mins(1);

/// A connection that has proved itself.
pub(crate) struct Page {
    socket: Socket,
    next: u64,
    answers: BTreeMap<u64, Result<Value, RpcError>>,
    pub(crate) events: VecDeque<Event>,
    output: BTreeMap<(u32, u8), Vec<u8>>,
    /// Whether it grants credit for what it receives.
    pub(crate) generous: bool,
    pub(crate) ready: Ready,
}

pub(crate) type Socket = WebSocketStream<TcpStream>;

/// How a job ended.
#[derive(Debug, PartialEq)]
pub(crate) struct Ended {
    pub(crate) state: JobState,
    pub(crate) error: Option<RpcError>,
    /// What each `stream.exit` said.
    pub(crate) exits: Vec<Option<i64>>,
}

/// The request for the WebSocket.
pub(crate) fn request(port: u16, origin: &str) -> Request {
    let mut request = format!("ws://127.0.0.1:{port}/v1/socket").into_client_request().unwrap();
    request.headers_mut().insert("origin", origin.parse().unwrap());
    request.headers_mut().insert("sec-websocket-protocol", SUBPROTOCOL.parse().unwrap());
    request
}

/// Connects, without a proof.
pub(crate) async fn connect(port: u16, request: Request) -> Result<Socket, Error> {
    let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.set_nodelay(true).unwrap();
    Ok(tokio_tungstenite::client_async(request, stream).await?.0)
}

/// The next message, or how the connection was closed.
pub(crate) async fn receive(socket: &mut Socket) -> Result<Message, Option<CloseFrame>> {
    loop {
        return match timeout(TIME, socket.next()).await.expect("a message in time") {
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
            Some(Ok(Message::Close(frame))) => Err(frame),
            Some(Ok(message)) => Ok(message),
            Some(Err(_)) | None => Err(None),
        };
    }
}

/// The proof for a hello.
pub(crate) fn auth(agent: &Agent, paired: &Paired, hello: &Message) -> Auth {
    let Ok(FromAgent::Event(Event::Hello { nonce, protocol: 1, .. })) =
        FromAgent::decode(hello.to_text().unwrap())
    else {
        panic!("{hello}")
    };
    let key = proof::unhex(&paired.key).unwrap();
    let mine = "00112233445566778899aabbccddeeff".to_owned();
    let mac = proof::of_page(&key, agent.port, &agent.origin(), &nonce, &mine);
    Auth { sid: paired.sid.clone(), nonce: mine, mac, client: "test".to_owned() }
}

impl Page {
    /// Pairs and connects.
    pub(crate) async fn open(agent: &Agent) -> Self {
        Self::open_with(agent, &agent.pair()).await
    }

    /// Connects.
    pub(crate) async fn open_with(agent: &Agent, paired: &Paired) -> Self {
        let mut socket = connect(agent.port, request(agent.port, &agent.origin())).await.unwrap();
        let hello = receive(&mut socket).await.unwrap();
        let auth = Call::Auth(auth(agent, paired, &hello));
        socket.send(Message::text(encode_call(Some(1), &auth))).await.unwrap();
        let answer = receive(&mut socket).await.unwrap();
        let Ok(FromAgent::Response { id: 1, result }) =
            FromAgent::decode(answer.to_text().unwrap())
        else {
            panic!("{answer}")
        };
        let ready: Ready = serde_json::from_str(&result.unwrap().to_string()).unwrap();
        let (answers, events, output) = (BTreeMap::new(), VecDeque::new(), BTreeMap::new());
        Self { socket, next: 2, answers, events, output, generous: true, ready }
    }

    /// Asks, and waits for the answer.
    pub(crate) async fn ask(&mut self, call: Call) -> Result<Value, RpcError> {
        let id = self.next;
        self.next += 1;
        self.send(Message::text(encode_call(Some(id), &call))).await;
        self.answer(id).await
    }

    /// Waits for an answer.
    pub(crate) async fn answer(&mut self, id: u64) -> Result<Value, RpcError> {
        loop {
            if let Some(answer) = self.answers.remove(&id) {
                return answer;
            }
            self.pump().await.unwrap();
        }
    }

    /// Asks for something that starts a job.
    pub(crate) async fn start(&mut self, call: Call) -> Started {
        serde_json::from_value(self.ask(call).await.unwrap()).unwrap()
    }

    /// Says something without an answer.
    pub(crate) async fn tell(&mut self, call: Call) {
        self.send(Message::text(encode_call(None, &call))).await;
    }

    /// Sends input.
    pub(crate) async fn input(&mut self, stream: u32, offset: u64, payload: &[u8]) {
        let frame = Frame { channel: Channel::Stdin, stream, offset, payload };
        self.send(Message::binary(frame.encode())).await;
    }

    /// Sends anything.
    pub(crate) async fn send(&mut self, message: Message) {
        self.socket.send(message).await.unwrap();
    }

    /// A context with these files, committed.
    pub(crate) async fn context(&mut self, files: &[(&str, &str)]) -> u32 {
        let begun = self.ask(Call::ContextBegin(Nothing {})).await.unwrap();
        let ContextBegun { ctx, stream } = serde_json::from_value(begun).unwrap();
        let mut offset = 0;
        for (path, text) in files {
            let put = ContextPut {
                ctx,
                path: (*path).to_owned(),
                size: text.len() as u64,
                executable: false,
            };
            self.ask(Call::ContextPut(put)).await.unwrap();
            if !text.is_empty() {
                self.input(stream, offset, text.as_bytes()).await;
                offset += text.len() as u64;
            }
        }
        self.ask(Call::ContextCommit(dockwright::protocol::call::Context { ctx })).await.unwrap();
        ctx
    }

    /// Receives one message.
    pub(crate) async fn pump(&mut self) -> Result<(), Option<CloseFrame>> {
        match receive(&mut self.socket).await? {
            Message::Text(text) => match FromAgent::decode(&text).unwrap() {
                FromAgent::Response { id, result } => {
                    let result = result.map(|it| serde_json::from_str(&it.to_string()).unwrap());
                    drop(self.answers.insert(id, result));
                }
                FromAgent::Event(event) => self.events.push_back(event),
            },
            Message::Binary(bytes) => {
                let Frame { channel, stream, offset, payload } = Frame::decode(&bytes).unwrap();
                let output = self.output.entry((stream, channel.number())).or_default();
                if self.generous {
                    assert_eq!(offset, output.len() as u64, "no byte is missing");
                    let credit = Call::StreamCredit(Credit { stream, bytes: payload.len() as u64 });
                    output.extend_from_slice(payload);
                    // The agent may have ended the connection already.
                    drop(self.socket.send(Message::text(encode_call(None, &credit))).await);
                } else {
                    output.extend_from_slice(payload);
                }
            }
            other => panic!("{other}"),
        }
        Ok(())
    }

    /// Receives until something is so.
    pub(crate) async fn until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let received = async {
            while !is_so(self) {
                self.pump().await.unwrap();
            }
        };
        timeout(TIME, received).await.unwrap_or_else(|_| panic!("no {what}"));
    }

    /// Receives until the stream has printed a text.
    pub(crate) async fn until_printed(&mut self, stream: u32, text: &str) {
        self.until(text, |it| it.stdout(stream).contains(text)).await;
    }

    /// Receives until the connection is closed: how.
    pub(crate) async fn until_closed(&mut self) -> Option<CloseFrame> {
        loop {
            if let Err(frame) = self.pump().await {
                return frame;
            }
        }
    }

    /// Receives until a job has ended.
    pub(crate) async fn ended(&mut self, job: &Started) -> Ended {
        let is_end = |it: &Event| match it {
            Event::JobState { job: it, state, .. } => *it == job.job && *state != JobState::Running,
            _ => false,
        };
        self.until("the end of the job", |it| it.events.iter().any(is_end)).await;
        let exits = self.events.iter().filter_map(|it| match it {
            Event::StreamExit { stream, code } if *stream == job.stream => Some(*code),
            _ => None,
        });
        let exits = exits.collect();
        match self.events.iter().find(|it| is_end(it)) {
            Some(Event::JobState { state, error, .. }) => {
                Ended { state: *state, error: error.clone(), exits }
            }
            _ => unreachable!(),
        }
    }

    /// What a stream has printed.
    pub(crate) fn stdout(&self, stream: u32) -> String {
        String::from_utf8_lossy(self.bytes(stream, 1)).into_owned()
    }

    /// What it has printed to its errors.
    pub(crate) fn stderr(&self, stream: u32) -> String {
        String::from_utf8_lossy(self.bytes(stream, 2)).into_owned()
    }

    /// The bytes of a channel.
    pub(crate) fn bytes(&self, stream: u32, channel: u8) -> &[u8] {
        self.output.get(&(stream, channel)).map(Vec::as_slice).unwrap_or_default()
    }
}

impl Ended {
    /// The end of a container with this exit code.
    pub(crate) fn exit(code: i64) -> Self {
        Self { state: JobState::Succeeded, error: None, exits: vec![Some(code)] }
    }
}
