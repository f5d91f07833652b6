//! Carries out one planned command.

use futures_channel::{mpsc, oneshot};
use futures_util::StreamExt as _;

use crate::{
    command::{self, Failure, lex},
    engine::print,
    json::{self, Read as _},
    order::Map,
    protocol::{
        Call, ErrorKind, RpcError,
        call::{self, Started},
        event::JobState,
    },
    remote::{self, BuildPlan, Plan, Pull, Transfer, text},
    wasm::{
        agent::{
            AgentEvent, OutputStream, Shared,
            follow::{Kind, Outcome},
        },
        socket::{Happening, Socket},
    },
};

/// What a command works with.
pub(super) struct Work<'a> {
    pub(super) socket: &'a Socket,
    pub(super) shared: &'a Shared,
    pub(super) happenings: &'a mut mpsc::UnboundedReceiver<Happening>,
}

type Files = Map<String>;

impl Work<'_> {
    /// Reads and carries out a line; gives its exit code.
    pub(super) async fn line(mut self, line: &str, files: &str) -> u8 {
        let files = json::parse(files).and_then(|it| Files::read(&it)).unwrap_or_default();
        match self.plan(line, &files) {
            Ok(Some(plan)) => self.carry_out(plan).await,
            Ok(None) => 0,
            Err(failure) => self.failed(&failure),
        }
    }

    fn plan(&self, line: &str, files: &Files) -> Result<Option<Plan>, Failure> {
        let cleaned = lex::clean(line);
        for note in &cleaned.notes {
            self.shared.say(OutputStream::Note, format!("{note}\n"));
        }
        let words = lex::words(&cleaned.text).map_err(|it| Failure::new(it.to_string(), 2))?;
        match words.split_first() {
            None => Ok(None),
            Some((docker, words)) if docker == "docker" => {
                let invocation = command::invocation(words, self.shared.profile.get())?;
                remote::plan(&invocation, files).map(Some)
            }
            Some((program, _)) => {
                let text = format!("My Docker runs `docker` commands only, not `{program}`.");
                Err(Failure::new(text, 127))
            }
        }
    }

    fn failed(&self, failure: &Failure) -> u8 {
        for (stream, text) in
            [(OutputStream::Stdout, &failure.stdout), (OutputStream::Stderr, &failure.stderr)]
        {
            if !text.is_empty() {
                self.shared.say(stream, text.clone());
            }
        }
        failure.exit
    }

    fn refused(&self, error: &RpcError) -> u8 {
        self.shared.say(OutputStream::Stderr, text::engine_error(error));
        1
    }

    async fn carry_out(&mut self, plan: Plan) -> u8 {
        match plan {
            Plan::Images(_) | Plan::Ps(_) | Plan::Version | Plan::Tag(_) | Plan::Logout(_) => {
                match self.answer(plan).await {
                    Ok(text) => {
                        self.shared.say(OutputStream::Stdout, text);
                        0
                    }
                    Err(error) => self.refused(&error),
                }
            }
            Plan::Rmi(names) => {
                let mut exit = 0;
                for name in names {
                    exit |= self.each(self.untag(name).await);
                }
                exit
            }
            Plan::Rm(containers) => {
                let mut exit = 0;
                for it in containers {
                    let name = it.container.clone();
                    let removed = self.socket.ask(&Call::ContainerRemove(it)).await;
                    exit |= self.each(removed.map(|_| format!("{name}\n")));
                }
                exit
            }
            Plan::Transfer { before, call, after } => self.transfer(before, &call, after).await,
            Plan::Login { host, user, password } => self.login(host, user, password).await,
            Plan::Build(plan) => match self.build(plan).await {
                Ok(exit) => exit,
                Err(error) => self.refused(&error),
            },
            Plan::Run { call, pull } => self.run(call, pull).await,
        }
    }

    /// Commands that are one answer, or one for each name.
    async fn answer(&self, plan: Plan) -> Result<String, RpcError> {
        let socket = self.socket;
        let profile = self.shared.profile.get();
        let now = now();
        match plan {
            Plan::Images(options) => {
                let list: call::ImageList =
                    socket.ask_for(&Call::ImageList(call::Nothing {})).await?;
                let rows: Vec<_> = list.images.iter().flat_map(remote::rows::images).collect();
                Ok(print::images(&rows, &options, profile, now))
            }
            Plan::Ps(options) => {
                let filter = call::ContainerFilter { all: options.all };
                let list: call::ContainerList =
                    socket.ask_for(&Call::ContainerList(filter)).await?;
                let rows: Vec<_> = list.containers.iter().map(remote::rows::container).collect();
                Ok(print::ps(&rows, &options, profile, now))
            }
            Plan::Tag(it) => socket.ask(&Call::ImageTag(it)).await.map(|_| String::new()),
            Plan::Logout(it) => {
                let host = if it.host.is_empty() {
                    "https://index.docker.io/v1/".to_owned()
                } else {
                    it.host.clone()
                };
                socket.ask(&Call::RegistryLogout(it)).await?;
                Ok(format!("Removing login credentials for {host}\n"))
            }
            Plan::Version => {
                let it: call::EngineInfo =
                    socket.ask_for(&Call::EngineInfo(call::Nothing {})).await?;
                let call::EngineInfo { name, version, api, os, arch, .. } = it;
                Ok(format!(
                    "Server: {name}\n Version:      {version}\n API version:  {api}\n OS/Arch:      {os}/{arch}\n"
                ))
            }
            Plan::Rmi(_)
            | Plan::Rm(_)
            | Plan::Transfer { .. }
            | Plan::Login { .. }
            | Plan::Build(_)
            | Plan::Run { .. } => Ok(String::new()),
        }
    }

    async fn untag(&self, name: call::ImageRemove) -> Result<String, RpcError> {
        let gone: call::ImageRemoved = self.socket.ask_for(&Call::ImageRemove(name)).await?;
        let untagged = gone.untagged.iter().map(|it| format!("Untagged: {it}\n"));
        Ok(untagged.chain(gone.deleted.iter().map(|it| format!("Deleted: {it}\n"))).collect())
    }

    /// Says how one of several went; the exit code is that of the worst.
    fn each(&self, result: Result<String, RpcError>) -> u8 {
        match result {
            Ok(text) => {
                self.shared.say(OutputStream::Stdout, text);
                0
            }
            Err(error) => self.refused(&error),
        }
    }

    async fn transfer(&mut self, before: Vec<String>, call: &Transfer, after: Vec<String>) -> u8 {
        for line in before {
            self.shared.say(OutputStream::Stdout, format!("{line}\n"));
        }
        let outcome = match self.socket.ask_for::<Started>(&call.call()).await {
            Ok(started) => self.follow(&started, Kind::Transfer).await,
            Err(error) => return self.refused(&error),
        };
        let exit = self.ended(&outcome);
        if exit == 0 {
            for line in after {
                self.shared.say(OutputStream::Stdout, format!("{line}\n"));
            }
        }
        exit
    }

    /// Says why a job did not succeed, and gives an exit code.
    fn ended(&self, outcome: &Outcome) -> u8 {
        match (&outcome.state, &outcome.error) {
            (JobState::Succeeded | JobState::Running, _) => 0,
            (JobState::Cancelled, _) => {
                self.shared.say(OutputStream::Note, "Stopped.\n");
                130
            }
            (JobState::Failed | JobState::Lost, Some(error)) => {
                self.shared.say(OutputStream::Stderr, text::job_error(error));
                error.data.exit.unwrap_or(1)
            }
            (JobState::Failed | JobState::Lost, None) => {
                let text = "The connection ended before the command did. What it did on your computer is not known.\n";
                self.shared.say(OutputStream::Note, text);
                1
            }
        }
    }

    async fn login(&mut self, host: String, user: Option<String>, password: Option<String>) -> u8 {
        if password.is_some() {
            let text = "WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n";
            self.shared.say(OutputStream::Stderr, text);
        }
        let user = match user {
            Some(user) => Some(user),
            None => self.prompt("Username: ", false).await,
        };
        let Some(user) = user else { return 1 };
        let secret = match password {
            Some(password) => Some(password),
            None => self.prompt("Password: ", true).await,
        };
        let Some(secret) = secret else { return 1 };
        let login = call::RegistryLogin { host, user, secret };
        match self.socket.ask(&Call::RegistryLogin(login)).await {
            Ok(_) => {
                self.shared.say(OutputStream::Stdout, "Login Succeeded\n");
                0
            }
            Err(error) => self.refused(&error),
        }
    }

    async fn prompt(&self, text: &str, secret: bool) -> Option<String> {
        let (sender, receiver) = oneshot::channel();
        self.shared.prompt.borrow_mut().replace(sender);
        self.shared.emit(&AgentEvent::Prompt { text: text.to_owned(), secret });
        receiver.await.ok().flatten()
    }

    async fn build(&mut self, plan: BuildPlan) -> Result<u8, RpcError> {
        let BuildPlan { files, call } = plan;
        let begun: call::ContextBegun =
            self.socket.ask_for(&Call::ContextBegin(call::Nothing {})).await?;
        self.shared.begin_input(begun.stream);
        for (path, text) in files {
            let size = text.len() as u64;
            let put =
                call::ContextPut { ctx: begun.ctx, path, size, executable: text.starts_with("#!") };
            self.socket.ask(&Call::ContextPut(put)).await?;
            self.shared.send_input(text.as_bytes());
            while self.shared.has_input() {
                if self.is_closed().await {
                    return Ok(1);
                }
            }
        }
        self.socket.ask(&Call::ContextCommit(call::Context { ctx: begun.ctx })).await?;
        let start = Call::BuildStart(call::BuildStart { ctx: begun.ctx, ..call });
        let started: Started = self.socket.ask_for(&start).await?;
        let outcome = self.follow(&started, Kind::Build).await;
        Ok(self.ended(&outcome))
    }

    /// Waits until something happens; whether it is the end of the connection.
    async fn is_closed(&mut self) -> bool {
        matches!(self.happenings.next().await, Some(Happening::Closed(_)) | None)
    }

    async fn run(&mut self, run: call::ContainerRun, pull: Pull) -> u8 {
        let (cols, rows) = self.shared.size.get();
        let size = Some(call::Size { cols, rows });
        let call = Call::ContainerRun(call::ContainerRun { size, ..run.clone() });
        if pull == Pull::Always && !self.pulled(&run.image).await {
            return 125;
        }
        let mut started = self.socket.ask_for::<Started>(&call).await;
        if let Err(error) = &started
            && error.data.kind == ErrorKind::NotFound
            && pull == Pull::Missing
        {
            let text = format!("Unable to find image '{}' locally\n", with_tag(&run.image));
            self.shared.say(OutputStream::Stderr, text);
            if !self.pulled(&run.image).await {
                return 125;
            }
            started = self.socket.ask_for(&call).await;
        }
        let started = match started {
            Ok(started) => started,
            Err(error) => return self.not_started(&error),
        };
        if run.detach {
            let id = started.container.unwrap_or_default();
            self.shared.say(OutputStream::Stdout, format!("{id}\n"));
            return 0;
        }
        let kind = if run.tty { Kind::Terminal } else { Kind::Process };
        if run.tty {
            self.shared.emit(&AgentEvent::Tty { on: true });
        }
        let outcome = self.follow(&started, kind).await;
        if run.tty {
            self.shared.emit(&AgentEvent::Tty { on: false });
        }
        match (outcome.code, &outcome.error) {
            (Some(code), None) => u8::try_from(code).unwrap_or(255),
            (_, Some(error)) if outcome.state == JobState::Failed => self.not_started(error),
            (_, _) => self.ended(&outcome),
        }
    }

    /// Pulls the image of a run; whether it is there now.
    async fn pulled(&mut self, image: &str) -> bool {
        match remote::pull(image, None) {
            Ok(Plan::Transfer { call, .. }) => {
                self.transfer(Vec::new(), &call, Vec::new()).await == 0
            }
            Ok(_) | Err(_) => false,
        }
    }

    fn not_started(&self, error: &RpcError) -> u8 {
        self.shared.say(OutputStream::Stderr, text::start_error(error));
        error.data.exit.unwrap_or_else(|| text::start_exit(&error.message))
    }
}

/// The image as `docker run` names it when it is missing.
fn with_tag(image: &str) -> String {
    let reference = image.parse::<crate::image::Reference>();
    reference.map_or_else(|_| image.to_owned(), |it| it.with_default_tag().familiar())
}

/// Seconds since 1970, of the browser's clock.
#[expect(clippy::cast_possible_truncation, reason = "a time in seconds has 40 bits")]
fn now() -> i64 {
    (js_sys::Date::now() / 1000.0) as i64
}
