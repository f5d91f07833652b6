//! `docker build`: the steps of `simulate`, with what `RUN` and `COPY` do to the files.

use std::sync::Arc;

use super::{
    Engine, Host, Image, Layer, Output, SharedRoot,
    event::{BuildEvent, Event},
    pull::reference_error,
};
use crate::{
    command::{Build, Profile},
    image::{Digest, Reference, ReferenceError},
    order::Map,
    simulate::{
        self, Step, StepKind,
        context::{Context, ContextError},
        files::tree::Tree,
    },
    syntax,
};

mod around;
mod buildkit;
mod classic;
mod copy;
mod steps;

use steps::{Builder, Report};

/// What a step left behind, for the next build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cached {
    layers: Vec<Layer>,
    root: SharedRoot,
}

/// What is to be built.
struct Plan {
    /// The Dockerfile.
    source: String,
    /// Its path as messages say it.
    path: String,
    /// The files of the context, without what is ignored.
    context: Arc<Tree>,
    /// The bytes of the `.dockerignore` that counts.
    ignore_size: Option<usize>,
    /// Bytes that the classic builder sends although they are ignored: the Dockerfile and the `.dockerignore`.
    sent_anyway: usize,
    tags: Vec<Reference>,
    build_args: Map<String>,
    labels: Map<String>,
}

impl Engine {
    pub(super) fn build(&mut self, build: &Build, host: &Host<'_>) -> Output {
        let plan = match self.plan(build, host) {
            Ok(plan) => plan,
            Err(output) => return output,
        };
        let options = simulate::Options {
            target: build.target.as_deref(),
            build_args: &plan.build_args,
            labels: &plan.labels,
            ..simulate::Options::new(&*self)
        };
        let simulated = simulate::build(&plan.source, &options);
        let ours = |it: &&crate::diagnostic::Diagnostic| it.code == simulate::BASE;
        if let Some(error) = simulated.errors.iter().find(|it| !ours(it)) {
            let text = syntax::docker_text(error, &plan.source);
            let line = crate::text::LineIndex::new(&plan.source).line(error.span.start);
            self.note_build(&plan, false, 0);
            return match self.profile {
                Profile::V20_10 => classic::refused(&plan, &text),
                Profile::V28 | Profile::V29 => buildkit::refused(&plan, &text, line),
            };
        }
        let report = Builder::new(self, &plan, build).run(&simulated.steps);
        let cached = report.done.iter().filter(|it| it.cached).count();
        let mut output = match self.profile {
            Profile::V20_10 => classic::print(&plan, &simulated.steps, &report),
            Profile::V28 | Profile::V29 => {
                let is_plain = build.progress.as_deref() == Some("plain");
                buildkit::print(&plan, &simulated.steps, &report, is_plain)
            }
        };
        if build.quiet && report.failure.is_none() {
            output = Output::ok(report.id.to_string());
        }
        self.finish(&plan, report, &simulated.config);
        self.note_build(&plan, output.exit == 0, cached);
        output
    }

    fn plan(&self, build: &Build, host: &Host<'_>) -> Result<Plan, Output> {
        let mut tags = Vec::new();
        for tag in &build.tags {
            match tag.parse::<Reference>() {
                Ok(it) => tags.push(it.with_default_tag()),
                Err(error) => return Err(self.wrong_tag(tag, &error)),
            }
        }
        if build.context == "-" || build.context.contains("://") {
            let note = "Dockwright builds only from the folder you are in: write a dot at the end.";
            return Err(Output::default().note(note).exit(1));
        }
        let Some(directory) = host.locate(&build.context).filter(|it| is_directory(host, it))
        else {
            let path = &build.context;
            if host.locate(path).is_some_and(|it| host.files.contains_key(&it)) {
                let path = host.absolute(path);
                let error = if self.profile.has_buildkit() { "ERROR: " } else { "" };
                let text = format!(
                    "{error}unable to prepare context: context must be a directory: {path}"
                );
                return Err(Output::error(text, 1));
            }
            return Err(match self.profile {
                Profile::V20_10 => Output::error(
                    format!("unable to prepare context: path \"{path}\" not found"),
                    1,
                ),
                Profile::V28 | Profile::V29 => Output::error(
                    format!("ERROR: unable to prepare context: path \"{path}\" not found"),
                    1,
                ),
            });
        };
        let name = build.file.as_deref().unwrap_or("Dockerfile");
        let path = match &build.file {
            Some(file) => host.locate(file),
            None if directory.is_empty() => Some("Dockerfile".to_owned()),
            None => Some(format!("{directory}/Dockerfile")),
        };
        let Some(source) = path.as_ref().and_then(|it| host.files.get(it)) else {
            return Err(self.no_dockerfile(&host.absolute(&path.unwrap_or_default()), name));
        };
        let files = host.below(&directory);
        let context = Context::of_texts(files.iter().map(|it| (it.0.as_str(), it.1.as_str())));
        let context = self.ignore(context, path.as_deref().unwrap_or_default(), host);
        let context = context.map_err(|it| self.wrong_ignore(&it))?;
        let inside = path.as_deref().map(|it| match it.strip_prefix(&directory) {
            Some(rest) => rest.trim_start_matches('/'),
            None => it,
        });
        let ignored = [inside, Some(".dockerignore")].into_iter().flatten();
        let ignored = ignored.filter(|it| context.is_ignored(it));
        let sent_anyway = ignored.filter_map(|it| files.get(it)).map(|it| archived(it.len())).sum();
        Ok(Plan {
            source: source.clone(),
            path: name.to_owned(),
            ignore_size: context.ignore_file().map(|it| it.1.len()),
            sent_anyway,
            context: context.into_tree(),
            tags,
            build_args: pairs(&build.build_args, host),
            labels: pairs(&build.labels, host),
        })
    }

    /// Takes away what is ignored: BuildKit looks for a file that belongs to the Dockerfile first.
    fn ignore(
        &self,
        context: Context,
        dockerfile: &str,
        host: &Host<'_>,
    ) -> Result<Context, ContextError> {
        let [own, _] = crate::ignore::file_names(dockerfile);
        match host.files.get(&own).filter(|_| self.profile.has_buildkit()) {
            Some(text) => context.without(&own, text),
            None => context.ignoring(""),
        }
    }

    fn wrong_ignore(&self, error: &ContextError) -> Output {
        Output::error(
            match self.profile {
                Profile::V20_10 => format!("error checking context: '{error}'."),
                Profile::V28 | Profile::V29 => {
                    format!("ERROR: failed to build: failed to solve: {error}")
                }
            },
            1,
        )
    }

    fn wrong_tag(&self, tag: &str, error: &ReferenceError) -> Output {
        match self.profile {
            Profile::V20_10 => {
                let why = reference_error(error, self.profile);
                Output::error(
                    format!(
                        "invalid argument \"{tag}\" for \"-t, --tag\" flag: {why}\nSee 'docker build --help'."
                    ),
                    125,
                )
            }
            Profile::V28 | Profile::V29 => {
                let why = match error {
                    ReferenceError::UpperCase(_) => "repository name must be lowercase".to_owned(),
                    other => other.to_string(),
                };
                Output::error(format!("ERROR: failed to build: invalid tag \"{tag}\": {why}"), 1)
            }
        }
    }

    fn no_dockerfile(&self, path: &str, name: &str) -> Output {
        match self.profile {
            Profile::V20_10 => Output::error(
                format!(
                    "unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat {path}: no such file or directory"
                ),
                1,
            ),
            Profile::V28 | Profile::V29 => Output::error(
                format!(
                    "ERROR: failed to build: failed to solve: failed to read dockerfile: open {name}: no such file or directory"
                ),
                1,
            ),
        }
    }

    /// Keeps the image of a build that came to its end.
    fn finish(&mut self, plan: &Plan, report: Report, config: &crate::image::Config) {
        let Report { failure: None, id, layers, root, .. } = report else { return };
        let created = self.images.get(&id).map_or(self.clock, |it| it.created);
        let image = Image { id, digest: None, config: config.clone(), created, layers, root };
        for tag in &plan.tags {
            self.set_tag(tag.clone(), image.id.clone());
        }
        if !self.images.contains_key(&image.id) {
            self.images.insert(image.id.clone(), image);
        }
    }

    fn note_build(&mut self, plan: &Plan, ok: bool, cached: usize) {
        let tags = plan.tags.iter().map(ToString::to_string).collect();
        self.record(Event::Build(BuildEvent { tags, ok, cached }));
    }
}

fn is_directory(host: &Host<'_>, directory: &str) -> bool {
    let prefix = format!("{directory}/");
    directory.is_empty() || host.files.keys().any(|it| it.starts_with(&prefix))
}

/// The bytes of a file in a tar archive: a header and whole blocks.
const fn archived(len: usize) -> usize {
    512 + len.div_ceil(512) * 512
}

/// `NAME=value`, or `NAME` for the value on the host.
fn pairs(words: &[String], host: &Host<'_>) -> Map<String> {
    let pair = |it: &String| match it.split_once('=') {
        Some((name, value)) => Some((name.to_owned(), value.to_owned())),
        None => Some((it.clone(), host.env.get(it)?.clone())),
    };
    words.iter().filter_map(pair).collect()
}

/// Whether BuildKit shows a step as one of its own, with a number.
const fn is_numbered(step: &Step) -> bool {
    match step.kind {
        StepKind::From { .. }
        | StepKind::Run { .. }
        | StepKind::Copy { .. }
        | StepKind::Workdir => true,
        StepKind::Metadata => false,
    }
}

/// The first 12 digits of an id.
fn short(id: &Digest) -> &str {
    id.short()
}
