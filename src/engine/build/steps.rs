//! Carries out the steps of a build one after the other.

use std::sync::Arc;

use super::{Cached, Plan, around::Around, copy};
use crate::{
    command::Build,
    engine::{
        Engine, Image, Layer, Output, Root, SharedRoot,
        program::{self, Process, Ran},
        root::NotStarted,
    },
    image::{Config, Digest, Reference},
    simulate::{Base, CopyStep, Replay, Step, StepKind, cache::Keys, files::Copying},
};

/// Seconds that a step with a command takes.
const RUN_TIME: i64 = 5;

/// What came of one step.
pub(super) struct Done {
    /// Whether it was taken from an earlier build.
    pub(super) cached: bool,
    /// What its command printed, or what the pull of its base image did.
    pub(super) output: Output,
    /// The image after it.
    pub(super) id: Digest,
    /// The id of its intermediate container.
    pub(super) container: Digest,
    /// Seconds.
    pub(super) time: i64,
}

/// Why a build stopped.
pub(super) enum Failure {
    /// The command ended with this code.
    Exit(u8),
    /// The command could not be started.
    Start(String),
    /// Files cannot be copied: the builder's message.
    Files(String),
    /// The base image cannot be had: the reference and the daemon's words.
    Base(Reference, String),
}

/// What came of a build.
pub(super) struct Report {
    /// The steps that were carried out; the last one failed if `failure` says so.
    pub(super) done: Vec<Done>,
    pub(super) failure: Option<Failure>,
    pub(super) id: Digest,
    pub(super) layers: Vec<Layer>,
    pub(super) root: SharedRoot,
}

/// The image of a stage while it grows.
#[derive(Clone)]
pub(super) struct Stage {
    id: Digest,
    layers: Vec<Layer>,
    pub(super) root: SharedRoot,
}

pub(super) struct Builder<'a> {
    engine: &'a mut Engine,
    plan: &'a Plan,
    build: &'a Build,
    keys: Keys,
    /// The number, the name and the image of each stage so far.
    stages: Vec<(usize, Option<String>, Stage)>,
    replay: Replay,
}

impl<'a> Builder<'a> {
    pub(super) fn new(engine: &'a mut Engine, plan: &'a Plan, build: &'a Build) -> Self {
        let keys = Keys::default();
        Self { engine, plan, build, keys, stages: Vec::new(), replay: Replay::default() }
    }

    pub(super) fn run(mut self, steps: &[Step]) -> Report {
        let mut done = Vec::new();
        let mut failure = None;
        for step in steps {
            match self.step(step) {
                Ok(it) => done.push(it),
                Err(failed) => {
                    let (it, why) = *failed;
                    done.push(it);
                    failure = Some(why);
                    break;
                }
            }
        }
        let last = self.stages.pop().map(|it| it.2);
        let last = last.unwrap_or_else(scratch);
        let (id, layers) = match self.engine.pins.get(&last.id) {
            Some(pin) => (pin.id.clone(), resized(last.layers, pin.size)),
            None => (last.id, last.layers),
        };
        if let (Some(it), None) = (done.last_mut(), &failure) {
            it.id = id.clone();
        }
        Report { done, failure, id, layers, root: last.root }
    }

    fn step(&mut self, step: &Step) -> Result<Done, Box<(Done, Failure)>> {
        let config = self.replay.after(step).clone();
        let mut keys = std::mem::take(&mut self.keys);
        let key_of_files = keys.key(step, &self.known());
        self.keys = keys;
        let container = self.engine.new_id("intermediate");
        let mut done = Done {
            cached: false,
            output: Output::default(),
            id: container.clone(),
            container,
            time: 0,
        };
        if let StepKind::From { base } = &step.kind {
            return self.from(step, base, done);
        }
        let Some((_, _, stage)) = self.stages.last().cloned() else { return Ok(done) };
        let copied = match &step.kind {
            StepKind::Copy(it) => {
                let CopyStep { sources, destination, from, options } = &**it;
                let source = match from.as_deref().map(|it| self.known().files(it)) {
                    None => Arc::clone(&self.plan.context),
                    Some(Ok(it)) => it,
                    Some(Err(image)) => {
                        return Err(Box::new((done, Failure::Base(image, String::new()))));
                    }
                };
                let copying = Copying {
                    sources,
                    destination,
                    options,
                    working_dir: &config.working_dir,
                    has_base: !stage.layers.is_empty(),
                };
                let profile = self.engine.profile;
                let target = stage.root.tree();
                match copy::copy(&source, target, &copying, from.is_some(), profile) {
                    Ok(copied) => Some(copied),
                    Err(message) => return Err(Box::new((done, Failure::Files(message)))),
                }
            }
            StepKind::From { .. }
            | StepKind::Run { .. }
            | StepKind::Workdir
            | StepKind::Metadata => None,
        };
        let content = copied.as_ref().map_or("", |it| it.content.as_str());
        let settings = serde_json::to_string(&config).unwrap_or_default();
        // The ids that the course shows are older than this field, which means nothing on Linux.
        let settings = settings.replace(&format!(",\"ArgsEscaped\":{}", config.args_escaped), "");
        let key = format!("{}\n{}\n{settings}{content}", stage.id, step.created_by());
        let id = Digest::of(key.as_bytes());
        done.id = id.clone();
        // The classic builder knows a step by the image that it gives; BuildKit by what its files depend on.
        let key = match key_of_files {
            Some(key) if self.engine.profile.has_buildkit() => Digest::of(key.as_bytes()),
            _ => id.clone(),
        };
        if let Some(cached) = self.engine.cache.get(&key).filter(|_| !self.build.no_cache) {
            let Cached { layers, root } = cached.clone();
            done.cached = true;
            self.replace(Stage { id, layers, root });
            return Ok(done);
        }
        let mut next = stage;
        next.id = id;
        match &step.kind {
            StepKind::Run(it) => {
                done.time = RUN_TIME;
                self.engine.clock += RUN_TIME;
                let (output, failure) = command(&mut next, &config, &it.argv());
                done.output = output;
                if let Some(failure) = failure {
                    return Err(Box::new((done, failure)));
                }
            }
            StepKind::Copy { .. } => {
                let changes = copied.map(|it| it.changes).unwrap_or_default();
                let sizes = changes.iter().filter_map(|it| it.after.as_ref()?.size());
                let size = sizes.sum();
                Arc::make_mut(&mut next.root).apply(&changes);
                next.push_layer(size);
            }
            StepKind::Workdir => {
                let directory = config.working_dir;
                Arc::make_mut(&mut next.root).directories.insert(directory);
                next.push_layer(0);
            }
            StepKind::From { .. } | StepKind::Metadata => {}
        }
        let cached = Cached { layers: next.layers.clone(), root: Arc::clone(&next.root) };
        self.engine.cache.insert(key, cached);
        self.replace(next);
        Ok(done)
    }

    fn from(
        &mut self,
        step: &Step,
        base: &Base,
        mut done: Done,
    ) -> Result<Done, Box<(Done, Failure)>> {
        let stage = match base {
            Base::Scratch => scratch(),
            Base::Stage(at) => {
                let found = self.stages.iter().find(|it| it.0 == *at);
                let found = found.map(|it| it.2.clone());
                found.unwrap_or_else(scratch)
            }
            Base::Image(reference) => match self.base(reference, &mut done) {
                Ok(image) => Stage { id: image.id, layers: image.layers, root: image.root },
                Err(why) => {
                    return Err(Box::new((done, Failure::Base(Reference::clone(reference), why))));
                }
            },
        };
        done.id = stage.id.clone();
        let words: Vec<&str> = step.text.split_whitespace().collect();
        let name = match words.as_slice() {
            [.., word, name] if word.eq_ignore_ascii_case("as") => Some(name.to_ascii_lowercase()),
            _ => None,
        };
        self.stages.push((step.stage, name, stage));
        Ok(done)
    }

    /// The base image: the classic builder pulls it into the list of images, BuildKit keeps it to itself.
    fn base(&mut self, reference: &Reference, done: &mut Done) -> Result<Image, String> {
        let name = reference.clone().with_default_tag();
        let here = self.engine.tags.iter().find(|it| it.0 == name).map(|it| it.1.clone());
        if let Some(image) = here.and_then(|it| self.engine.images.get(&it)) {
            return Ok(image.clone());
        }
        if self.engine.profile.has_buildkit() {
            done.cached = self.engine.cache.contains_key(&Digest::of(name.to_string().as_bytes()));
            let image = self.engine.hub.pull(&name).cloned().map_err(|_| String::new())?;
            let root = Arc::clone(&image.root);
            let seen = Cached { layers: Vec::new(), root };
            self.engine.cache.insert(Digest::of(name.to_string().as_bytes()), seen);
            return Ok(image);
        }
        let progress = self.engine.fetch(&name)?;
        done.output = Output::ok(progress);
        self.engine.image(&name.to_string()).cloned().ok_or_else(String::new)
    }

    fn known(&self) -> Around<'_> {
        Around { engine: self.engine, plan: self.plan, stages: &self.stages }
    }

    fn replace(&mut self, stage: Stage) {
        if let Some(last) = self.stages.last_mut() {
            last.2 = stage;
        }
    }
}

impl Stage {
    fn push_layer(&mut self, size: u64) {
        let id = Digest::of(format!("layer/{}", self.id).as_bytes());
        self.layers.push(Layer { id, size });
    }
}

fn scratch() -> Stage {
    Stage { id: Digest::of(b"scratch"), layers: Vec::new(), root: Arc::new(Root::default()) }
}

/// Layers that have a total size: the last one takes the difference.
fn resized(mut layers: Vec<Layer>, size: u64) -> Vec<Layer> {
    let below: u64 = layers.iter().rev().skip(1).map(|it| it.size).sum();
    if let Some(last) = layers.last_mut() {
        last.size = size.saturating_sub(below);
    }
    layers
}

/// Runs the command of a `RUN`.
fn command(stage: &mut Stage, config: &Config, argv: &[String]) -> (Output, Option<Failure>) {
    let directory = &config.working_dir;
    let mut process = Process {
        root: Arc::clone(&stage.root),
        env: config.env.clone(),
        directory: if directory.is_empty() { "/".to_owned() } else { directory.clone() },
        hostname: "buildkitsandbox".to_owned(),
        user: config.user.clone(),
        first: argv.join(" "),
        tty: false,
        stdin: false,
        grown: 0,
    };
    let first = argv.first().map_or("", String::as_str);
    if let Err(why) = process.find(first) {
        let why = match why {
            NotStarted::Missing => format!("stat {first}: no such file or directory"),
            NotStarted::NotInPath => "executable file not found in $PATH".to_owned(),
            NotStarted::Directory | NotStarted::NotExecutable => "permission denied".to_owned(),
        };
        return (Output::default(), Some(Failure::Start(format!("exec: \"{first}\": {why}"))));
    }
    let output = match program::start(&mut process, argv) {
        Ran::Done(output) => output,
        Ran::Foreground(output, _) => {
            output.note("This command would not end, and the build would wait for it.").exit(130)
        }
    };
    if output.exit != 0 {
        let exit = output.exit;
        return (output, Some(Failure::Exit(exit)));
    }
    stage.root = process.root;
    stage.push_layer(u64::try_from(process.grown).unwrap_or_default());
    (output, None)
}
