//! `dockerfile.stages`: the instructions of a file, stage by stage, before anything is put together.

use super::{
    super::{answer::Answer, input::Input},
    Kind, config, place, tree,
};
use anyhow::Result;
use dockwright::{
    scope::Stages,
    syntax::{
        Form, Instruction, InstructionKind, Parse, SYNTAX, Text,
        instruction::{
            arg::Arg,
            copy::{Copy, Source},
            device::Device,
            env::Pair,
            healthcheck::Healthcheck,
            run::{Network, Run, Security},
        },
        parse,
    },
    text::LineIndex,
};
use serde_json::{Value, json};

pub(super) const KINDS: &[Kind] = &[Kind::new("dockerfile.stages", stages)];

fn stages(input: &Input<'_>) -> Result<Answer> {
    let source = input.text("dockerfile")?;
    let parse = parse(source);
    // That a file has no stage is found later.
    let of_file =
        |it: &&dockwright::diagnostic::Diagnostic| it.message.ends_with("no stages to build");
    let text = parse.errors.iter().find(|it| it.code == SYNTAX);
    if let Some(error) = text.or_else(|| parse.errors.iter().find(|it| !of_file(it))) {
        let phase = if error.code == SYNTAX { "parse" } else { "instruction" };
        return Ok(Answer::error(place::text(error, source))
            .places("locations", place::locations(error, source, &parse))
            .with("phase", phase));
    }
    let index = LineIndex::new(source);
    let lines = |it: &Instruction<'_>| {
        let (first, last) = tree::lines(&index, it);
        json!([first, last])
    };
    let stages = Stages::new(&parse);
    let meta = stages.global.iter().filter_map(|it| match &it.kind {
        InstructionKind::Arg(arg) => Some(json!({ "args": args(arg), "lines": lines(it) })),
        _ => None,
    });
    let list = stages.list.iter().map(|stage| {
        let commands = stage.body.iter().map(|it| {
            json!({
                "name": it.word(),
                "type": type_name(it),
                "code": it.line.as_str(),
                "lines": lines(it),
                "value": value(it, source),
            })
        });
        json!({
            "from": from(stage.head, source, &parse),
            "lines": lines(stage.head),
            "commands": commands.collect::<Vec<_>>(),
        })
    });
    Ok(Answer::new()
        .with("meta_args", meta.collect::<Vec<_>>())
        .with("stages", list.collect::<Vec<_>>()))
}

fn from(it: &Instruction<'_>, source: &str, parse: &Parse<'_>) -> Value {
    let InstructionKind::From(from) = &it.kind else { return Value::Null };
    let name = from.name.as_ref().map_or(String::new(), |it| it.to_lowercase());
    json!({
        "doc": parse.description(it, source, &name).unwrap_or_default(),
        "base": from.image.as_str(),
        "name": name,
        "platform": text(from.platform.as_deref()),
        "orig_cmd": it.word(),
        "code": it.line.as_str(),
    })
}

/// The name of BuildKit's type.
fn type_name(it: &Instruction<'_>) -> &'static str {
    match &it.kind {
        InstructionKind::Add(_) => "Add",
        InstructionKind::Arg(_) => "Arg",
        InstructionKind::Cmd(_) => "Cmd",
        InstructionKind::Copy(_) => "Copy",
        InstructionKind::Entrypoint(_) => "Entrypoint",
        InstructionKind::Env(_) => "Env",
        InstructionKind::Expose(_) => "Expose",
        InstructionKind::From(_) => "From",
        InstructionKind::Healthcheck(_) => "HealthCheck",
        InstructionKind::Label(_) => "Label",
        InstructionKind::Maintainer(_) => "Maintainer",
        InstructionKind::Onbuild(_) => "Onbuild",
        InstructionKind::Run(_) => "Run",
        InstructionKind::Shell(_) => "Shell",
        InstructionKind::Stopsignal(_) => "StopSignal",
        InstructionKind::User(_) => "User",
        InstructionKind::Volume(_) => "Volume",
        InstructionKind::Workdir(_) => "Workdir",
        InstructionKind::Broken(_) => "Broken",
    }
}

/// What the instruction says, with the keys of its type.
pub(super) fn value(it: &Instruction<'_>, source: &str) -> Value {
    match &it.kind {
        InstructionKind::Add(add) => copy(it, add, source, true),
        InstructionKind::Copy(of) => copy(it, of, source, false),
        InstructionKind::Arg(arg) => json!({ "args": args(arg) }),
        InstructionKind::Cmd(cmd) => command(&cmd.command),
        InstructionKind::Entrypoint(entrypoint) => command(&entrypoint.command),
        InstructionKind::Env(env) => json!({ "env": pairs(&env.pairs, env.legacy) }),
        InstructionKind::Expose(expose) => {
            let mut ports = texts(&expose.ports);
            ports.sort();
            json!({ "ports": ports })
        }
        InstructionKind::From(_) | InstructionKind::Broken(_) => Value::Null,
        InstructionKind::Healthcheck(check) => json!({ "health": health(check) }),
        InstructionKind::Label(label) => json!({ "labels": pairs(&label.pairs, label.legacy) }),
        InstructionKind::Maintainer(name) => json!({ "maintainer": name.as_str() }),
        InstructionKind::Onbuild(_) => json!({ "expression": it.arguments().as_str() }),
        InstructionKind::Run(run) => self::run(it, run, source),
        InstructionKind::Shell(shell) => json!({ "shell": texts(&shell.words) }),
        InstructionKind::Stopsignal(signal) => json!({ "signal": signal.as_str() }),
        InstructionKind::User(user) => json!({ "user": user.user.as_str() }),
        InstructionKind::Volume(volume) => json!({ "volumes": texts(&volume.paths) }),
        InstructionKind::Workdir(workdir) => json!({ "path": workdir.path.as_str() }),
    }
}

fn texts(all: &[Text<'_>]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

fn args(arg: &Arg<'_>) -> Vec<Value> {
    let value = |it: &Option<Text<'_>>| it.as_ref().map(ToString::to_string);
    arg.variables
        .iter()
        .map(|it| json!({ "key": it.name.as_str(), "value": value(&it.default) }))
        .collect()
}

fn pairs(pairs: &[Pair<'_>], legacy: bool) -> Vec<Value> {
    let one = |it: &Pair<'_>| json!({ "key": it.name.as_str(), "value": it.value.as_str(), "legacy": legacy });
    pairs.iter().map(one).collect()
}

fn command(form: &Form<'_>) -> Value {
    let (words, shell) = words(form);
    json!({ "cmdline": words, "prepend_shell": shell, "files": [] })
}

/// The words, and whether a shell reads them.
fn words(form: &Form<'_>) -> (Vec<String>, bool) {
    match form {
        Form::Exec(words) => (texts(words), false),
        Form::Shell(text) if text.is_empty() => (Vec::new(), true),
        Form::Shell(text) => (vec![text.to_string()], true),
    }
}

fn text(value: Option<&Text<'_>>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

pub(super) fn health(it: &Healthcheck<'_>) -> Value {
    config::Fields::default()
        .add("Test", it.test())
        .add("Interval", it.interval)
        .add("Timeout", it.timeout)
        .add("StartPeriod", it.start_period)
        .add("StartInterval", it.start_interval)
        .add("Retries", it.retries)
        .done()
}

fn copy(it: &Instruction<'_>, of: &Copy<'_>, source: &str, is_add: bool) -> Value {
    let (mut sources, mut contents) = (Vec::new(), Vec::new());
    for input in of.inputs(&it.heredocs) {
        match input {
            Source::Path(path) => sources.push(path.to_string()),
            Source::Document { word: _, name, document, expand } => {
                let data = document.map(|it| it.content(source));
                contents.push(json!({ "path": name, "data": data, "expand": expand }));
            }
        }
    }
    let flags = of.flags();
    let mut value = json!({
        "sources": sources,
        "dest": of.destination.as_str(),
        "contents": contents,
        "chown": text(flags.chown.as_ref()),
        "chmod": text(flags.chmod.as_ref()),
        "link": flags.link,
        "exclude": Some(texts(&flags.exclude)).filter(|it| !it.is_empty()),
    });
    let own = if is_add {
        json!({
            "checksum": text(flags.checksum.as_ref()),
            "keep_git_dir": flags.keep_git_dir,
            "unpack": flags.unpack,
        })
    } else {
        json!({ "from": text(flags.from.as_ref()), "parents": flags.parents })
    };
    if let (Value::Object(value), Value::Object(own)) = (&mut value, own) {
        value.extend(own);
    }
    value
}

fn run(it: &Instruction<'_>, run: &Run<'_>, source: &str) -> Value {
    let (cmdline, prepend_shell) = words(&run.command);
    let files = it.heredocs.iter().map(|it| {
        json!({ "name": it.name.as_str(), "data": it.body.slice(source), "chomp": it.strip_tabs })
    });
    let mut used: Vec<_> = it.flags().iter().map(|it| it.name.to_string()).collect();
    used.sort();
    used.dedup();
    let flags = run.flags();
    let network = match flags.network {
        Some(Network::Default) | None => "default",
        Some(Network::None) => "none",
        Some(Network::Host) => "host",
    };
    let security = match flags.security {
        Some(Security::Sandbox) | None => "sandbox",
        Some(Security::Insecure) => "insecure",
    };
    json!({
        "cmdline": cmdline,
        "prepend_shell": prepend_shell,
        "files": files.collect::<Vec<_>>(),
        "flags_used": used,
        "network": network,
        "security": security,
        "devices": flags.devices.iter().map(device).collect::<Vec<_>>(),
    })
}

pub(super) fn device(it: &Device<'_>) -> Value {
    json!({ "name": it.name.as_str(), "required": it.required })
}
