//! What a build of the folder would do.

use serde::Serialize;
use tsify::Tsify;

use crate::{
    simulate::{
        BASE, Base, Build, StageInfo, StepKind,
        files::{FileChange, tree::Entry},
        layers::{Hidden, Layer},
    },
    syntax::docker_text,
    terminal::Forecast,
    text::{LineIndex, to_u32},
};

/// So many files of a layer are listed by name.
const SHOWN: usize = 12;

/// What a build of the folder would do, seen without building.
#[derive(Serialize, Tsify)]
pub struct BuildView {
    /// Why there is no image, in Docker's words.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    stages: Vec<BuildStage>,
    /// The bytes of the layers above the base image, as far as they are known.
    bytes: u64,
    /// Whether the size of a layer is not known.
    open: bool,
    /// Files that stay in the image although nobody sees them.
    hidden: Vec<BuildHidden>,
    /// Whether there is an earlier build to compare with.
    compared: bool,
}

/// A stage.
#[derive(Serialize, Tsify)]
pub struct BuildStage {
    name: String,
    line: u32,
    /// What it starts from, as written in messages; none if that is broken.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<String>,
    /// Whether the image needs it.
    needed: bool,
    /// Whether it becomes the image.
    target: bool,
    /// What the cache has of its start.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    cache: Option<BuildCache>,
    steps: Vec<BuildStep>,
}

/// A step.
#[derive(Serialize, Tsify)]
pub struct BuildStep {
    lines: (u32, u32),
    text: String,
    /// The row in the image's history; none if it has none.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<String>,
    /// Whether an `ONBUILD` of the base image adds it.
    trigger: bool,
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    layer: Option<BuildLayer>,
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    cache: Option<BuildCache>,
}

/// The layer of a step.
#[derive(Serialize, Tsify)]
pub struct BuildLayer {
    /// None if the size is not known.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    /// The first files that it changes.
    files: Vec<BuildFile>,
    /// How many more there are.
    more: u32,
    /// Bytes below that it hides.
    waste: u64,
}

/// A file that a layer changes.
#[derive(Serialize, Tsify)]
pub struct BuildFile {
    path: String,
    how: BuildHow,
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
}

/// How a file changes.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum BuildHow {
    /// It is new.
    Added,
    /// It is another one.
    Changed,
    /// It is gone.
    Removed,
}

/// What the cache has of a step.
#[derive(Serialize, Tsify)]
pub struct BuildCache {
    reused: bool,
    reason: String,
}

/// A file that stays in the image although nobody sees it.
#[derive(Serialize, Tsify)]
pub struct BuildHidden {
    path: String,
    bytes: u64,
    /// The line that wrote it; none if it comes with the base image.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<u32>,
    /// The line that hides it.
    hidden: u32,
}

impl From<Forecast> for BuildView {
    fn from(it: Forecast) -> Self {
        let lines = LineIndex::new(&it.source);
        let Forecast { source, build, layers, verdicts } = &it;
        let error = build.errors.iter().find(|it| it.code != BASE);
        let line_of = |step: usize| build.steps.get(step).map_or(0, |it| lines.lines_of(it.span).0);
        let mut view = Self {
            error: error.map(|error| docker_text(error, source)),
            stages: (0..).zip(&build.stages).map(|it| stage(build, it, &lines)).collect(),
            bytes: 0,
            open: false,
            hidden: Vec::new(),
            compared: !verdicts.is_empty(),
        };
        for Hidden { path, bytes, written, hidden } in layers.hidden(build) {
            let (written, hidden) = (written.map(line_of), line_of(hidden));
            view.hidden.push(BuildHidden { path, bytes, written, hidden });
        }
        let in_image = build.chain();
        for (number, step) in build.steps.iter().enumerate() {
            let layer = layers.list.get(number).filter(|it| it.exists);
            if let Some(layer) = layer.filter(|_| in_image.contains(&step.stage)) {
                view.bytes += layer.size.unwrap_or_default();
                view.open |= layer.size.is_none();
            }
            let cache = verdicts
                .get(number)
                .map(|it| BuildCache { reused: it.hit, reason: it.words(build, source) });
            let Some(stage) = view.stages.get_mut(step.stage) else { continue };
            if matches!(step.kind, StepKind::From { .. }) {
                stage.cache = cache;
                continue;
            }
            stage.steps.push(BuildStep {
                lines: lines.lines_of(step.span),
                text: String::from(&step.text),
                history: step.has_row().then(|| step.created_by()),
                trigger: step.trigger,
                layer: layer.map(BuildLayer::from),
                cache,
            });
        }
        view
    }
}

fn stage(build: &Build, (number, it): (usize, &StageInfo), lines: &LineIndex<'_>) -> BuildStage {
    BuildStage {
        name: build.called(number),
        line: lines.lines_of(it.span).0,
        base: it.base.as_ref().map(|it| match it {
            Base::Image(image) => image.familiar(),
            Base::Stage(below) => build.called(*below),
            Base::Scratch => "scratch".to_owned(),
        }),
        needed: it.needed,
        target: build.target == Some(number),
        cache: None,
        steps: Vec::new(),
    }
}

impl From<&Layer> for BuildLayer {
    fn from(it: &Layer) -> Self {
        let files: Vec<_> = it.changes.iter().filter(|it| !is_directory(it)).collect();
        Self {
            bytes: it.size,
            more: to_u32(files.len().saturating_sub(SHOWN)),
            files: files.into_iter().take(SHOWN).map(BuildFile::from).collect(),
            waste: it.waste,
        }
    }
}

fn is_directory(change: &FileChange) -> bool {
    change.after.as_ref().or(change.before.as_ref()).is_some_and(Entry::is_directory)
}

impl From<&FileChange> for BuildFile {
    fn from(it: &FileChange) -> Self {
        let how = match (&it.before, &it.after) {
            (None, _) => BuildHow::Added,
            (Some(_), Some(_)) => BuildHow::Changed,
            (Some(_), None) => BuildHow::Removed,
        };
        Self { path: it.path.clone(), how, bytes: it.after.as_ref().and_then(Entry::size) }
    }
}
