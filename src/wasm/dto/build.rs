//! What a build of the folder would do.

use serde::Serialize;
use tsify::Tsify;

use crate::{
    simulate::{
        Base, Build, StageInfo, Step, StepKind, Warning,
        cache::Verdict,
        checks::Rule,
        files::{FileChange, tree::Entry},
        layers::{Hidden, Layer},
    },
    terminal::Forecast,
    text::{LineIndex, to_u32},
};

/// So many files of a layer are listed by name.
const SHOWN: usize = 12;
/// So many stages and steps are listed.
const ROWS: usize = 300;
/// So many warnings, and so many hidden files.
const NOTES: usize = 100;

/// So many characters of a step are shown.
const MAX_TEXT: usize = 600;

/// What a build of the folder would do, seen without building.
#[derive(Serialize, Tsify, Default)]
#[serde(rename_all = "camelCase")]
pub struct BuildView {
    /// Why there is no image.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<BuildFault>,
    /// The stages, as far as they are listed.
    stages: Vec<BuildStage>,
    /// What comes of all stages that are built.
    total: BuildTotal,
    /// What comes of the stages that the image is made of.
    image: BuildTotal,
    /// How many stages and steps are not listed.
    more: u32,
    /// Files that stay in the image although nobody sees them.
    hidden: Vec<BuildHidden>,
    /// How many more there are.
    more_hidden: u32,
    /// The bytes of all of them.
    waste: u64,
    /// What BuildKit's checks say.
    warnings: Vec<BuildWarning>,
    /// How many more there are.
    more_warnings: u32,
    /// Whether there is an earlier build to compare with.
    compared: bool,
}

/// Why there is no image.
#[derive(Serialize, Tsify)]
pub struct BuildFault {
    /// Docker's words.
    message: String,
    /// What to do.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    lines: (u32, u32),
}

/// What comes of several steps.
#[derive(Serialize, Tsify, Default)]
pub struct BuildTotal {
    steps: u32,
    layers: u32,
    /// The bytes of the layers, as far as they are known.
    bytes: u64,
    /// How many layers have a size that is not known.
    open: u32,
    /// How many layers are made again after an earlier build.
    again: u32,
}

/// What a check of BuildKit says.
#[derive(Serialize, Tsify)]
pub struct BuildWarning {
    /// The name of the check.
    rule: &'static str,
    message: String,
    /// What to do.
    help: &'static str,
    lines: (u32, u32),
    /// Where Docker's documentation explains it.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// A stage.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "the page asks each of them alone")]
pub struct BuildStage {
    name: String,
    lines: (u32, u32),
    /// What it starts from, as written in messages; none if that is broken.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<String>,
    /// Whether that is an earlier stage.
    on_stage: bool,
    /// Whether the image needs it.
    needed: bool,
    /// Whether the image is made of it, or of what stands on it.
    in_image: bool,
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
    /// Whether it runs a command, whose files nobody knows before.
    runs: bool,
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
    /// Whether another file stands in its place.
    replaced: bool,
}

impl BuildView {
    pub(in crate::wasm) fn of(
        it: &Forecast<'_>,
        verdicts: &[Verdict],
        lines: &LineIndex<'_>,
    ) -> Self {
        let Forecast { build, layers, warnings, .. } = it;
        let line_of = |step: usize| build.steps.get(step).map_or(0, |it| lines.lines_of(it.span).0);
        let mut in_image = vec![false; build.stages.len()];
        for at in build.chain() {
            if let Some(it) = in_image.get_mut(at) {
                *it = true;
            }
        }
        let rest = |all: usize| to_u32(all.saturating_sub(NOTES));
        let hidden = layers.hidden(build);
        let mut view = Self {
            error: it.error().map(|error| BuildFault {
                message: it.parse().docker_text(error, lines),
                help: error.help.as_ref().map(ToString::to_string),
                lines: lines.lines_of(error.span),
            }),
            more_hidden: rest(hidden.len()),
            waste: hidden.iter().map(|it| it.bytes).sum(),
            warnings: warnings.iter().take(NOTES).map(|it| warning(it, lines)).collect(),
            more_warnings: rest(warnings.len()),
            compared: !verdicts.is_empty(),
            ..Self::default()
        };
        for Hidden { path, bytes, written, hidden, replaced } in hidden.into_iter().take(NOTES) {
            let (written, hidden) = (written.map(line_of), line_of(hidden));
            view.hidden.push(BuildHidden { path, bytes, written, hidden, replaced });
        }
        let mut rows = 0;
        for (number, it) in build.stages.iter().enumerate() {
            rows += 1;
            if rows <= ROWS {
                view.stages.push(stage(build, (number, it), &in_image, lines));
            } else {
                view.more += 1;
            }
        }
        for (number, step) in build.steps.iter().enumerate() {
            let layer = layers.list.get(number).filter(|it| it.exists);
            let verdict = verdicts.get(number);
            let cache =
                || verdict.map(|it| BuildCache { reused: it.hit, reason: it.words(build, lines) });
            if matches!(step.kind, StepKind::From { .. }) {
                if let Some(stage) = view.stages.get_mut(step.stage) {
                    stage.cache = cache();
                }
                continue;
            }
            view.total.add(layer, verdict);
            if in_image.get(step.stage) == Some(&true) {
                view.image.add(layer, verdict);
            }
            rows += 1;
            match view.stages.get_mut(step.stage) {
                Some(stage) if rows <= ROWS => {
                    stage.steps.push(BuildStep::of(step, layer, cache(), lines));
                }
                _ => view.more += 1,
            }
        }
        view
    }
}

impl BuildTotal {
    fn add(&mut self, layer: Option<&Layer>, verdict: Option<&Verdict>) {
        self.steps += 1;
        if let Some(layer) = layer {
            self.layers += 1;
            self.bytes += layer.size.unwrap_or_default();
            self.open += u32::from(layer.size.is_none());
            self.again += u32::from(verdict.is_some_and(|it| !it.hit));
        }
    }
}

fn warning(it: &Warning, lines: &LineIndex<'_>) -> BuildWarning {
    let Warning { rule, message, span } = it;
    let found = Rule::find(rule);
    BuildWarning {
        rule,
        message: message.clone(),
        help: found.map_or("", |it| it.help),
        lines: lines.lines_of(*span),
        url: found.and_then(Rule::url),
    }
}

fn stage(
    build: &Build,
    (number, it): (usize, &StageInfo),
    in_image: &[bool],
    lines: &LineIndex<'_>,
) -> BuildStage {
    BuildStage {
        name: build.called(number),
        lines: lines.lines_of(it.span),
        base: it.base.as_ref().map(|it| match it {
            Base::Image(image) => image.familiar(),
            Base::Stage(below) => build.called(*below),
            Base::Scratch => "scratch".to_owned(),
        }),
        on_stage: matches!(it.base, Some(Base::Stage(_))),
        needed: it.needed,
        in_image: in_image.get(number) == Some(&true),
        target: build.target == Some(number),
        cache: None,
        steps: Vec::new(),
    }
}

impl BuildStep {
    fn of(
        step: &Step,
        layer: Option<&Layer>,
        cache: Option<BuildCache>,
        lines: &LineIndex<'_>,
    ) -> Self {
        Self {
            lines: lines.lines_of(step.span),
            text: beginning(&step.text),
            runs: matches!(step.kind, StepKind::Run { .. }),
            trigger: step.trigger,
            layer: layer.map(BuildLayer::from),
            cache,
        }
    }
}

/// As much of a text as one reads in a list.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
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
