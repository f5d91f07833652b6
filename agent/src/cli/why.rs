//! `dockwright why`: what a container of an image runs and has, and where each thing comes from.

use std::{
    env, fs,
    io::{self, IsTerminal as _},
    path::PathBuf,
    process::ExitCode,
};

use dockwright::{
    command::{Run, lex},
    simulate::why::{self, Cell, Form, Origin, Row, Source as Place, State, Value, Why},
    syntax::parse,
};
use serde_json::json;

use super::{
    BuildFlags, Failed, JSON_VERSION, Said, WRONG,
    build::{bases, config_json, errors_json},
    finish, help_end,
    print::{Table, lines, printable, words},
    report::{Paint, Report},
    source::Source,
};

/// `dockwright why`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The Dockerfile; `-` for the standard input.
    file: PathBuf,
    /// Everything as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    flags: BuildFlags,
    /// What is typed: `docker run --rm IMAGE args`, or the words behind `docker run`.
    #[arg(last = true, value_name = "docker run ...")]
    run: Vec<String>,
}

/// What `--help` says at its end.
pub(crate) const AFTER_HELP: &str = help_end!("there would be no container");

/// Carries it out.
pub(crate) fn run(args: Args) -> ExitCode {
    finish(said(args))
}

fn said(args: Args) -> Result<Said, Failed> {
    let Args { file, json, flags, run } = args;
    let given = flags.read()?;
    let run = command(&run)?;
    let source = Source::read(&file)?;
    let options = given.options();
    let why = why::why(&source.text, &options, &run);
    let mut said = Said::default();
    if why.error.is_some() {
        said.code = WRONG;
    }
    if json {
        said.stdout = format!("{:#}\n", as_json(&why, &source));
        return Ok(said);
    }
    let mut report =
        Report::new(&source, parse(&source.text), Paint::of(io::stderr().is_terminal()));
    why.errors.iter().for_each(|it| report.diagnostic(it));
    if let (Some(error), []) = (&why.error, why.errors.as_slice()) {
        report.error(error);
    }
    bases(&why.unknown, &given, &mut report);
    said.stderr = report.text();
    said.stdout = text(&why, Paint::of(io::stdout().is_terminal()));
    Ok(said)
}

/// The words behind `docker run`, whether those two are there or not.
fn command(typed: &[String]) -> Result<Run, Failed> {
    // `dockwright why Dockerfile -- "docker run -it app"`: one word that is a whole line.
    let line = match typed {
        [line] if line.starts_with("docker ") => lex::words(line).map_err(Failed::usage)?,
        _ => typed.to_vec(),
    };
    let typed: Vec<_> = line.iter().map(String::as_str).collect();
    let rest = match typed.as_slice() {
        [] => return Ok(Run::default()),
        ["docker", "container", "run", rest @ ..] | ["docker", "run", rest @ ..] | rest => rest,
    };
    let rest: Vec<_> = rest.iter().map(|it| (*it).to_owned()).collect();
    let open = |name: &str| {
        fs::read(name).map_err(|it| match it.kind() {
            io::ErrorKind::NotFound => format!("open {name}: no such file or directory"),
            _ => format!("open {name}: {it}"),
        })
    };
    let outside = |name: &str| env::var(name).ok();
    Run::parse(&rest).and_then(|it| it.resolve(&open, &outside)).map_err(|it| {
        Failed::usage(it)
            .help("behind -- stands what docker run is told: flags, the image, its words")
    })
}

/// The tables.
fn text(why: &Why, paint: Paint) -> String {
    let title = |it: &str| format!("{}\n", paint.bold(it));
    let mut text = title("Process 1");
    let argv = if why.argv.is_empty() { "none".to_owned() } else { words(Some(&why.argv)) };
    text.push_str(&format!("  {}\n", printable(&argv)));
    if why.stages.len() > 1 {
        let mut table = Table::default();
        for it in &why.stages {
            let name = it.name.clone().unwrap_or_else(|| format!("stage {}", it.stage));
            table.row([&name, &format!("FROM {}", it.base), &lines(it.lines)]);
        }
        text.push_str(&format!("\n{}{}", title("Stages"), table.text("  ")));
    }
    let mut table = Table::default();
    table.row(["", "ENTRYPOINT", "CMD", ""]);
    for row in &why.rows {
        let reason = [&row.entrypoint, &row.cmd].iter().find_map(|it| it.reason.clone());
        let (entrypoint, cmd) = (cell(&row.entrypoint), cell(&row.cmd));
        table.row([&place(row), &entrypoint, &cmd, &reason.unwrap_or_default()]);
    }
    text.push_str(&format!("\n{}{}", title("ENTRYPOINT and CMD"), table.text("  ")));
    let mut table = Table::default();
    for it in &why.values {
        values(it, &mut table);
    }
    text.push_str(&format!("\n{}{}", title("Values"), table.text("  ")));
    if let Some(stop) = &why.stop {
        text.push_str(&format!("\n{}", title("docker stop")));
        for it in stop.words() {
            text.push_str(&format!("  {it}\n"));
        }
    }
    // What is not known is said beside, with what to do about it.
    let is_other = |it: &&String| !why.unknown.iter().any(|known| it.contains(&*known.message));
    for it in why.notes.iter().filter(is_other) {
        text.push_str(&format!("\nnote: {}\n", printable(it)));
    }
    text
}

fn place(row: &Row) -> String {
    match (&row.source, row.lines) {
        (Place::Base(name), _) => name.clone(),
        (Place::Dockerfile, Some(it)) => lines(it),
        (Place::Dockerfile, None) => "Dockerfile".to_owned(),
        (Place::Run, _) => "docker run".to_owned(),
    }
}

/// The words, with what became of them in front.
fn cell(it: &Cell) -> String {
    let mark = match it.state {
        State::Unset => return "-".to_owned(),
        State::Wins => "+",
        State::Lost => "x",
    };
    format!("{mark} {}", words(it.value.as_deref()))
}

fn values(it: &Value, table: &mut Table) {
    let is_member = matches!(it.kind, why::Kind::Port | why::Kind::Volume);
    let value = match &it.value {
        Some(_) if is_member => "",
        Some(value) => value,
        None => "(taken away)",
    };
    table.row([&it.name(), value, &origin(&it.origin)]);
    for old in it.replaced.iter().rev() {
        table.row(["", &format!("  instead of {}", old.value), &origin(&old.origin)]);
    }
}

fn origin(it: &Origin) -> String {
    match it {
        Origin::Docker => "Docker".to_owned(),
        Origin::Base(image) => image.clone(),
        Origin::Dockerfile { lines: it, trigger: false, .. } => lines(*it),
        Origin::Dockerfile { lines: it, trigger: true, .. } => format!("ONBUILD, {}", lines(*it)),
        Origin::Build(flag) => format!("docker build {flag}"),
        Origin::Run(flag) => format!("docker run {flag}"),
    }
}

/// Everything.
fn as_json(why: &Why, source: &Source) -> serde_json::Value {
    let rows = why.rows.iter().map(|it| {
        json!({
            "source": source_name(&it.source),
            "name": match &it.source {
                Place::Base(name) => Some(name),
                Place::Dockerfile | Place::Run => None,
            },
            "lines": it.lines,
            "stage": it.stage,
            "entrypoint": cell_json(&it.entrypoint),
            "cmd": cell_json(&it.cmd),
        })
    });
    let values = why.values.iter().map(|it| {
        let replaced = it
            .replaced
            .iter()
            .map(|it| json!({ "value": it.value, "origin": origin_json(&it.origin) }));
        json!({
            "kind": it.kind.name(),
            "key": it.key,
            "value": it.value,
            "origin": origin_json(&it.origin),
            "replaced": replaced.collect::<Vec<_>>(),
        })
    });
    let stages = why.stages.iter().map(
        |it| json!({ "stage": it.stage, "name": it.name, "base": it.base, "lines": it.lines }),
    );
    let stop = why.stop.as_ref().map(|it| {
        json!({
            "signal": it.signal.to_string(),
            "number": it.signal.0,
            "timeout": it.timeout,
            "init": it.init,
            "exit": it.exit,
            "late": it.late,
            "words": it.words(),
        })
    });
    json!({
        "version": JSON_VERSION,
        "argv": why.argv,
        "error": why.error,
        "errors": errors_json(&why.errors, source),
        "stages": stages.collect::<Vec<_>>(),
        "rows": rows.collect::<Vec<_>>(),
        "values": values.collect::<Vec<_>>(),
        "environment": why.process.as_ref().map(dockwright::simulate::merge::Process::environment),
        "config": why.process.as_ref().map(|it| config_json(&it.config)),
        "stop": stop,
        "notes": why.notes,
    })
}

fn source_name(it: &Place) -> &'static str {
    match it {
        Place::Base(_) => "base",
        Place::Dockerfile => "dockerfile",
        Place::Run => "run",
    }
}

fn cell_json(it: &Cell) -> serde_json::Value {
    json!({
        "value": it.value,
        "form": match it.form {
            Form::None => None,
            Form::Shell => Some("shell"),
            Form::Exec => Some("exec"),
        },
        "state": match it.state {
            State::Unset => "unset",
            State::Wins => "wins",
            State::Lost => "lost",
        },
        "reason": it.reason,
    })
}

fn origin_json(it: &Origin) -> serde_json::Value {
    match it {
        Origin::Docker => json!({ "from": "docker" }),
        Origin::Base(image) => json!({ "from": "base", "image": image }),
        Origin::Dockerfile { span, lines, stage, trigger } => json!({
            "from": "dockerfile",
            "lines": lines,
            "stage": stage,
            "trigger": trigger,
            "start": span.start,
            "end": span.end,
        }),
        Origin::Build(flag) => json!({ "from": "build", "flag": flag }),
        Origin::Run(flag) => json!({ "from": "run", "flag": flag }),
    }
}
