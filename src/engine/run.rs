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
    simulate::argv::{self, RunWords},
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
        let (pulled, id) = self.image_to_run(run)?;
        let fail = |text: String| (pulled.clone(), usage::run_error(&text, self.profile));
        let daemon = |text: &str| fail(format!("Error response from daemon: {text}"));
        let Some(image) = self.images.get(&id).cloned() else {
            return Err(daemon(&format!("No such image: {}", run.image)));
        };
        let words = RunWords { entrypoint: run.entrypoint.clone(), args: run.args.clone() };
        let argv = argv::resolve(&image.config, &words).map_err(|error| match self.profile {
            Profile::V20_10 => daemon("No command specified"),
            Profile::V28 | Profile::V29 => daemon(&error.to_string()),
        })?;
        if let Some(directory) = run.workdir.as_deref().filter(|it| !it.starts_with('/')) {
            return Err(daemon(&format!(
                "the working directory '{directory}' is invalid, it needs to be an absolute path"
            )));
        }
        let used = run.name.as_ref().and_then(|it| self.containers.iter().find(|c| c.name == *it));
        if let Some(other) = used {
            let (name, id) = (&other.name, other.id.hex());
            return Err(daemon(&format!(
                "Conflict. The container name \"/{name}\" is already in use by container \"{id}\". You have to remove (or rename) that container to be able to reuse that name"
            )));
        }
        self.clock += 1;
        let container = self.create(run, host, &image, argv);
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

    fn create(
        &mut self,
        run: &Run,
        host: &Host<'_>,
        image: &Image,
        argv: Vec<String>,
    ) -> Container {
        let id = self.new_id("container");
        let config = &image.config;
        let hostname = run.hostname.clone().unwrap_or_else(|| id.short().to_owned());
        let mut environment = crate::image::Config::default();
        environment.set_env("HOSTNAME", &hostname);
        if run.tty {
            environment.set_env("TERM", "xterm");
        }
        environment.set_env("HOME", "/root");
        for (name, value) in config.env.iter().filter_map(|it| it.split_once('=')) {
            environment.set_env(name, value);
        }
        for word in &run.env {
            match word.split_once('=') {
                Some((name, value)) => environment.set_env(name, value),
                None => match host.env.get(word) {
                    Some(value) => environment.set_env(word, value),
                    None => environment.env.retain(|it| !it.starts_with(&format!("{word}="))),
                },
            }
        }
        let directory = run.workdir.clone().unwrap_or_else(|| config.working_dir.clone());
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
            image_name: run.image.clone(),
            argv,
            env: environment.env,
            directory: if directory.is_empty() { "/".to_owned() } else { directory },
            hostname,
            user: run.user.clone().unwrap_or_else(|| config.user.clone()),
            tty: run.tty,
            stdin: run.interactive,
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
        let first = container.argv.first().map_or("", String::as_str);
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
        let argv = container.argv.clone();
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
        Self {
            root: Arc::clone(&container.root),
            env: container.env.clone(),
            directory: container.directory.clone(),
            hostname: container.hostname.clone(),
            user: container.user.clone(),
            first: container.argv.join(" "),
            tty: container.tty,
            stdin: container.stdin,
            grown: 0,
        }
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
