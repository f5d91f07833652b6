//! What the virtual build answers.

use super::{
    bases::{Known, core_config},
    case::{Answer, Builder, Case, Image, Row, normal},
    folder,
};
use anyhow::Result;
use dockwright::{
    image::Config,
    simulate::{Build, Options, build, commit},
    syntax::docker_text,
};
use serde_json::Value;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The answer to a case; `container` is the configuration of the container of a commit.
pub(super) fn answer(
    case: &Case,
    known: &Known,
    container: &Value,
) -> Result<(Answer, Option<Build>)> {
    let container = core_config(container)?;
    // A panic is a difference like any other, and is made small like any other.
    let caught = catch_unwind(AssertUnwindSafe(|| match case.builder {
        Builder::BuildKit | Builder::Classic => built(case, known),
        Builder::Run => (Answer::Error("containers are made elsewhere".into()), None),
        Builder::Import => (committed(case, &container), None),
    }));
    Ok(caught.unwrap_or_else(|_| (Answer::Error("the virtual build panicked".into()), None)))
}

/// The answer to a Dockerfile, and the build itself.
pub(super) fn built(case: &Case, known: &Known) -> (Answer, Option<Build>) {
    let mut options = Options::new(known);
    options.target = case.target.as_deref();
    options.build_args = &case.build_args;
    options.labels = &case.labels;
    let context = match folder::context(case) {
        Ok(it) => it,
        Err(error) => return (Answer::Error(error), None),
    };
    options.context = Some(&context);
    let build = build(&case.text, &options);
    if let Some(error) = build.errors.first() {
        return (Answer::Error(docker_text(error, &case.text)), Some(build));
    }
    (image(&build), Some(build))
}

/// The image that a build gives, whatever its errors are.
pub(super) fn image(build: &Build) -> Answer {
    let rows = build.history().into_iter().map(|it| Row {
        created_by: it.created_by,
        comment: it.comment,
        empty_layer: it.empty_layer,
        author: it.author,
    });
    let image = Image {
        author: build.author.clone(),
        platform: build.platform.to_string(),
        history: rows.collect(),
        config: shown(&build.config),
    };
    Answer::Image(image)
}

fn committed(case: &Case, container: &Config) -> Answer {
    let changes: Vec<&str> = case.changes.iter().map(String::as_str).collect();
    match commit(container, &changes) {
        Err(error) => Answer::Error(error),
        Ok(mut config) => {
            filled(&mut config, container);
            Answer::Image(Image { config: shown(&config), ..Image::default() })
        }
    }
}

/// A commit then takes over from the container what the changes left empty (moby, `daemon/commit.go`, `merge`).
fn filled(config: &mut Config, container: &Config) {
    if config.entrypoint.as_ref().is_none_or(Vec::is_empty) {
        if config.cmd.as_ref().is_none_or(Vec::is_empty) {
            config.cmd.clone_from(&container.cmd);
        }
        if config.entrypoint.is_none() {
            config.entrypoint.clone_from(&container.entrypoint);
        }
    }
    if let (Some(check), Some(old)) = (&mut config.healthcheck, &container.healthcheck) {
        if check.test.is_empty() {
            check.test.clone_from(&old.test);
        }
        for (time, old) in [
            (&mut check.interval, old.interval),
            (&mut check.timeout, old.timeout),
            (&mut check.start_period, old.start_period),
            (&mut check.start_interval, old.start_interval),
            (&mut check.retries, old.retries),
        ] {
            if *time == 0 {
                *time = old;
            }
        }
    }
    for (text, old) in
        [(&mut config.user, &container.user), (&mut config.working_dir, &container.working_dir)]
    {
        if text.is_empty() {
            text.clone_from(old);
        }
    }
}

fn shown(config: &Config) -> serde_json::Map<String, Value> {
    normal(&serde_json::to_value(config).unwrap_or_default())
}
