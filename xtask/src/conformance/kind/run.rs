//! `run.merge`: the container that `docker run` makes of an image.

use super::{
    super::{answer::Answer, input::Input},
    Kind, config,
};
use anyhow::Result;
use dockwright::{
    image::Config,
    simulate::merge::{Process, merge_words},
};
use serde_json::Value;

pub(super) const KINDS: &[Kind] = &[Kind::new("run.merge", merge)];

fn merge(input: &Input<'_>) -> Result<Answer> {
    let image = input.get("image_config").map(config::read).transpose()?;
    let environ = input.map("environ")?;
    let open = |name: &str| Err(format!("open {name}: no such file or directory"));
    let outside = |name: &str| environ.get(name).cloned();
    let merged =
        merge_words(&image.unwrap_or_else(Config::default), &input.texts("args")?, &open, &outside);
    Ok(match merged {
        // Rows may name a part of the configuration.
        Ok(it) => {
            let answer = Answer::new()
                .with("argv", it.argv.as_slice())
                .with("path", it.argv.first().map(String::as_str))
                .with("args", it.argv.get(1..).unwrap_or_default());
            answer.open("config", container(&it))
        }
        Err(error) => Answer::error(error),
    })
}

/// The configuration of a container as the engine's interface writes it: without what is empty.
fn container(it: &Process) -> Value {
    let Process {
        argv: _,
        config: inherited,
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
    } = it;
    let own = config::Fields::default()
        .add("Image", image.as_str())
        .add("Hostname", hostname.as_str())
        .add("Domainname", domainname.as_str())
        .add("Tty", *tty)
        .add("OpenStdin", *open_stdin)
        .add("StdinOnce", *stdin_once)
        .add("AttachStdin", *attach_stdin)
        .add("AttachStdout", *attach_stdout)
        .add("AttachStderr", *attach_stderr)
        .done();
    let mut value = config::value(inherited);
    if let (Value::Object(all), Value::Object(own)) = (&mut value, own) {
        all.extend(own);
        if let Some(seconds) = stop_timeout {
            all.insert("StopTimeout".to_owned(), (*seconds).into());
        }
    }
    value
}
