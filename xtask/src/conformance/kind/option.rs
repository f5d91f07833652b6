//! `opt.*`, `docker.device`: one value of one flag of `docker run`.

use super::{
    super::{answer::Answer, input::Input},
    Kind,
};
use anyhow::{Context, Result};
use dockwright::{command::Run, image::Config, simulate::merge::merge_words};

pub(super) const KINDS: &[Kind] = &[
    Kind::new("docker.device", device),
    Kind::new("opt.env", env),
    Kind::new("opt.label", label),
    Kind::new("opt.link", link),
];

/// What `docker run FLAG VALUE image` makes of the flag; an error is about the value alone.
fn run(flag: &str, value: &str) -> Result<Run, String> {
    let words = [flag, value, "image"].map(str::to_owned);
    Run::parse(&words).map_err(|error| {
        // The flag is named around it: `invalid argument "x" for "-e, --env" flag: …`
        match error.split_once(" flag: ") {
            Some((start, rest)) if start.starts_with("invalid argument ") => rest.to_owned(),
            _ => error,
        }
    })
}

fn checked(found: Result<Run, String>) -> Answer {
    match found {
        Ok(_) => Answer::new().with("ok", true),
        Err(error) => Answer::error(error),
    }
}

fn device(input: &Input<'_>) -> Result<Answer> {
    Ok(checked(run("--device", input.text("device")?)))
}

fn link(input: &Input<'_>) -> Result<Answer> {
    Ok(checked(run("--link", input.text("value")?)))
}

fn label(input: &Input<'_>) -> Result<Answer> {
    Ok(match run("--label", input.text("value")?) {
        Ok(it) => Answer::new().with("value", it.labels.first().cloned()),
        Err(error) => Answer::error(error),
    })
}

/// A variable, with its value from outside if it has none.
fn env(input: &Input<'_>) -> Result<Answer> {
    let value = input.text("value")?;
    let outside = input.map("environ")?;
    Ok(match run("--env", value) {
        Ok(_) => {
            let words = ["--env", value, "image", "x"].map(str::to_owned);
            let open = |_: &str| Err(String::new());
            let outside = |name: &str| outside.get(name).cloned();
            let merged = merge_words(&Config::default(), &words, &open, &outside);
            let process = merged.ok().context("the merge fails")?;
            let text = process.config.env.first().cloned();
            // One that is not set outside is asked for, and not there.
            Answer::new().with("value", text.unwrap_or_else(|| value.to_owned()))
        }
        Err(error) => Answer::error(error),
    })
}
