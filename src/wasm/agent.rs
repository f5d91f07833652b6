//! My Docker: one connection to the agent, and one command at a time on it.

mod follow;
mod said;
mod work;

pub use said::{AgentEvent, ConnectError, Engine, OutputStream};

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use futures_channel::{mpsc, oneshot};
use futures_util::StreamExt as _;
use js_sys::{Function, Uint8Array};
use tsify::{Ts, Tsify as _};
use wasm_bindgen::{JsError, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::spawn_local;

use crate::{
    command::Profile,
    protocol::{Call, Event, INPUT_WINDOW, RpcError, call, call::Ready, event::EngineState, proof},
    wasm::socket::{Happening, Session, Socket},
};

/// The most bytes of input in one frame.
const INPUT_CHUNK: u64 = 16 * 1024;

/// A connection to the agent.
#[wasm_bindgen]
pub struct Agent {
    socket: Socket,
    ready: Ready,
    shared: Rc<Shared>,
}

/// What the methods share: JavaScript may call one while another waits.
struct Shared {
    on_event: Function,
    on_bytes: Function,
    happenings: RefCell<Option<mpsc::UnboundedReceiver<Happening>>>,
    socket: Socket,
    /// The job that runs.
    job: Cell<Option<u32>>,
    input: RefCell<Option<Input>>,
    is_process: Cell<bool>,
    is_interrupted: Cell<bool>,
    prompt: RefCell<Option<oneshot::Sender<Option<String>>>>,
    profile: Cell<Profile>,
    /// Columns and rows.
    size: Cell<(u16, u16)>,
}

/// What goes to a stream: as much as the agent has room for.
struct Input {
    stream: u32,
    sent: u64,
    granted: u64,
    waiting: VecDeque<u8>,
}

impl Shared {
    /// From now on, input goes to `stream`.
    fn begin_input(&self, stream: u32) {
        let input = Input { stream, sent: 0, granted: INPUT_WINDOW, waiting: VecDeque::new() };
        self.input.borrow_mut().replace(input);
    }

    fn stream(&self) -> Option<u32> {
        self.input.borrow().as_ref().map(|it| it.stream)
    }

    fn has_input(&self) -> bool {
        self.input.borrow().as_ref().is_some_and(|it| !it.waiting.is_empty())
    }

    fn send_input(&self, bytes: &[u8]) {
        if let Some(input) = self.input.borrow_mut().as_mut() {
            input.waiting.extend(bytes);
            input.flush(&self.socket);
        }
    }

    fn grant_input(&self, stream: u32, bytes: u64) {
        if let Some(input) = self.input.borrow_mut().as_mut().filter(|it| it.stream == stream) {
            input.granted += bytes;
            input.flush(&self.socket);
        }
    }

    fn emit(&self, event: &AgentEvent) {
        if let Ok(value) = event.into_ts().map(JsValue::from) {
            // What a callback throws is the page's own fault, and it has its own report of it.
            let _thrown = self.on_event.call1(&JsValue::NULL, &value);
        }
    }

    fn bytes(&self, bytes: &[u8]) {
        let _thrown = self.on_bytes.call1(&JsValue::NULL, &Uint8Array::from(bytes));
    }

    fn say(&self, stream: OutputStream, text: impl Into<String>) {
        self.emit(&AgentEvent::Output { stream, text: text.into(), bytes: 0 });
    }

    /// Passes everything on to the command that runs, and the state of engine and connection to the page.
    async fn watch(
        self: Rc<Self>,
        mut from: mpsc::UnboundedReceiver<Happening>,
        to: mpsc::UnboundedSender<Happening>,
    ) {
        while let Some(happening) = from.next().await {
            match &happening {
                Happening::Event(Event::EngineState { state }) => {
                    self.emit(&AgentEvent::Engine { up: *state == EngineState::Up });
                }
                Happening::Closed(reason) => {
                    self.prompt.borrow_mut().take();
                    self.emit(&AgentEvent::Closed { reason: reason.clone() });
                }
                Happening::Event(Event::StreamCredit { stream, bytes }) => {
                    self.grant_input(*stream, *bytes);
                }
                Happening::Event(_) | Happening::Bytes { .. } => (),
            }
            let _gone = to.unbounded_send(happening);
        }
    }
}

impl Input {
    fn flush(&mut self, socket: &Socket) {
        loop {
            let room = self.granted.saturating_sub(self.sent).min(INPUT_CHUNK);
            let room = usize::try_from(room).unwrap_or_default().min(self.waiting.len());
            if room == 0 {
                return;
            }
            let chunk: Vec<u8> = self.waiting.drain(..room).collect();
            socket.bytes(self.stream, self.sent, &chunk);
            self.sent += chunk.len() as u64;
        }
    }
}

#[wasm_bindgen]
impl Agent {
    /// Connects to the agent at `url` (`ws://127.0.0.1:PORT/v1/socket`) with a session's id and key.
    ///
    /// # Errors
    /// A [`ConnectError`].
    pub async fn connect(
        url: String,
        sid: String,
        key: String,
        origin: String,
        callbacks: Callbacks,
    ) -> Result<Self, JsValue> {
        let Callbacks { on_event, on_bytes } = callbacks;
        let key = proof::unhex(&key).filter(|it| it.len() == proof::KEY_BYTES).unwrap_or_default();
        let session = Session { sid, key, origin, port: port(&url) };
        let client = concat!("web/", env!("CARGO_PKG_VERSION"));
        let (socket, ready, happenings) =
            Socket::connect(&url, &session, client).await.map_err(|it| connect_error(&it))?;
        let (to, receiver) = mpsc::unbounded();
        let shared = Rc::new(Shared {
            on_event,
            on_bytes,
            happenings: RefCell::new(Some(receiver)),
            socket: socket.clone(),
            job: Cell::default(),
            input: RefCell::default(),
            is_process: Cell::default(),
            is_interrupted: Cell::default(),
            prompt: RefCell::default(),
            profile: Cell::default(),
            size: Cell::new((80, 24)),
        });
        spawn_local(Rc::clone(&shared).watch(happenings, to));
        Ok(Self { socket, ready, shared })
    }

    /// The engine that the agent found when the page connected.
    ///
    /// # Errors
    /// Never, unless the result cannot be made into JavaScript values.
    pub fn engine(&self) -> Result<Option<Ts<Engine>>, JsError> {
        let Some(it) = &self.ready.engine else { return Ok(None) };
        Ok(Some(Engine::from(it.clone()).into_ts()?))
    }

    /// Asks what engine there is now.
    ///
    /// # Errors
    /// A [`ConnectError`], also where no engine answers.
    pub async fn refresh(&self) -> Result<Ts<Engine>, JsValue> {
        let info: call::EngineInfo = self
            .shared
            .socket
            .ask_for(&Call::EngineInfo(call::Nothing {}))
            .await
            .map_err(|it| connect_error(&it))?;
        Engine::from(info).into_ts().map_err(|_| JsValue::NULL)
    }

    /// Lets lists be printed as another Docker prints them: `20.10`, `28` or `29`.
    #[wasm_bindgen(js_name = setProfile)]
    pub fn set_profile(&self, profile: &str) {
        self.shared.profile.set(profile.parse().unwrap_or_default());
    }

    /// Runs one docker command line for real, with the files of the workspace (a JSON object from path to text),
    /// and gives its exit code. One command at a time: a second one is refused with exit code 1.
    pub async fn run(&self, line: String, files: String) -> u8 {
        let Some(mut happenings) = self.shared.happenings.borrow_mut().take() else {
            self.shared.say(OutputStream::Note, "Another command still runs.\n");
            return 1;
        };
        // What an earlier command left behind is not this one's; that the connection ended is.
        let mut is_closed = false;
        while let Ok(happening) = happenings.try_recv() {
            is_closed |= matches!(happening, Happening::Closed(_));
        }
        let exit = if is_closed {
            self.shared.say(OutputStream::Note, "The connection to the agent has ended.\n");
            1
        } else {
            let work = work::Work {
                socket: &self.socket,
                shared: &self.shared,
                happenings: &mut happenings,
            };
            work.line(&line, &files).await
        };
        self.shared.job.set(None);
        self.shared.input.borrow_mut().take();
        self.shared.happenings.borrow_mut().replace(happenings);
        exit
    }

    /// Sends bytes to the standard input of the process that runs.
    pub fn input(&self, bytes: &[u8]) {
        self.shared.send_input(bytes);
    }

    /// Ends the standard input of the process that runs.
    pub fn eof(&self) {
        if let Some(stream) = self.shared.stream() {
            self.socket.tell(&Call::StreamEof(call::Stream { stream }));
        }
    }

    /// Sets the size of the terminal, of the process that runs and of those to come.
    pub fn resize(&self, cols: u16, rows: u16) {
        let (cols, rows) = (cols.clamp(1, 1000), rows.clamp(1, 1000));
        self.shared.size.set((cols, rows));
        if let Some(stream) = self.shared.stream() {
            self.socket.tell(&Call::StreamResize(call::Resize { stream, cols, rows }));
        }
    }

    /// Says that bytes of output have been shown, so that as many more may come.
    pub fn granted(&self, bytes: u32) {
        if let (Some(stream), true) = (self.shared.stream(), bytes > 0) {
            self.socket.tell(&Call::StreamCredit(call::Credit { stream, bytes: bytes.into() }));
        }
    }

    /// Interrupts what runs: a process first like Ctrl+C, the second time for good; a build or transfer at once.
    pub fn cancel(&self) {
        if let Some(waiting) = self.shared.prompt.borrow_mut().take() {
            let _gone = waiting.send(None);
        }
        let (Some(job), Some(stream)) = (self.shared.job.get(), self.shared.stream()) else {
            return;
        };
        let is_first = !self.shared.is_interrupted.replace(true);
        if self.shared.is_process.get() && is_first {
            self.socket
                .tell(&Call::StreamSignal(call::Signal { stream, signal: "INT".to_owned() }));
        } else {
            self.socket.tell(&Call::JobCancel(call::JobCancel { job }));
        }
    }

    /// Answers a prompt.
    pub fn answer(&self, text: String) {
        if let Some(waiting) = self.shared.prompt.borrow_mut().take() {
            let _gone = waiting.send(Some(text));
        }
    }

    /// Ends the connection.
    pub fn close(&self) {
        self.socket.close();
    }
}

/// The page's two functions.
#[wasm_bindgen]
pub struct Callbacks {
    on_event: Function,
    on_bytes: Function,
}

#[wasm_bindgen]
impl Callbacks {
    /// `onEvent` gets every [`AgentEvent`], `onBytes` the raw bytes of a terminal as `Uint8Array`.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(on_event: Function, on_bytes: Function) -> Self {
        Self { on_event, on_bytes }
    }
}

/// The port in `ws://host:port/…`; 0, which no agent has, if there is none.
fn port(url: &str) -> u16 {
    let host = url.split('/').nth(2).unwrap_or_default();
    host.rsplit_once(':').and_then(|it| it.1.parse().ok()).unwrap_or_default()
}

fn connect_error(error: &RpcError) -> JsValue {
    let kind = serde_json::to_string(&error.data.kind).unwrap_or_default();
    let kind = kind.trim_matches('"').to_owned();
    let error = ConnectError { kind, message: error.message.clone() };
    error.into_ts().map_or(JsValue::NULL, JsValue::from)
}
