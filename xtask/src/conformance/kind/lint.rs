//! `lint.*`: BuildKit's build checks.

use super::{
    super::{answer::Answer, input::Input},
    Kind,
    build::{Images, Question},
    place,
};
use anyhow::{Context as _, Result, bail};
use dockwright::{
    simulate::{Build, Warning, checks::Rule, context::Context, layers::layers},
    syntax::{CheckOptions, parse},
    text::LineIndex,
};
use serde_json::{Value, json};

pub(super) const KINDS: &[Kind] = &[
    Kind::new("lint", lint),
    // Which rule the example is about, and whether it stands there as a bad one.
    Kind { asked: &["rule", "verdict"], ..Kind::new("lint.doc", doc) },
    Kind::new("lint.options", options),
];

fn lint(input: &Input<'_>) -> Result<Answer> {
    let mut question = Question::read(input)?;
    attributes(input, &mut question)?;
    let source = question.source;
    let images = Images::read(input)?;
    let context = input.maybe_text("dockerignore")?.map(|it| ignoring(source, it)).transpose()?;
    let (checked, of_check) = question.build(&images, context.as_ref(), true);
    let (built, of_build) = question.build(&images, context.as_ref(), false);
    Ok(failed(&checked, source)
        .warnings("warnings_check", warnings(&of_check, source))
        .warnings("warnings_build", warnings(&of_build, source))
        .with("build_error", context.and_then(|it| copy_error(&built, &it))))
}

/// What the client tells the frontend, as it tells it.
fn attributes(input: &Input<'_>, question: &mut Question<'_>) -> Result<()> {
    let Some(attributes) = input.get("frontend_attrs") else { return Ok(()) };
    for (name, value) in attributes.as_object().context("frontend_attrs is no object")? {
        let value = value.as_str().context("an attribute is no string")?.to_owned();
        match name.split_once(':') {
            Some(("build-arg", name)) => question.build_args.insert(name.to_owned(), value),
            Some(("label", name)) => question.labels.insert(name.to_owned(), value),
            _ => bail!("there is no attribute {name}"),
        };
    }
    Ok(())
}

/// A folder with nothing but the Dockerfile, and what is ignored in it.
fn ignoring(source: &str, ignore: &str) -> Result<Context> {
    let files = [("Dockerfile", source), (".dockerignore", ignore)];
    Ok(Context::of_texts(files).ignoring("Dockerfile")?)
}

/// What is wrong with the files that are copied; the name of the source is not known before it is built.
fn copy_error(build: &Build, context: &Context) -> Option<String> {
    let error = layers(build, context, &()).errors.into_iter().next()?;
    let message = error.message.replace("checksum of ref: ", "checksum of ref source: ");
    Some(format!("failed to solve: {message}"))
}

/// The error of a build, if it has one, and its line.
fn failed(build: &Build, source: &str) -> Answer {
    let Some(error) = build.errors.first() else { return Answer::new() };
    let locations = place::locations(error, source, &parse(source));
    let line = locations.get(0).and_then(|it| it.get(0)).cloned();
    Answer::error(place::text(error, source)).with("error_line", line)
}

fn warnings(found: &[Warning], source: &str) -> Vec<Value> {
    let index = LineIndex::new(source);
    let warning = |it: &Warning| {
        let rule = Rule::find(it.rule);
        json!({
            "rule": it.rule,
            "line": index.line(it.span.start),
            "end_line": index.line(it.span.end),
            "detail": it.message,
            "url": rule.and_then(Rule::url).unwrap_or_default(),
            "description": rule.map(|it| it.description),
        })
    };
    found.iter().map(warning).collect()
}

/// An example of the documentation of a rule.
fn doc(input: &Input<'_>) -> Result<Answer> {
    let question = Question::read(input)?;
    let (build, found) = question.build(&Images::read(input)?, None, true);
    let rule = input.text("rule")?;
    input.get("verdict");
    Ok(failed(&build, question.source)
        .warnings("warnings_check", warnings(&found, question.source))
        .with("rule_fires", found.iter().any(|it| it.rule == rule)))
}

fn options(input: &Input<'_>) -> Result<Answer> {
    let list = |it: Vec<String>| Some(it).filter(|it| !it.is_empty());
    Ok(match CheckOptions::parse(input.text("text")?) {
        Ok(CheckOptions { skip, skip_all, experimental, experimental_all, error }) => Answer::new()
            .with("skip", json!(list(skip)))
            .with("skip_all", skip_all)
            .with("experimental", json!(list(experimental)))
            .with("experimental_all", experimental_all)
            .with("error_on_warn", error),
        Err(error) => Answer::error(error),
    })
}
