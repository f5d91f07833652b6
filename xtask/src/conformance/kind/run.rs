//! `run.merge`: what `docker run` makes of an image.

use super::{
    super::{answer::Answer, input::Input},
    Kind, config,
};
use anyhow::{Context, Result};
use dockwright::{
    command::lex,
    image::Config,
    simulate::merge::{Process, merge_words},
};
use serde_json::{Value, json};

pub(super) const KINDS: &[Kind] = &[Kind::new("run.merge", merge)];

/// The words may leave out the image: it is the one whose configuration is given.
fn merge(input: &Input<'_>) -> Result<Answer> {
    let image = match input.get("image_config") {
        Some(it) => config::read(it)?,
        None => Config::default(),
    };
    let outside = input.map("environ")?;
    let open = |name: &str| Err(format!("open {name}: no such file or directory"));
    let words = words(input)?;
    Ok(match merge_words(&image, &words, &open, &|name| outside.get(name).cloned()) {
        Ok(process) => {
            let argv = process.argv.as_slice();
            let (path, args) = argv.split_first().map_or((None, argv), |it| (Some(it.0), it.1));
            Answer::new()
                .with("argv", argv)
                .with("path", path.map(String::as_str))
                .with("args", args)
                .sparse("config", value(&process))
        }
        Err(error) => Answer::error(error),
    })
}

/// The words after `docker run`: a list of them, or a line.
fn words(input: &Input<'_>) -> Result<Vec<String>> {
    match input.get("args").context("there is no args")? {
        Value::String(line) => Ok(lex::words(line)?),
        _ => input.texts("args"),
    }
}

/// The configuration, and beside it what only a container has.
fn value(process: &Process) -> Value {
    let Process {
        argv: _,
        config: of_image,
        image,
        hostname,
        domainname,
        tty,
        open_stdin,
        stdin_once,
        attach_stdin,
        attach_stdout,
        attach_stderr,
        stop_timeout,
        init: _,
    } = process;
    let mut all = json!({
        "?Image": image,
        "?Hostname": hostname,
        "?Domainname": domainname,
        "?Tty": tty,
        "?OpenStdin": open_stdin,
        "?StdinOnce": stdin_once,
        "?AttachStdin": attach_stdin,
        "?AttachStdout": attach_stdout,
        "?AttachStderr": attach_stderr,
        "?StopTimeout": stop_timeout,
    });
    if let (Value::Object(all), Value::Object(fields)) = (&mut all, config::value(of_image)) {
        all.extend(fields);
    }
    all
}
