//! `dockwright serve`: from binding the port to the last clean-up.

mod listen;
mod tell;

use std::{path::PathBuf, sync::Arc, time::Duration};

use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    signal::unix::{Signal, SignalKind, signal},
    sync::{Semaphore, mpsc, watch},
    task::JoinSet,
    time::{Instant, interval, timeout, timeout_at},
};
use tokio_util::sync::CancellationToken;

use self::{listen::Listeners, tell::Teller};
use crate::{
    app::app,
    args::Serve,
    assets::{Assets, NoPage},
    config,
    docker::{Engine, NotASocket},
    fleet::Fleet,
    gate::Gate,
    hub::{Hub, Names, Room, Used},
    journal::{self, Journal},
    pairing::Pairing,
    secret::NoRandomness,
};

/// How often orphans are looked for.
const REAP_EVERY: Duration = Duration::from_secs(5);

/// Why the agent cannot serve.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServeError {
    #[error(transparent)]
    Page(#[from] NoPage),
    #[error(transparent)]
    Engine(#[from] NotASocket),
    #[error(transparent)]
    Listen(#[from] listen::ListenError),
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    #[error(
        "the agent cannot note its containers in {folder}: {error}. Give another folder with --state-dir"
    )]
    Journal { folder: String, error: std::io::Error },
    #[error("the file {file} for the link cannot be written: {error}")]
    PairFile { file: String, error: std::io::Error },
    #[error("signals cannot be received: {0}")]
    Signals(std::io::Error),
}

/// What can happen to the server.
enum Happening {
    Connected(TcpStream),
    Used(Used),
    Done,
    Stop,
}

/// Serves until Ctrl-C or another signal that ends programs.
pub(crate) async fn serve(args: Serve) -> Result<(), ServeError> {
    let Serve { port, page, engine, state_dir, pair_file } = args;
    let assets = Assets::read(&page)?;
    let engine = Engine::new(&engine)?;
    let signals = Signals::new()?;
    let listeners = Listeners::bind(port).await?;
    let folder = state_dir.or_else(default_state_dir);
    let journal = Journal::open(folder.as_deref()).map_err(|error| {
        let folder = folder.as_deref().map(|it| it.display().to_string()).unwrap_or_default();
        ServeError::Journal { folder, error }
    })?;
    let (used, uses) = mpsc::channel(4);
    let (up, watched) = watch::channel(false);
    let hub = Arc::new(Hub {
        port: listeners.port,
        gate: Gate::new(listeners.port),
        pairing: Pairing::new()?,
        engine,
        up: watched,
        journal,
        fleet: Fleet::default(),
        names: Names::default(),
        room: Room::default(),
        stop: CancellationToken::new(),
        used,
    });
    let teller = Teller::new(Arc::clone(&hub), pair_file);
    teller.write_link()?;
    teller.welcome(listeners.missing.as_ref()).await;
    let mut tasks = JoinSet::new();
    tasks.spawn(watch_engine(Arc::clone(&hub), up));
    tasks.spawn(look_after(Arc::clone(&hub), folder));
    accept(&hub, assets, listeners, &teller, (uses, signals)).await;
    let deadline = Instant::now() + config::SHUTDOWN;
    hub.stop.cancel();
    tell::stopping();
    drop(tasks);
    clean_up(&hub, deadline).await;
    teller.forget_link();
    Ok(())
}

/// Accepts connections until it is time to stop.
async fn accept(
    hub: &Arc<Hub>,
    assets: Assets,
    listeners: Listeners,
    teller: &Teller,
    (mut uses, mut signals): (mpsc::Receiver<Used>, Signals),
) {
    let service = TowerToHyperService::new(app(Arc::clone(hub), assets));
    let room = Arc::new(Semaphore::new(config::MAX_CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        let happening = tokio::select! {
            stream = listeners.accept() => Happening::Connected(stream),
            Some(used) = uses.recv() => Happening::Used(used),
            Some(_) = connections.join_next() => Happening::Done,
            () = signals.next() => Happening::Stop,
        };
        match happening {
            Happening::Connected(stream) => {
                // Whoever comes when it is full finds a closed door, and nobody else is disturbed.
                let Ok(permit) = Arc::clone(&room).try_acquire_owned() else { continue };
                let service = service.clone();
                connections.spawn(async move {
                    let connection = http1::Builder::new()
                        .timer(TokioTimer::new())
                        .header_read_timeout(config::HEAD_TIME)
                        .max_buf_size(config::MAX_HEAD)
                        .serve_connection(TokioIo::new(stream), service)
                        .with_upgrades();
                    // A broken connection concerns only the one at its other end.
                    let _broken = connection.await;
                    drop(permit);
                });
            }
            Happening::Used(used) => teller.used(used),
            Happening::Done => (),
            Happening::Stop => return,
        }
    }
}

/// Asks the engine now and then whether it is there.
async fn watch_engine(hub: Arc<Hub>, up: watch::Sender<bool>) {
    let mut tick = interval(config::ENGINE_WATCH);
    let mut misses = 0;
    loop {
        tick.tick().await;
        misses = if hub.engine.is_up().await { 0 } else { misses + 1 };
        // One slow answer is not an engine that is gone.
        let is_up = misses == 0 || (misses == 1 && *up.borrow());
        up.send_if_modified(|it| std::mem::replace(it, is_up) != is_up);
    }
}

/// Removes what an agent before this one has left, and from then on what pages leave.
async fn look_after(hub: Arc<Hub>, folder: Option<PathBuf>) {
    let mut tick = interval(REAP_EVERY);
    let mut swept = false;
    loop {
        tick.tick().await;
        if let Some(folder) = folder.as_deref().filter(|_| !swept) {
            swept = journal::sweep(&hub.engine, folder).await.is_ok();
        }
        for (token, id) in hub.fleet.orphans() {
            if hub.engine.remove(&id, true).await.is_ok() {
                hub.journal.gone(&token);
                hub.fleet.remove(&token);
            }
        }
    }
}

/// Waits for the connections to end, then removes what is left.
async fn clean_up(hub: &Arc<Hub>, deadline: Instant) {
    let most = u32::try_from(config::MAX_SOCKETS).unwrap_or(u32::MAX);
    let _late = timeout(config::CLEAN_UP, hub.room.sockets.acquire_many(most)).await;
    let mut removals = JoinSet::new();
    for (token, id) in hub.journal.containers() {
        let hub = Arc::clone(hub);
        removals.spawn(async move {
            if hub.engine.remove(&id, true).await.is_ok() {
                hub.journal.gone(&token);
            }
        });
    }
    let _late = timeout_at(deadline, async { while removals.join_next().await.is_some() {} }).await;
    hub.journal.close();
}

struct Signals {
    interrupt: Signal,
    terminate: Signal,
    /// The terminal was closed.
    hangup: Signal,
    quit: Signal,
}

impl Signals {
    fn new() -> Result<Self, ServeError> {
        let on = |kind| signal(kind).map_err(ServeError::Signals);
        Ok(Self {
            interrupt: on(SignalKind::interrupt())?,
            terminate: on(SignalKind::terminate())?,
            hangup: on(SignalKind::hangup())?,
            quit: on(SignalKind::quit())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => (),
            _ = self.terminate.recv() => (),
            _ = self.hangup.recv() => (),
            _ = self.quit.recv() => (),
        }
    }
}

/// Where programs of this user keep what they must remember.
fn default_state_dir() -> Option<PathBuf> {
    let from = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|it| it.is_absolute());
    let base = from("XDG_STATE_HOME").or_else(|| from("HOME").map(|it| it.join(".local/state")));
    base.map(|it| it.join("dockwright"))
}

impl Listeners {
    /// The next connection, from either address. Safe to cancel.
    async fn accept(&self) -> TcpStream {
        let other = async {
            match &self.v6 {
                Some(listener) => accepted(listener).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            stream = accepted(&self.v4) => stream,
            stream = other => stream,
        }
    }
}

async fn accepted(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // With Nagle's algorithm small messages wait for each other's acknowledgement.
                let _slow = stream.set_nodelay(true);
                return stream;
            }
            // Out of file descriptors, most likely: some will be free soon.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}
