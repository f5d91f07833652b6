//! `dockerfile.stages`: the instructions of a file, stage by stage, before anything is put together.

use super::{
    super::{answer::Answer, input::Input},
    Kind, place, tree,
};
use anyhow::Result;
use dockwright::{
    scope::Stages,
    syntax::{
        Form, Instruction, InstructionKind, SYNTAX, Text,
        instruction::{arg::Arg, copy::Copy, env::Pair},
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
            .with("locations", place::locations(error, source, &parse))
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
            "from": from(stage.head),
            "lines": lines(stage.head),
            "commands": commands.collect::<Vec<_>>(),
        })
    });
    Ok(Answer::new()
        .with("meta_args", meta.collect::<Vec<_>>())
        .with("stages", list.collect::<Vec<_>>()))
}

fn from(it: &Instruction<'_>) -> Value {
    let InstructionKind::From(from) = &it.kind else { return Value::Null };
    json!({
        "base": from.image.as_str(),
        "name": from.name.as_ref().map_or(String::new(), |it| it.to_lowercase()),
        "platform": flag(it, "platform"),
        "orig_cmd": it.word(),
        "code": it.line.as_str(),
        "doc": "",
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
        InstructionKind::From(_) => from(it),
        InstructionKind::Healthcheck(_) | InstructionKind::Broken(_) => Value::Null,
        InstructionKind::Label(label) => json!({ "labels": pairs(&label.pairs, label.legacy) }),
        InstructionKind::Maintainer(name) => json!({ "maintainer": name.as_str() }),
        InstructionKind::Onbuild(_) => json!({ "expression": it.arguments().as_str() }),
        InstructionKind::Run(run) => self::run(it, &run.command, source),
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

fn flag(it: &Instruction<'_>, name: &str) -> String {
    it.flag(name).and_then(|it| it.value.as_ref()).map(ToString::to_string).unwrap_or_default()
}

/// A flag that is `true` when it stands alone; `null` when it is absent.
fn switch(it: &Instruction<'_>, name: &str) -> Option<bool> {
    it.flag(name).map(|it| it.value.as_ref().is_none_or(|it| it.as_str() == "true"))
}

fn values(it: &Instruction<'_>, name: &str) -> Vec<String> {
    let of_name = it.flags.iter().filter(|it| it.name.as_str() == name);
    of_name.filter_map(|it| it.value.as_ref()).map(ToString::to_string).collect()
}

fn copy(it: &Instruction<'_>, of: &Copy<'_>, source: &str, is_add: bool) -> Value {
    let is_heredoc = |word: &Text<'_>| it.heredocs.iter().any(|it| it.opener == word.span);
    let sources: Vec<_> =
        of.sources.iter().filter(|it| !is_heredoc(it)).map(ToString::to_string).collect();
    let contents = it.heredocs.iter().map(
        |it| json!({ "path": it.name.as_str(), "data": it.content(source), "expand": it.expand }),
    );
    let exclude = Some(values(it, "exclude")).filter(|it| !it.is_empty());
    let mut value = json!({
        "sources": sources,
        "dest": of.destination.as_str(),
        "contents": contents.collect::<Vec<_>>(),
        "chown": flag(it, "chown"),
        "chmod": flag(it, "chmod"),
        "link": switch(it, "link").unwrap_or_default(),
        "exclude": exclude,
    });
    let own = if is_add {
        json!({
            "checksum": flag(it, "checksum"),
            "keep_git_dir": switch(it, "keep-git-dir"),
            "unpack": switch(it, "unpack"),
        })
    } else {
        json!({ "from": flag(it, "from"), "parents": switch(it, "parents").unwrap_or_default() })
    };
    if let (Value::Object(value), Value::Object(own)) = (&mut value, own) {
        value.extend(own);
    }
    value
}

fn run(it: &Instruction<'_>, form: &Form<'_>, source: &str) -> Value {
    let (cmdline, prepend_shell) = words(form);
    let files = it.heredocs.iter().map(|it| {
        json!({ "name": it.name.as_str(), "data": it.body.slice(source), "chomp": it.strip_tabs })
    });
    let mut used: Vec<_> = it.flags.iter().map(|it| it.name.to_string()).collect();
    used.sort();
    used.dedup();
    let or = |name: &str, default: &str| match flag(it, name) {
        it if it.is_empty() => default.to_owned(),
        it => it,
    };
    json!({
        "cmdline": cmdline,
        "prepend_shell": prepend_shell,
        "files": files.collect::<Vec<_>>(),
        "flags_used": used,
        "network": or("network", "default"),
        "security": or("security", "sandbox"),
        "devices": values(it, "device"),
    })
}
