//! `build.*`: what a build gives.

use super::{
    super::{answer::Answer, input::Input},
    Kind, config, place,
};
use anyhow::{Context, Result};
use dockwright::order::Map;
use dockwright::{
    image::{Config, Platform, Reference},
    simulate::{
        BaseImage, Bases, Build, History, Options, Warning, build_checked,
        context::Context as Folder,
    },
    syntax::parse,
    text::LineIndex,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(super) const KINDS: &[Kind] = &[
    Kind::new("build.image_config", image_config),
    Kind {
        nested: Some("buildkit"),
        contrast: &["classic"],
        ..Kind::new("build.entrypoint_cmd", entrypoint_cmd)
    },
    Kind {
        nested: Some("buildkit"),
        contrast: &["classic_metadata"],
        ..Kind::new("build.semantics", image_config)
    },
];

/// The images that a row names. Any other image is what the real code was given for it: a system with a shell.
pub(super) struct Images(BTreeMap<String, Config>);

impl Images {
    pub(super) fn read(input: &Input<'_>) -> Result<Self> {
        let mut all = BTreeMap::new();
        let Some(images) = input.get("images") else { return Ok(Self(all)) };
        for (name, value) in images.as_object().context("images is no object")? {
            let image: Reference = name.parse().with_context(|| format!("image {name}"))?;
            all.insert(image.with_default_tag().to_string(), config::read(value)?);
        }
        Ok(Self(all))
    }
}

impl Bases for Images {
    fn find(&self, image: &Reference, _: &Platform) -> Option<BaseImage> {
        let name = image.clone().with_default_tag().to_string();
        let found = self.0.get(&name).cloned();
        Some(found.unwrap_or_else(with_a_shell).into())
    }
}

fn with_a_shell() -> Config {
    Config {
        env: vec!["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin".to_owned()],
        cmd: Some(vec!["/bin/sh".to_owned()]),
        working_dir: "/".to_owned(),
        ..Config::default()
    }
}

/// What a row wants to be built.
pub(super) struct Question<'a> {
    pub(super) source: &'a str,
    target: Option<&'a str>,
    pub(super) build_args: Map<String>,
    pub(super) labels: Map<String>,
    platform: Option<Platform>,
}

impl<'a> Question<'a> {
    pub(super) fn read(input: &Input<'a>) -> Result<Self> {
        Ok(Self {
            source: input.text("dockerfile")?,
            target: input.maybe_text("target")?,
            build_args: input.map("build_args")?,
            labels: input.map("labels")?,
            platform: input.maybe_text("platform")?.map(str::parse).transpose()?,
        })
    }

    /// Builds it, or only checks it.
    pub(super) fn build(
        &self,
        images: &Images,
        context: Option<&Folder>,
        check: bool,
    ) -> (Build, Vec<Warning>) {
        let options = Options {
            target: self.target,
            build_args: &self.build_args,
            labels: &self.labels,
            platform: self.platform.as_ref(),
            context,
            check,
            ..Options::new(images)
        };
        build_checked(self.source, &parse(self.source), &options)
    }
}

/// Builds what a row says; gives the answer in full.
fn build(input: &Input<'_>) -> Result<(Build, Answer)> {
    let question = Question::read(input)?;
    let source = question.source;
    let (build, warnings) = question.build(&Images::read(input)?, None, false);
    let index = LineIndex::new(source);
    let warning = |it: &Warning| json!({ "rule": it.rule, "line": index.line(it.span.start), "detail": it.message });
    let warnings: Vec<_> = warnings.iter().map(warning).collect();
    let answer = match build.errors.first() {
        Some(error) => Answer::error(place::text(error, source))
            .places("locations", place::all(error, &build.related, source)),
        None => Answer::new()
            .with("config", config::value(&build.config))
            .with("author", build.author.as_str())
            .with("history", build.history().iter().map(history).collect::<Vec<_>>())
            .with("platform", build.platform.to_string()),
    };
    let answer = answer.warnings("warnings", warnings);
    Ok((build, answer))
}

fn history(it: &History) -> Value {
    let History { created_by, comment, empty_layer, author } = it;
    config::Fields::default()
        .add("created_by", created_by.as_str())
        .add("comment", comment.as_str())
        .add("empty_layer", *empty_layer)
        .add("author", author.as_str())
        .done()
}

fn image_config(input: &Input<'_>) -> Result<Answer> {
    Ok(build(input)?.1)
}

/// Only these three of the configuration. What is empty is left out, hence compared whole.
fn entrypoint_cmd(input: &Input<'_>) -> Result<Answer> {
    let (build, answer) = build(input)?;
    let Some(error) = answer.error_text() else {
        let value = config::value(&build.config);
        let shown = ["Entrypoint", "Cmd", "Shell"].map(|key| (key, value.get(key)));
        let present = shown.into_iter().filter_map(|(key, it)| Some((key, it?.clone())));
        return Ok(present.fold(Answer::closed(), |answer, (key, it)| answer.with(key, it)));
    };
    Ok(Answer::error(error))
}
