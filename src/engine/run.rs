//! `docker run`: a container, its process 1, and the terminal it may take.

use std::sync::Arc;

use super::{
    Container, Engine, Host, Image, Outcome, Output, Status,
    event::Event,
    names,
    output::ChunkKind,
    program::{self, Foreground, Process, Ran, ping::Tick, shell::Line},
    pull::reference_error,
    root::NotStarted,
};
use crate::{
    command::{Failure, Profile, Run, usage},
    image::{Digest, Reference},
    simulate::merge::{self, MergeError},
};

/// A container whose process has the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Which container.
    pub container: Digest,
    /// What was printed so far.
    pub output: Output,
    /// What runs, process 1 first; empty when it has ended.
    stack: Vec<Foreground>,
    process: Process,
}

impl Attached {
    /// Whether process 1 has ended.
    pub fn has_ended(&self) -> bool {
        self.stack.is_empty()
    }

    /// The prompt of the shell that waits, or `None` while a program runs.
    pub fn prompt(&self) -> Option<String> {
        match self.stack.last() {
            Some(Foreground::Shell(shell)) => Some(shell.prompt(&self.process)),
            Some(Foreground::Ping(_) | Foreground::Waiting(_)) | None => None,
        }
    }

    /// What processes see: for completion.
    pub fn process(&self) -> &Process {
        &self.process
    }
}

impl Engine {
    pub(super) fn run(&mut self, run: &Run, host: &Host<'_>) -> Outcome {
        match self.try_run(run, host) {
            Ok(outcome) => outcome,
            Err((output, failure)) => Outcome::Done(output.err(failure.stderr).exit(failure.exit)),
        }
    }

    fn try_run(&mut self, run: &Run, host: &Host<'_>) -> Result<Outcome, (Output, Failure)> {
        let now = |text: &str| (Output::default(), usage::run_error(text, self.profile));
        // Files are the client's, and come first; the engine looks at the settings before it looks for the image.
        let run = run.clone().resolve(&|it| open(host, it), &|it| host.env.get(it).cloned());
        let run = &run.map_err(|it| now(&it))?;
        merge::check(run).map_err(|it| now(&self.refusal(&it)))?;
        let (pulled, id) = self.image_to_run(run)?;
        let fail = |text: String| (pulled.clone(), usage::run_error(&text, self.profile));
        let daemon = |text: &str| fail(format!("Error response from daemon: {text}"));
        let Some(image) = self.images.get(&id).cloned() else {
            return Err(daemon(&format!("No such image: {}", run.image)));
        };
        let process = merge::merge(&image.config, run).map_err(|it| fail(self.refusal(&it)))?;
        let used = run.name.as_ref().and_then(|it| self.containers.iter().find(|c| c.name == *it));
        if let Some(other) = used {
            let (name, id) = (&other.name, other.id.hex());
            return Err(daemon(&format!(
                "Conflict. The container name \"/{name}\" is already in use by container \"{id}\". You have to remove (or rename) that container to be able to reuse that name"
            )));
        }
        self.clock += 1;
        let container = self.create(run, &image, process);
        Ok(self.start(run, container, pulled))
    }

    /// The image, pulled if it is not here.
    fn image_to_run(&mut self, run: &Run) -> Result<(Output, Digest), (Output, Failure)> {
        let mut output = Output::default();
        let always = run.pull.as_deref() == Some("always");
        if let Some(id) = self.image_id(&run.image).filter(|_| !always) {
            return Ok((output, id));
        }
        let reference = match run.image.parse::<Reference>() {
            Ok(it) => it.with_default_tag(),
            Err(error) => {
                let why = reference_error(&error, self.profile);
                return Err((output, usage::run_error(&why, self.profile)));
            }
        };
        let familiar = reference.familiar();
        if run.pull.as_deref() == Some("never") {
            let text = format!("Error response from daemon: No such image: {familiar}");
            return Err((output, usage::run_error(&text, self.profile)));
        }
        if !always && !run.quiet {
            output = output.err(format!("Unable to find image '{familiar}' locally\n"));
        }
        match self.fetch(&reference) {
            Ok(progress) => {
                if !run.quiet {
                    output = output.err(progress);
                }
                let id = self.image_id(&reference.to_string());
                let missing = || {
                    let text = format!("Error response from daemon: No such image: {familiar}");
                    usage::run_error(&text, self.profile)
                };
                id.map(|it| (output.clone(), it)).ok_or_else(|| (output, missing()))
            }
            Err(error) => {
                let text = format!("Error response from daemon: {error}");
                Err((output, usage::run_error(&text, self.profile)))
            }
        }
    }

    /// What the client prints about a container that cannot be.
    fn refusal(&self, error: &MergeError) -> String {
        match (error, self.profile) {
            (MergeError::Client(text), _) => text.clone(),
            (MergeError::Engine(text), Profile::V28 | Profile::V29) => {
                format!("Error response from daemon: {text}")
            }
            // Its errors of signals and of a missing command begin with a capital letter.
            (MergeError::Engine(text), Profile::V20_10) => {
                let text = text.replacen("no command specified", "No command specified", 1);
                let text = text.replacen("invalid signal: ", "Invalid signal: ", 1);
                format!("Error response from daemon: {text}")
            }
        }
    }

    fn create(&mut self, run: &Run, image: &Image, mut process: merge::Process) -> Container {
        let id = self.new_id("container");
        if process.hostname.is_empty() {
            id.short().clone_into(&mut process.hostname);
        }
        let mut env = process.environment();
        if !env.iter().any(|it| it.starts_with("HOME=")) {
            env.push(format!("HOME={}", home(image, &process.config.user)));
        }
        let hostname = &process.hostname;
        let mut root = Arc::clone(&image.root);
        let hosts = format!("127.0.0.1\tlocalhost\n172.17.0.2\t{hostname}\n");
        let files = &mut Arc::make_mut(&mut root).files;
        files.insert("/etc/hosts".to_owned(), hosts);
        files.insert("/etc/hostname".to_owned(), format!("{hostname}\n"));
        let name = run.name.clone().unwrap_or_else(|| names::name(self.counter));
        Container {
            id,
            name,
            image: image.id.clone(),
            process,
            env,
            detached: run.detach,
            auto_remove: run.rm,
            created: self.clock,
            status: Status::Running { since: self.clock },
            log: String::new(),
            root,
            publish: run.publish.clone(),
        }
    }

    fn start(&mut self, run: &Run, mut container: Container, before: Output) -> Outcome {
        let id = container.id.clone();
        self.record(Event::Container(id.clone()));
        let mut process = Process::of(&container);
        let first = container.process.argv.first().map_or("", String::as_str);
        if let Err(why) = process.find(first) {
            let (text, code) = self.start_error(first, why);
            container.status = Status::Created { code };
            let auto_remove = container.auto_remove;
            self.containers.push(container);
            if auto_remove {
                self.discard(&id);
            }
            let output = if run.detach { before.out(id.hex()) } else { before };
            return Outcome::Done(output.err(text).exit(code));
        }
        let argv = container.process.argv.clone();
        let ran = program::start(&mut process, &argv);
        let printed = match &ran {
            Ran::Done(output) | Ran::Foreground(output, _) => output,
        };
        container.log = printed.stdout() + &printed.text(ChunkKind::Stderr);
        container.root = Arc::clone(&process.root);
        self.containers.push(container);
        match ran {
            Ran::Done(output) => {
                self.clock += 1;
                self.end(&id, output.exit);
                if run.detach {
                    return Outcome::Done(before.out(format!("{}\n", id.hex())));
                }
                let exit = output.exit;
                Outcome::Done(before.then(merged(output, run.tty)).exit(exit))
            }
            Ran::Foreground(..) if run.detach => {
                Outcome::Done(before.out(format!("{}\n", id.hex())))
            }
            Ran::Foreground(output, foreground) => Outcome::Attached(Attached {
                container: id,
                output: before.then(merged(output, run.tty)),
                stack: vec![foreground],
                process,
            }),
        }
    }

    /// What Docker prints when process 1 cannot start, and the exit code.
    fn start_error(&self, name: &str, why: NotStarted) -> (String, u8) {
        let (why, code) = match (why, self.profile) {
            (NotStarted::Missing, _) => (format!("stat {name}: no such file or directory"), 127),
            (NotStarted::NotInPath, _) => ("executable file not found in $PATH".to_owned(), 127),
            (NotStarted::Directory, Profile::V28 | Profile::V29) => {
                ("is a directory: permission denied".to_owned(), 126)
            }
            (NotStarted::Directory | NotStarted::NotExecutable, _) => {
                ("permission denied".to_owned(), 126)
            }
        };
        let start =
            "OCI runtime create failed: runc create failed: unable to start container process: ";
        let text = match self.profile {
            Profile::V20_10 => format!(
                "docker: Error response from daemon: failed to create shim task: {start}exec: \"{name}\": {why}: unknown.\n"
            ),
            Profile::V28 | Profile::V29 => format!(
                "docker: Error response from daemon: failed to create task for container: failed to create shim task: {start}error during container init: exec: \"{name}\": {why}\n\nRun 'docker run --help' for more information\n"
            ),
        };
        (text, code)
    }

    /// A line typed into a container.
    pub fn type_line(&mut self, attached: &mut Attached, line: &str) -> Output {
        let tty = attached.process.tty;
        let Some(Foreground::Shell(shell)) = attached.stack.last_mut() else {
            let note = "A program runs in the foreground. Stop it with Ctrl+C first.";
            return Output::default().note(note);
        };
        self.clock += 1;
        let shown = match shell.line(&mut attached.process, line) {
            Line::Done(output) => output,
            Line::Foreground(output, program) => {
                attached.stack.push(program);
                output
            }
            Line::Exit(output) => {
                attached.stack.pop();
                let said = if tty { Output::ok("exit") } else { Output::default() };
                let exit = output.exit;
                said.then(output).exit(exit)
            }
        };
        self.keep(attached, merged(shown, tty))
    }

    /// A second of the program in the foreground.
    pub fn tick(&mut self, attached: &mut Attached) -> Output {
        self.clock += 1;
        let Some(Foreground::Ping(ping)) = attached.stack.last_mut() else {
            return Output::default();
        };
        let output = match ping.tick() {
            Tick::Goes(output) => output,
            Tick::Ends(output) => {
                attached.stack.pop();
                output
            }
        };
        self.keep(attached, output)
    }

    /// Ctrl+C.
    pub fn interrupt(&mut self, attached: &mut Attached) -> Output {
        let output = match attached.stack.pop() {
            Some(Foreground::Ping(ping)) => ping.interrupt(),
            Some(Foreground::Waiting(_)) => Output::ok("^C").exit(130),
            Some(shell @ Foreground::Shell(_)) => {
                attached.stack.push(shell);
                return Output::ok("^C").exit(130);
            }
            None => Output::default(),
        };
        self.keep(attached, output)
    }

    /// Writes down what a container printed, and that it has ended if it has.
    fn keep(&mut self, attached: &mut Attached, output: Output) -> Output {
        if let Some(Foreground::Shell(shell)) = attached.stack.last_mut() {
            shell.last = output.exit;
        }
        let text = output.stdout() + &output.text(ChunkKind::Stderr);
        let found = self.containers.iter_mut().find(|it| it.id == attached.container);
        if let Some(container) = found {
            container.log.push_str(&text);
            container.root = Arc::clone(&attached.process.root);
        }
        if attached.has_ended() {
            self.end(&attached.container, output.exit);
        }
        output
    }
}

impl Process {
    fn of(container: &Container) -> Self {
        let merge::Process { argv, config, hostname, tty, open_stdin, .. } = &container.process;
        Self {
            root: Arc::clone(&container.root),
            env: container.env.clone(),
            directory: container.directory().to_owned(),
            hostname: hostname.clone(),
            user: config.user.clone(),
            first: argv.join(" "),
            tty: *tty,
            stdin: *open_stdin,
            grown: 0,
        }
    }
}

/// A file of `--env-file`, or why there is none, in the words of Go.
fn open(host: &Host<'_>, path: &str) -> Result<Vec<u8>, String> {
    let place = host.locate(path);
    match place.as_ref().and_then(|it| host.files.get(it)) {
        Some(text) => Ok(text.clone().into_bytes()),
        None if place.is_some_and(|it| !host.below(&it).is_empty()) => {
            Err(format!("read {path}: is a directory"))
        }
        None => Err(format!("open {path}: no such file or directory")),
    }
}

/// The home directory of a user: what `/etc/passwd` says, as far as that is known.
fn home<'i>(image: &'i Image, user: &str) -> &'i str {
    let user = user.split(':').next().unwrap_or_default();
    let passwd = image.root.files.get("/etc/passwd").map(String::as_str).unwrap_or_default();
    let mut rows = passwd.lines().map(|it| it.split(':').collect::<Vec<_>>());
    let found = rows.find_map(|it| match *it.as_slice() {
        [name, _, id, _, _, home, ..] if user == name || user == id => Some(home),
        _ => None,
    });
    match user {
        "" | "root" | "0" => found.unwrap_or("/root"),
        _ => found.unwrap_or("/"),
    }
}

/// A terminal has one stream: what a program writes to either.
fn merged(output: Output, tty: bool) -> Output {
    if !tty {
        return output;
    }
    let mut one = Output::default().exit(output.exit);
    for chunk in output.chunks {
        let kind = match chunk.kind {
            ChunkKind::Stdout | ChunkKind::Stderr => ChunkKind::Stdout,
            ChunkKind::Note => ChunkKind::Note,
        };
        one.push_raw(kind, chunk.text);
    }
    one
}
