//! `dockwright build`: the image that a Dockerfile gives, without building it.

use std::{
    io::{self, IsTerminal as _},
    path::PathBuf,
    process::ExitCode,
};

use dockwright::{
    diagnostic::Diagnostic,
    image::Config,
    simulate::{self, BASE, Base, Build, Options, Warning, checks::Rule, layers::Layers},
    syntax::parse,
    text::LineIndex,
};
use serde_json::{Value, json};

use super::{
    BuildFlags, Failed, Given, JSON_VERSION, Said, WRONG, finish, help_end, layers,
    print::{Table, words},
    report::{Paint, Report},
    source::Source,
};

/// `dockwright build`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The Dockerfile; `-` for the standard input.
    file: PathBuf,
    /// Everything as JSON.
    #[arg(long, conflicts_with_all = ["history", "layers"])]
    json: bool,
    /// The history of the image, as `docker history` shows it, the oldest first.
    #[arg(long, conflicts_with = "layers")]
    history: bool,
    /// The layers of the image, with their files as far as they are known.
    #[arg(long)]
    layers: bool,
    /// The folder that would be built, for what is copied; without it, nobody looks whether files are there.
    #[arg(long, value_name = "DIR")]
    context: Option<PathBuf>,
    #[command(flatten)]
    flags: BuildFlags,
}

/// What `--help` says at its end.
pub(crate) const AFTER_HELP: &str = help_end!("the file has errors: there would be no image");

/// Carries it out.
pub(crate) fn run(args: Args) -> ExitCode {
    finish(said(args))
}

fn said(args: Args) -> Result<Said, Failed> {
    let Args { file, json, history, layers, context, flags } = args;
    let given = flags.read()?;
    let source = Source::read(&file)?;
    let context = context.map(|it| super::context::read(&it, &file)).transpose()?;
    let options = Options { context: context.as_ref(), ..given.options() };
    let parse = parse(&source.text);
    let (mut build, warnings) = simulate::build_unlaid(&source.text, &parse, &options);
    let is_known = context.is_some();
    let context = context.unwrap_or_else(super::context::unknown);
    let found = simulate::layers::layers(&build, &context, &());
    if is_known {
        build.errors.extend_from_slice(&found.errors);
    }
    let mut said = Said::default();
    let errors: Vec<_> = build.errors.iter().filter(|it| it.code != BASE).collect();
    if !errors.is_empty() {
        said.code = WRONG;
    }
    if json {
        said.stdout = format!("{:#}\n", as_json(&build, &warnings, &found, &source));
        return Ok(said);
    }
    let mut report = Report::new(&source, parse, Paint::of(io::stderr().is_terminal()));
    for it in &errors {
        report.diagnostic(it);
    }
    for it in &warnings {
        report.warning(it);
    }
    bases(&build.errors, &given, &mut report);
    said.stderr = report.text();
    if errors.is_empty() {
        said.stdout = match (history, layers) {
            (true, _) => self::history(&build),
            (false, true) => layers::text(&build, &found, &source),
            (false, false) => overview(&build, &source),
        };
    }
    Ok(said)
}

/// What is known of the base images, and what is not.
pub(super) fn bases(errors: &[Diagnostic], given: &Given, report: &mut Report<'_>) {
    for error in errors.iter().filter(|it| it.code == BASE) {
        report.note(&format!(
            "{}: what it says is missing here. Save what `docker image inspect` prints, and give it with --base IMAGE=FILE",
            error.message
        ));
    }
    let used = given.bases.used();
    if !used.is_empty() {
        report.note(&format!(
            "{} as in Dockwright's course; --base IMAGE=FILE gives another configuration",
            used.join(", ")
        ));
    }
}

/// Stages, steps and the configuration.
fn overview(build: &Build, source: &Source) -> String {
    let index = LineIndex::new(&source.text);
    let mut stages = Table::default();
    for (at, stage) in build.stages.iter().enumerate() {
        let name = stage.name.as_deref().unwrap_or("-");
        let fate = match (build.target == Some(at), stage.needed) {
            (true, _) => "the image",
            (false, true) => "needed",
            (false, false) => "not built",
        };
        let base = stage.base.as_ref().map_or("-".to_owned(), |it| base(it, build));
        let line = format!("line {}", index.line(stage.span.start));
        stages.row([&at.to_string(), name, &base, &line, fate]);
    }
    let mut steps = Table::default();
    for step in &build.steps {
        let layer = if step.has_layer { "layer" } else { "" };
        let line = index.line(step.span.start).to_string();
        let text =
            if step.trigger { format!("ONBUILD {}", step.text) } else { String::from(&step.text) };
        steps.row([&line, &step.stage.to_string(), layer, &text]);
    }
    format!(
        "Image for {}\n{}\nStages\n{}\nSteps (line, stage)\n{}",
        build.platform,
        config(&build.config).text("  "),
        stages.text("  "),
        steps.text("  ")
    )
}

fn base(base: &Base, build: &Build) -> String {
    match base {
        Base::Image(image) => image.familiar(),
        Base::Stage(at) => {
            let name = build.stages.get(*at).and_then(|it| it.name.clone());
            name.unwrap_or_else(|| format!("stage {at}"))
        }
        Base::Scratch => "scratch".to_owned(),
    }
}

/// A configuration, without what is empty.
fn config(config: &Config) -> Table {
    let Config {
        user,
        exposed_ports,
        env,
        entrypoint,
        cmd,
        volumes,
        working_dir,
        labels,
        stop_signal,
        shell,
        healthcheck,
        on_build,
        args_escaped: _,
    } = config;
    let mut table = Table::default();
    table.row(["Entrypoint", &words(entrypoint.as_deref())]);
    table.row(["Cmd", &words(cmd.as_deref())]);
    let each = |name: &'static str, all: &mut dyn Iterator<Item = &String>| {
        all.map(|it| (name, it.clone())).collect::<Vec<_>>()
    };
    let labels: Vec<_> = labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let shell = shell.as_ref().map(|it| words(Some(it)));
    let health = healthcheck.as_ref().map(|it| it.json().to_string());
    let rows = [
        each("User", &mut [user].into_iter()),
        each("WorkingDir", &mut [working_dir].into_iter()),
        each("Env", &mut env.iter()),
        each("Port", &mut exposed_ports.iter()),
        each("Volume", &mut volumes.iter()),
        each("StopSignal", &mut stop_signal.iter()),
        each("Shell", &mut shell.iter()),
        each("Healthcheck", &mut health.iter()),
        each("Label", &mut labels.iter()),
        each("OnBuild", &mut on_build.iter()),
    ];
    for (name, value) in rows.iter().flatten().filter(|it| !it.1.is_empty()) {
        table.row([name, value]);
    }
    table
}

fn history(build: &Build) -> String {
    let mut table = Table::default();
    for row in &build.history() {
        let layer = if row.empty_layer { "" } else { "layer" };
        table.row([layer, &row.created_by]);
    }
    if table.is_empty() { "The image has no history.\n".to_owned() } else { table.text("") }
}

/// Everything.
fn as_json(build: &Build, warnings: &[Warning], found: &Layers, source: &Source) -> Value {
    let index = LineIndex::new(&source.text);
    // Where errors are besides their own place is for marks in a text.
    let Build {
        steps,
        config,
        author,
        platform,
        stages,
        target,
        errors,
        related: _,
        base_history: _,
    } = build;
    let stages = stages.iter().map(|it| {
        json!({
            "name": it.name,
            "line": index.line(it.span.start),
            "base": it.base.as_ref().map(|it| base(it, build)),
            "needed": it.needed,
            "platform": it.platform.to_string(),
        })
    });
    let steps = steps.iter().map(|it| {
        json!({
            "line": index.line(it.span.start),
            "stage": it.stage,
            "text": it.text.as_str(),
            "created_by": it.created_by(),
            "layer": it.has_layer,
            "trigger": it.trigger,
        })
    });
    let history = build.history();
    let history = history.iter().map(|it| {
        json!({
            "created_by": it.created_by,
            "comment": it.comment,
            "empty_layer": it.empty_layer,
            "author": it.author,
        })
    });
    let warnings = warnings.iter().map(|it| {
        let rule = Rule::find(it.rule);
        let place = index.line_col(it.span.start);
        json!({
            "rule": it.rule,
            "message": it.message,
            "help": rule.map(|it| it.help),
            "url": rule.and_then(Rule::url),
            "line": place.line,
            "column": place.column,
            "start": it.span.start,
            "end": it.span.end,
        })
    });
    json!({
        "version": JSON_VERSION,
        "config": config_json(config),
        "author": author,
        "platform": platform.to_string(),
        "history": history.collect::<Vec<_>>(),
        "target": target,
        "stages": stages.collect::<Vec<_>>(),
        "steps": steps.collect::<Vec<_>>(),
        "errors": errors_json(errors, source),
        "layers": layers::as_json(build, found, source),
        "warnings": warnings.collect::<Vec<_>>(),
    })
}

/// Errors with their places.
pub(super) fn errors_json(errors: &[Diagnostic], source: &Source) -> Value {
    let index = LineIndex::new(&source.text);
    let errors = errors.iter().map(|it| {
        let place = index.line_col(it.span.start);
        json!({
            "code": it.code,
            "message": it.message,
            "help": it.help,
            "line": place.line,
            "column": place.column,
            "start": it.span.start,
            "end": it.span.end,
        })
    });
    errors.collect()
}

/// A configuration as images store it, without what is empty.
pub(super) fn config_json(config: &Config) -> Value {
    // One kind of JSON for another: what the core prints can be read.
    serde_json::from_str(&config.stored_json().to_string()).unwrap_or_default()
}
