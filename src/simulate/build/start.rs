//! How a stage starts: on an image, on another stage, or on nothing.

use std::sync::{Arc, LazyLock};

use super::{Builder, HOST, Place};
use crate::{
    diagnostic::Diagnostic,
    image::{Config, Platform},
    order,
    scope::Stage,
    simulate::{
        Base, Change, Shared, StepKind,
        plan::{Plan, Planned},
        stage::State,
        step::{Effect, WINDOWS_PATH, wrong},
    },
    syntax::{INSTRUCTION, Parse, SYNTAX},
    text::Span,
};

/// An image that says nothing, or only that its directory is `/`. Most bases that are not known in full are so.
struct Plain {
    /// What it says.
    said: Config,
    /// What a stage makes of that.
    complete: Arc<Config>,
    /// The directory that a stage on it starts in.
    working_dir: Shared,
}

static PLAIN: LazyLock<Vec<Plain>> = LazyLock::new(|| {
    let plain = |dir: &str| {
        let said = Config { working_dir: dir.to_owned(), ..Config::default() };
        let mut complete = said.clone();
        let state = State::on_image(&mut complete, Arc::clone(&HOST), Arc::clone(&HOST)).ok()?;
        Some(Plain { said, complete: Arc::new(complete), working_dir: state.working_dir })
    };
    ["", "/"].into_iter().filter_map(plain).collect()
});

/// The errors of the parse in the order in which Docker finds them: it reads the whole text first, then looks at one
/// instruction after the other.
pub(super) fn parse_errors(parse: &Parse<'_>) -> Vec<Diagnostic> {
    let mut errors = parse.errors.clone();
    order::sort_by_key(&mut errors, |it| {
        let instruction =
            parse.instructions.partition_point(|other| other.span.start <= it.span.start);
        // An instruction is read before it is put into a stage.
        (it.code != SYNTAX, instruction, it.code != INSTRUCTION)
    });
    errors
}

/// How many needed stages stand on each stage; no numbers behind the last that has one.
pub(super) fn users(plan: &Plan) -> Vec<usize> {
    let mut users = Vec::new();
    for it in plan.stages.iter().filter(|it| it.needed) {
        if let Some(Base::Stage(below)) = it.base {
            if users.len() <= below {
                users.resize(plan.stages.len(), 0);
            }
            if let Some(count) = users.get_mut(below) {
                *count += 1;
            }
        }
    }
    users
}

impl Builder<'_> {
    /// The state in which a stage starts, and its first step, unless its `FROM` is broken.
    pub(super) fn start(&mut self, at: usize, stage: &Stage<'_, '_>, planned: Planned) -> State {
        let place = stage.from.map_or(stage.head.span, |it| it.image.span);
        let (state, change) = match (&planned.base, planned.image) {
            (Some(Base::Stage(below)), _) => (self.on_stage(*below), Change::Nothing),
            (Some(Base::Image(_)), image) => {
                let mut image = image.unwrap_or_default();
                let platform = planned.platform.unwrap_or_else(|| Arc::clone(&self.platform));
                let (mut state, config) =
                    self.on_image(&mut image.config, image.platform, platform, place);
                state.author = image.author;
                if !image.history.is_empty() {
                    state.history = Arc::new(image.history);
                }
                (state, config)
            }
            (Some(Base::Scratch) | None, _) => {
                let mut config = Config { working_dir: "/".to_owned(), ..Config::default() };
                let platform = Arc::clone(&self.platform);
                self.on_image(&mut config, Arc::clone(&platform), platform, place)
            }
        };
        if let Some(base) = planned.base {
            let kind = StepKind::From { base };
            let effect = Effect { kind, change };
            let line = stage.head.line.as_str();
            let line = self.whole.part(self.source, line).unwrap_or_else(|| line.into());
            self.push(Place { span: stage.head.span, stage: at, trigger: false }, line, effect);
        }
        state
    }

    /// The state at the end of a stage, for one that stands on it.
    fn on_stage(&mut self, below: usize) -> State {
        let users = self.users.get_mut(below);
        let is_last = users.is_some_and(|it| {
            *it = it.saturating_sub(1);
            *it == 0
        });
        let Some(slot) = self.states.get_mut(below) else { return State::default() };
        let state = match slot {
            Some(_) if is_last => slot.take(),
            Some(state) => {
                self.weight += state.weight();
                Some(state.clone())
            }
            None => None,
        };
        state.map(|it| *it).unwrap_or_default().next_stage()
    }

    fn on_image(
        &mut self,
        config: &mut Config,
        image_platform: Arc<Platform>,
        platform: Arc<Platform>,
        place: Span,
    ) -> (State, Change) {
        config.on_build.clear();
        if let Some(it) = PLAIN.iter().find(|it| it.said == *config && platform.os != "windows") {
            let dir = it.working_dir.clone();
            let state = State::with_path(dir, image_platform, platform);
            return (state, Change::Base(Arc::clone(&it.complete)));
        }
        let state = State::on_image(config, image_platform, platform);
        let state = state.unwrap_or_else(|error| {
            self.error(wrong(place, error, WINDOWS_PATH));
            State::default()
        });
        (state, Change::Base(Arc::new(std::mem::take(config))))
    }
}
