//! A build, stage by stage.

mod outcome;
mod start;

use std::{
    borrow::Cow,
    sync::{Arc, LazyLock},
};

use crate::{
    diagnostic::Diagnostic,
    image::{Config, Platform},
    order::Map,
    scope::{GlobalOptions, Globals, Stage, Stages},
    simulate::{
        Build, Change, History, Options, Shared, StageInfo, Step, StepKind, Warning,
        checks::{self, Checks},
        epoch::{self, Epoch},
        layers,
        plan::{self, File, Plan},
        stage::{Context, State},
        step::{self, Effect, wrong},
    },
    syntax::{Instruction, Parse, parse},
    text::Span,
};

/// The code of an error that says that a base image is not known. It is ours, not Docker's.
pub const BASE: &str = "base";

/// What the steps of a build say may take this many bytes for each byte of the file, and some more: a `RUN` repeats all
/// arguments, a `WORKDIR` the path, an `ONBUILD` runs in every stage on top.
const WEIGHT_OF_BYTE: usize = 4;
const SPARE_WEIGHT: usize = 16 << 20;

/// What the simulated engine runs on. Most stages and images are for it, and share it.
pub(super) static HOST: LazyLock<Arc<Platform>> = LazyLock::new(Arc::default);

/// The history of a base image that has none.
pub(super) static NO_HISTORY: LazyLock<Arc<Vec<History>>> = LazyLock::new(Arc::default);

/// A platform that many share.
pub(super) fn shared(it: Platform) -> Arc<Platform> {
    if it == **HOST { Arc::clone(&HOST) } else { Arc::new(it) }
}

/// Finds what a build of `source` does and gives.
pub fn build(source: &str, options: &Options<'_>) -> Build {
    build_parsed(source, &parse(source), options)
}

/// The same for a file that is parsed already: `parse` is what [`parse()`] says about `source`.
pub fn build_parsed(source: &str, parse: &Parse<'_>, options: &Options<'_>) -> Build {
    let (checks, error) = Checks::new(source, options);
    let checks = Some(checks).filter(Checks::can_fail);
    let mut build = Work { source, parse, options }.run(checks, error).0;
    layers::check(&mut build, options);
    build
}

/// The same, and what BuildKit's build checks warn about.
pub fn build_checked(
    source: &str,
    parse: &Parse<'_>,
    options: &Options<'_>,
) -> (Build, Vec<Warning>) {
    let (mut build, warnings) = build_unlaid(source, parse, options);
    layers::check(&mut build, options);
    (build, warnings)
}

/// The same, but nobody looks whether files are there: who lays the [`layers`] afterwards finds that out.
pub fn build_unlaid(
    source: &str,
    parse: &Parse<'_>,
    options: &Options<'_>,
) -> (Build, Vec<Warning>) {
    let (checks, error) = Checks::new(source, options);
    Work { source, parse, options }.run(Some(checks), error)
}

/// What is to be built.
struct Work<'w> {
    source: &'w str,
    parse: &'w Parse<'w>,
    options: &'w Options<'w>,
}

impl Work<'_> {
    /// Builds, and checks if there are checks. `wrong` is what is wrong with the options of the checks.
    fn run(self, mut checks: Option<Checks>, wrong: Option<Diagnostic>) -> (Build, Vec<Warning>) {
        let Self { source, parse, options } = self;
        let stages = Stages::new(parse);
        let host: &Platform = &HOST;
        let platform = match options.platform {
            Some(it) => shared(it.clone()),
            None => Arc::clone(&HOST),
        };
        let whole = Shared::from(source);
        let mut build = Build {
            steps: Vec::new(),
            config: Config::default(),
            author: String::new(),
            platform: Arc::clone(&HOST),
            base_history: Arc::clone(&NO_HISTORY),
            stages: Vec::new(),
            target: None,
            errors: start::parse_errors(parse),
            related: Vec::new(),
        };
        build.stages.reserve_exact(stages.list.len());
        let last = stages.list.last().and_then(|it| it.name.as_deref());
        let target = options.target.filter(|it| !it.is_empty()).or(last).unwrap_or("default");
        let mut build_args = Cow::Borrowed(options.build_args);
        let global =
            GlobalOptions { build_args: &build_args, target, build: host, platform: &platform };
        build.errors.splice(0..0, wrong);
        if let Some(checks) = &mut checks {
            checks.instructions(source, parse);
            let defaults = Globals::defaults(stages.global, &global, parse.escape);
            checks.stages(&stages, defaults.as_ref(), parse.escape);
        }
        let (mut globals, wrong) = Globals::with(stages.global, &global, parse.escape);
        build.errors.extend(wrong);
        match epoch::resolve(&globals, &build_args, &stages, parse.escape) {
            Ok(Epoch::Unchanged) => (),
            Ok(value) => epoch::set(&value, &mut globals, build_args.to_mut()),
            Err(error) => build.errors.push(*error),
        }
        if let Some(checks) = &mut checks {
            checks.end_if(!build.errors.is_empty());
            checks.heads(source, parse, &stages, &globals);
        }
        let mut plan =
            plan::plan(&File { source, parse, stages: &stages }, &globals, options, host);
        if let Some(checks) = &mut checks {
            checks.end_if(plan.errors.iter().any(|it| it.code != BASE));
        }
        build.errors.append(&mut plan.errors);
        build.related.append(&mut plan.related);
        build.target = plan.target;
        let needed = plan.stages.iter().zip(&stages.list).filter(|it| it.0.needed);
        build.steps.reserve_exact(needed.map(|it| it.1.body.len() + 1).sum());
        let mut builder = Builder {
            source,
            escape: parse.escape,
            stages: &stages,
            globals: &globals,
            build_args: &build_args,
            platform: Arc::clone(&platform),
            whole: &whole,
            states: Vec::new(),
            users: start::users(&plan),
            result: None,
            build,
            weight: 0,
            max_weight: SPARE_WEIGHT + WEIGHT_OF_BYTE * source.len(),
            is_full: false,
            checks,
            parse,
            ignored: checks::ignored(options),
        };
        builder.check_bases(&plan);
        for (at, stage) in stages.list.iter().enumerate() {
            builder.stage(at, stage, &mut plan);
        }
        builder.finish(options)
    }
}

/// What the end of a stage says about the image besides its configuration.
struct Result {
    author: String,
    platform: Arc<Platform>,
    history: Arc<Vec<History>>,
}

struct Builder<'b> {
    source: &'b str,
    escape: char,
    stages: &'b Stages<'b, 'b>,
    globals: &'b Globals,
    build_args: &'b Map<String>,
    /// The machine that the image is for.
    platform: Arc<Platform>,
    whole: &'b Shared,
    /// The state at the end of each stage, until the last stage that stands on it takes it.
    states: Vec<Option<Box<State>>>,
    /// What the stage of the image says about it.
    result: Option<Result>,
    /// How many stages will still stand on each stage.
    users: Vec<usize>,
    build: Build,
    /// How many bytes the steps take, and how many they may take.
    weight: usize,
    max_weight: usize,
    /// Whether they took more, which is said.
    is_full: bool,
    /// BuildKit's build checks, if they are wanted.
    checks: Option<Checks>,
    parse: &'b Parse<'b>,
    /// The patterns of `.dockerignore`.
    ignored: Vec<String>,
}

/// Where a step belongs.
#[derive(Clone, Copy)]
struct Place {
    span: Span,
    stage: usize,
    trigger: bool,
}

impl Builder<'_> {
    fn stage(&mut self, at: usize, stage: &Stage<'_, '_>, plan: &mut Plan) {
        let stages = self.stages;
        let is_only = plan.has_one_stage();
        let name = || if is_only { String::new() } else { stages.display_name(at) };
        let Some(planned) = plan.stages.get_mut(at) else { return };
        let mut planned = std::mem::take(planned);
        self.build.stages.push(StageInfo {
            name: stage.name.clone(),
            span: stage.head.span,
            base: planned.base.clone(),
            needed: planned.needed,
            platform: Arc::clone(planned.platform.as_ref().unwrap_or(&self.platform)),
        });
        if !planned.needed {
            return;
        }
        let triggers = std::mem::take(&mut planned.triggers);
        if let Some(checks) = &mut self.checks {
            checks.start_stage(at, planned.base.as_ref());
        }
        let mut state = self.start(at, stage, planned);
        if self.checks.is_some() {
            state.unset.get_or_insert_default();
        }
        if let Some(info) = self.build.stages.last_mut() {
            info.platform = Arc::clone(&state.platform);
        }
        let ignored = std::mem::take(&mut self.ignored);
        let context = Context {
            source: self.source,
            whole: self.whole,
            line: ("", self.whole),
            escape: self.escape,
            globals: self.globals,
            build_args: self.build_args,
            stages: self.stages,
            stage: at,
            name: &name,
            ignored: &ignored,
        };
        let place = Place { span: stage.head.span, stage: at, trigger: true };
        if let Some(checks) = &mut self.checks {
            checks.look_at(place.span, &[]);
        }
        for text in triggers {
            let effect = step::trigger(&mut state, &text, &context, self.checks.as_mut());
            let growth = state.take_growth();
            match effect {
                Ok(Some((line, effect))) => {
                    if !self.push(place, line, effect) {
                        break;
                    }
                }
                Ok(None) => (),
                Err(error) => {
                    self.error(Diagnostic { span: stage.head.head(), ..*error });
                    self.weight += growth;
                    if !self.has_room(place.span) {
                        break;
                    }
                }
            }
        }
        for instruction in stage.body {
            let line = context.share(&instruction.line);
            let context = Context { line: (&instruction.line, &line), ..context };
            let effect = step::apply(&mut state, instruction, &context);
            self.check(
                instruction,
                effect.as_ref().ok().and_then(Option::as_ref),
                &mut state,
                &context,
            );
            let growth = state.take_growth();
            match effect {
                Ok(Some(effect)) => {
                    if !self.push(
                        Place { span: instruction.span, trigger: false, ..place },
                        line,
                        effect,
                    ) {
                        break;
                    }
                }
                Ok(None) => (),
                Err(error) => {
                    self.error(*error);
                    // What came to nothing had its price too, and may be in the words of the error.
                    self.weight += growth;
                    if !self.has_room(instruction.span) {
                        break;
                    }
                }
            }
        }
        self.ignored = ignored;
        if self.build.target == Some(at) {
            self.result = Some(Result {
                author: state.author.clone(),
                platform: Arc::clone(&state.image_platform),
                history: Arc::clone(&state.history),
            });
        }
        if self.users.get(at).is_some_and(|it| *it > 0) {
            self.states.resize_with(self.users.len(), || None);
            if let Some(slot) = self.states.get_mut(at) {
                *slot = Some(Box::new(state));
            }
        }
    }

    /// Looks at an instruction that was applied.
    fn check(
        &mut self,
        it: &Instruction<'_>,
        effect: Option<&Effect>,
        state: &mut State,
        context: &Context<'_>,
    ) {
        if let Some(checks) = &mut self.checks {
            let comments: Vec<&str> = self.parse.doc_texts(it, self.source).collect();
            checks.look_at(it.span, &comments);
            checks.step(it, effect, state, context);
        }
    }

    fn error(&mut self, error: Diagnostic) {
        if let Some(checks) = &mut self.checks {
            checks.end();
        }
        let Build { errors, steps, .. } = &mut self.build;
        if errors.len() == errors.capacity() {
            // An instruction is a step or an error.
            let rest = steps.capacity().saturating_sub(steps.len() + errors.len());
            errors.reserve_exact(rest.clamp(4, 4 + 3 * errors.len()));
        }
        errors.push(error);
    }

    /// Looks at the platforms of the base images, before anything is run on them.
    fn check_bases(&mut self, plan: &Plan) {
        let Some(checks) = &mut self.checks else { return };
        for (stage, planned) in self.stages.list.iter().zip(&plan.stages) {
            if let (Some(image), Some(from)) = (&planned.image, stage.from)
                && let Ok(name) = self.globals.expand(&from.image, self.escape)
            {
                let expected = planned.platform.as_ref().unwrap_or(&self.platform);
                let place = stage.head.span;
                checks.base_image(&name.text, expected, &image.platform, place);
            }
        }
    }

    /// Adds a step. Says whether there is room for more.
    fn push(&mut self, place: Place, text: Shared, effect: Effect) -> bool {
        let Place { span, stage, trigger } = place;
        if self.is_full {
            return false;
        }
        self.weight += effect.weight() + if trigger { size_of::<Step>() + text.len() } else { 0 };
        let Effect { kind, change } = effect;
        let has_layer = match (&kind, &change) {
            (StepKind::Run { .. } | StepKind::Copy { .. }, _) => true,
            // BuildKit makes no layer for a directory that is always there.
            (StepKind::Workdir, Change::WorkingDir(it)) => !matches!(it.as_str(), "/" | "\\"),
            _ => false,
        };
        self.build.steps.push(Step { span, stage, text, kind, change, has_layer, trigger });
        self.has_room(span)
    }

    /// Whether there is room for more steps; says so if there is none.
    fn has_room(&mut self, span: Span) -> bool {
        let is_full = self.weight > self.max_weight;
        if is_full && !std::mem::replace(&mut self.is_full, true) {
            let message = "the build is too large to simulate";
            let help = "Dockwright stops here: the values of this file grow with each line.";
            self.build.errors.push(wrong(span, message, help));
        }
        !is_full
    }
}
