//! A build, stage by stage.

use std::sync::Arc;

use crate::{
    diagnostic::Diagnostic,
    image::{Config, Platform},
    order,
    scope::{Globals, Stage, Stages},
    simulate::{
        Base, Build, Change, History, Options, StageInfo, Step, StepKind, layers,
        plan::{self, Plan},
        stage::{Context, State},
        step::{self, Effect},
    },
    syntax::{INSTRUCTION, Instruction, Parse, SYNTAX, parse},
};

/// The code of an error that says that a base image is not known. It is ours, not Docker's.
pub const BASE: &str = "base";

/// All configurations of a build together may take this many bytes.
const MAX_WEIGHT: usize = 64 << 20;

/// Finds what a build of `source` does and gives.
pub fn build(source: &str, options: &Options<'_>) -> Build {
    build_parsed(source, &parse(source), options)
}

/// The same for a file that is parsed already: `parse` is what [`parse()`] says about `source`.
pub fn build_parsed(source: &str, parse: &Parse<'_>, options: &Options<'_>) -> Build {
    let stages = Stages::new(parse);
    let (target, missing) = plan::target(&stages, options.target);
    let target_name = target.and_then(|it| stages.list.get(it)?.name.as_deref());
    let target_name = options.target.or(target_name).unwrap_or("default");
    let (globals, wrong) =
        Globals::new(stages.global, options.build_args, target_name, parse.escape);
    let plan = plan::plan(&stages, &globals, target, parse.escape);
    let mut builder = Builder {
        context: Context {
            source,
            escape: parse.escape,
            globals: &globals,
            build_args: options.build_args,
        },
        options,
        states: Vec::new(),
        build: Build::default(),
        weight: 0,
    };
    builder.build.errors.extend(parse.errors.iter().cloned().chain(missing).chain(wrong));
    builder.build.errors.extend(plan.errors.iter().cloned());
    for (at, stage) in stages.list.iter().enumerate() {
        builder.stage(at, stage, &plan);
    }
    let mut build = builder.finish(&stages, &plan);
    layers::check(&mut build, options);
    build
}

struct Builder<'b> {
    context: Context<'b>,
    options: &'b Options<'b>,
    /// The state at the end of each stage; `None` for a stage that is not needed.
    states: Vec<Option<State>>,
    build: Build,
    weight: usize,
}

impl Builder<'_> {
    fn stage(&mut self, at: usize, stage: &Stage<'_, '_>, plan: &Plan) {
        let Some(base) = plan.bases.get(at).cloned().flatten() else {
            // What follows a broken FROM is still looked at, if it is the target.
            let state = (plan.target == Some(at)).then(State::on_scratch);
            let state = state.map(|it| self.body(at, stage, it));
            self.states.push(state);
            return;
        };
        let mut state = self.start(&base, stage);
        let triggers = std::mem::take(&mut state.config.on_build);
        let change = match base {
            Base::Stage(_) => Change::Nothing,
            Base::Image(_) | Base::Scratch => Change::Base(Arc::new(state.config.clone())),
        };
        let start = Effect { kind: StepKind::From { base }, created_by: String::new(), change };
        self.push(at, stage.head, &state, start);
        for text in triggers {
            match step::trigger(&mut state, &text, &self.context) {
                Ok(None) => (),
                Ok(Some((text, effect))) => {
                    self.push(at, stage.head, &state, effect);
                    if let Some(step) = self.build.steps.last_mut() {
                        step.text = text;
                        step.trigger = true;
                    }
                }
                Err(error) => {
                    let span = stage.head.head();
                    self.build.errors.push(Diagnostic { span, ..*error });
                }
            }
        }
        let state = self.body(at, stage, state);
        self.states.push(Some(state));
    }

    /// The state in which a stage starts.
    fn start(&mut self, base: &Base, stage: &Stage<'_, '_>) -> State {
        match base {
            Base::Scratch => State::on_scratch(),
            Base::Stage(below) => match self.states.get(*below) {
                Some(Some(state)) => state.next_stage(),
                Some(None) | None => State::on_scratch(),
            },
            Base::Image(image) => match self.options.bases.find(image, &Platform::default()) {
                Some(image) => State::on_image(image.config),
                None => {
                    let span = stage.from.map_or(stage.head.span, |it| it.image.span);
                    let name = image.clone().with_default_tag().familiar();
                    let message = format!("the configuration of {name} is not known");
                    self.build
                        .errors
                        .push(Diagnostic { code: BASE, ..Diagnostic::error(span, message) });
                    State::on_image(Config::default())
                }
            },
        }
    }

    fn body(&mut self, at: usize, stage: &Stage<'_, '_>, mut state: State) -> State {
        for instruction in stage.body {
            if self.weight > MAX_WEIGHT {
                let message = "the build is too large to simulate";
                let span = instruction.head();
                self.build.errors.push(step::wrong(span, message));
                return state;
            }
            match step::apply(&mut state, instruction, &self.context) {
                Ok(None) => (),
                Ok(Some(effect)) => self.push(at, instruction, &state, effect),
                Err(error) => self.build.errors.push(*error),
            }
        }
        state
    }

    fn push(&mut self, stage: usize, instruction: &Instruction<'_>, state: &State, effect: Effect) {
        let Effect { kind, created_by, change } = effect;
        self.weight += state.weight() + created_by.len();
        self.build.steps.push(Step {
            span: instruction.span,
            stage,
            text: instruction.line.to_string(),
            created_by,
            has_layer: !matches!(kind, StepKind::From { .. } | StepKind::Metadata),
            kind,
            change,
            trigger: false,
        });
    }

    fn finish(mut self, stages: &Stages<'_, '_>, plan: &Plan) -> Build {
        self.build.target = plan.target;
        let state = plan.target.and_then(|it| self.states.get_mut(it)?.take());
        self.build.config = state.map(|it| it.config).unwrap_or_default();
        self.build.stages = stages
            .list
            .iter()
            .zip(&plan.bases)
            .map(|(stage, base)| StageInfo {
                name: stage.name.clone(),
                span: stage.head.span,
                base: base.clone(),
                needed: base.is_some(),
                platform: Platform::default(),
            })
            .collect();
        let rows = self.build.steps.iter().filter(|it| Some(it.stage) == plan.target);
        self.build.history = rows
            .filter(|it| !it.created_by.is_empty())
            .map(|it| History {
                created_by: it.created_by.clone(),
                comment: "buildkit.dockerfile.v0".to_owned(),
                empty_layer: !it.has_layer,
                author: String::new(),
            })
            .collect();
        let labels = self.options.labels.iter().map(|(key, value)| (key.clone(), value.clone()));
        self.build.config.labels.extend(labels);
        // Docker reads the whole text first, then each instruction, then puts them together.
        order::sort_by_key(&mut self.build.errors, |it| match it.code {
            SYNTAX => 0,
            INSTRUCTION => 1,
            BASE => 3,
            _ => 2,
        });
        self.build
    }
}
