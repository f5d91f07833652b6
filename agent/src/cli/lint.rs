//! `dockwright lint`: what is wrong or unwise in Dockerfiles.

mod baseline;
pub(super) mod config;
pub(super) mod files;
mod format;
pub(super) mod hadolint;
pub(super) mod repair;
mod watch;

use std::{
    io::{self, IsTerminal as _},
    num::NonZero,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use dockwright::{
    assist::silence,
    diagnostic::{Diagnostic, Safety, Severity},
    lint::{self, Linted},
    syntax::parse,
};

use self::{baseline::Baseline, config::Config, files::File, format::Format};
use super::{Failed, Said, WRONG, finish, report::Paint, source::Source};

/// `dockwright lint`
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(crate) struct Args {
    /// Dockerfiles, folders in which to look for them, or `-` for the standard input; this folder without any.
    files: Vec<PathBuf>,
    /// How findings are printed.
    #[arg(long, short, value_name = "FORMAT", default_value = "auto", env = "DOCKWRIGHT_FORMAT")]
    format: Format,
    #[command(flatten)]
    choice: Choice,
    /// Make the repairs after which the image is the same.
    #[arg(long)]
    fix: bool,
    /// Make the repairs that may change the image too.
    #[arg(long)]
    unsafe_fixes: bool,
    /// Show what --fix would change, and change nothing.
    #[arg(long)]
    diff: bool,
    /// Add comments that silence what is found, with a reason.
    #[arg(
        long,
        value_name = "REASON",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "TODO: say why",
        conflicts_with_all = ["fix", "diff"]
    )]
    add_ignore: Option<String>,
    /// Do not show what this file knows already.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write what is found to the file of --baseline, so that only what is new is shown from then on.
    #[arg(long, requires = "baseline")]
    update_baseline: bool,
    /// Look again whenever a file changes, until it is stopped.
    #[arg(long)]
    watch: bool,
    /// Show what comments silence, as if they were not there.
    #[arg(long)]
    no_suppressions: bool,
    /// Exit with 1 only if a finding is at least as bad as this: error, warning, info, style.
    #[arg(long, short = 't', alias = "failure-threshold", value_name = "LEVEL")]
    fail_level: Option<String>,
    /// Exit with 0 whatever is found.
    #[arg(long, alias = "no-fail")]
    exit_zero: bool,
    /// What the file on the standard input is called.
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
    /// Print how many findings there are of each rule instead of the findings.
    #[arg(long)]
    statistics: bool,
    /// Print which files would be looked at, and look at none.
    #[arg(long)]
    show_files: bool,
}

/// Which rules look for what: what `lint` and `lsp` are told alike.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Choice {
    /// The configuration; without it, the nearest `dockwright.toml` or `.hadolint.yaml` above each file.
    #[arg(long, short, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Do not look for a configuration.
    #[arg(long, conflicts_with = "config")]
    isolated: bool,
    /// A set of rules: default, hadolint, buildkit, security, modern, kubernetes, strict.
    #[arg(long, value_name = "NAME")]
    preset: Option<String>,
    /// These rules and no others: codes, names, starts of codes, or ALL.
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    select: Vec<String>,
    /// These rules too.
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    extend_select: Vec<String>,
    /// Not these rules.
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    ignore: Vec<String>,
    /// The rules that are tried out too.
    #[arg(long)]
    preview: bool,
}

/// What `--help` says at its end.
pub(crate) const AFTER_HELP: &str = "\
Exit codes:
  0  nothing was found, or nothing as bad as --fail-level
  1  something was found
  2  the command line or the configuration is wrong, or a file cannot be read

Findings go to the standard output. What a rule is about: dockwright rule CODE";

/// What was found in a file.
struct Report {
    name: String,
    text: String,
    linted: Linted,
}

/// Carries it out.
pub(crate) fn run(args: &Args) -> ExitCode {
    if args.watch { watch::run(args) } else { finish(said(args)) }
}

fn said(args: &Args) -> Result<Said, Failed> {
    let files = files::find(&args.files)?;
    if args.show_files {
        let names = files.iter().map(|it| format!("{}\n", it.name(args.stdin_filename.as_deref())));
        return Ok(Said { stdout: names.collect(), ..Said::default() });
    }
    let fail_level = match args.fail_level.as_deref() {
        Some(it) => {
            Some(config::level(it).map_err(|it| Failed::usage(format!("--fail-level: {it}")))?)
        }
        None => None,
    };
    let allowed = match (args.fix || args.diff, args.unsafe_fixes) {
        (true, true) => Some(Safety::Unsafe),
        (true, false) => Some(Safety::Safe),
        (false, true) => {
            let help = "say --fix --unsafe-fixes, or look first with --diff --unsafe-fixes";
            return Err(Failed::usage("--unsafe-fixes alone changes nothing").help(help));
        }
        (false, false) => None,
    };
    let mut configs = config::Finder::new(&args.choice, args.stdin_filename.as_deref());
    let mut jobs = Vec::with_capacity(files.len());
    for it in files {
        let config = configs.of(&it)?;
        jobs.push((it, config));
    }
    let mut baseline = match &args.baseline {
        Some(it) => Some(Baseline::read(it.clone(), args.update_baseline)?),
        None => None,
    };
    let done = in_parallel(&jobs, |(file, config)| look(args, file, config, allowed));
    let mut said = Said::default();
    let mut reports = Vec::new();
    let mut worst: Option<Severity> = None;
    for (it, (file, config)) in done.into_iter().zip(&jobs) {
        match it {
            Ok(Looked { mut report, changes }) => {
                if let Some(it) = &mut baseline {
                    if args.update_baseline {
                        it.note(file, &report);
                        report.linted.shown.clear();
                    } else {
                        it.apply(file, &mut report);
                    }
                }
                let limit = fail_level.or(config.fail_level).unwrap_or(Severity::Style);
                let found = report.linted.shown.iter().map(|it| it.severity);
                // The worst severity is the least.
                worst = worst.into_iter().chain(found.filter(|it| *it <= limit)).min();
                said.stdout.push_str(&changes);
                reports.push(report);
            }
            // One file that cannot be read hides nothing in the others.
            Err(error) => {
                said.code = error.code;
                said.stderr.push_str(&format!("error: {}\n", error.text));
            }
        }
    }
    // What was not looked at is not known.
    if let Some(it) = baseline.filter(|_| args.update_baseline && said.code == 0) {
        let count = it.write()?;
        let noun = if count == 1 { "finding" } else { "findings" };
        said.stderr.push_str(&format!("{count} {noun} written\n"));
        return Ok(said);
    }
    let paint = Paint::of(io::stdout().is_terminal());
    let is_hadolint = jobs.iter().any(|it| it.1.is_hadolint);
    let found = match (args.diff, args.statistics) {
        (true, _) => String::new(),
        (false, true) => format::statistics(&reports),
        (false, false) => args.format.text(&reports, paint, is_hadolint),
    };
    // The repaired text of the standard input has the standard output for itself.
    let is_filter =
        (allowed.is_some() || args.add_ignore.is_some()) && jobs.iter().any(|it| it.0.is_stdin());
    if is_filter { &mut said.stderr } else { &mut said.stdout }.push_str(&found);
    if said.code == 0 && worst.is_some() && !args.exit_zero {
        said.code = WRONG;
    }
    Ok(said)
}

/// A file that was looked at.
struct Looked {
    report: Report,
    /// What `--diff` prints.
    changes: String,
}

fn look(
    args: &Args,
    file: &File,
    config: &Config,
    allowed: Option<Safety>,
) -> Result<Looked, Failed> {
    let name = file.name(args.stdin_filename.as_deref());
    let Source { text, .. } = Source::read(&file.path)?;
    let mut settings = config.settings.clone();
    settings.obeys_comments &= !args.no_suppressions;
    let mut changes = String::new();
    let mut text = text;
    if let Some(allowed) = allowed {
        let fixed = lint::fix::fix(&text, &settings, allowed);
        if args.diff {
            changes = repair::diff(&name, &text, &fixed.text);
        } else if fixed.text != text {
            if !file.is_stdin() {
                repair::write(&file.path, &fixed.text)?;
            }
            text = fixed.text;
        }
        if file.is_stdin() && !args.diff {
            changes.clone_from(&text);
        }
    }
    let mut linted = lint::lint_with(&text, &parse(&text), &settings);
    if let Some(reason) = &args.add_ignore {
        if let Some(fixed) = silenced(&text, &linted, reason) {
            if !file.is_stdin() {
                repair::write(&file.path, &fixed)?;
            }
            text = fixed;
            linted = lint::lint_with(&text, &parse(&text), &settings);
        }
        if file.is_stdin() {
            changes.clone_from(&text);
        }
    }
    Ok(Looked { report: Report { name, text, linted }, changes })
}

/// A file with comments that silence what was found; `None` if there is nothing to silence.
fn silenced(text: &str, linted: &Linted, reason: &str) -> Option<String> {
    silence(text, &parse(text), &linted.shown, reason)?.apply(text)
}

/// Does the same with each, on all processors, and keeps the order.
fn in_parallel<I: Sync, O: Send>(all: &[I], work: impl Fn(&I) -> O + Sync) -> Vec<O> {
    let count = thread::available_parallelism().map_or(1, NonZero::get).min(all.len().max(1));
    let next = AtomicUsize::new(0);
    let one = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(it) = all.get(at) else { break done };
            done.push((at, work(it)));
        }
    };
    let mut done: Vec<(usize, O)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..count).map(|_| scope.spawn(one)).collect();
        threads.into_iter().flat_map(|it| it.join().unwrap_or_default()).collect()
    });
    done.sort_by_key(|it| it.0);
    done.into_iter().map(|it| it.1).collect()
}

/// The name of a severity, as options and formats write it.
pub(super) fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
        Severity::Style => "style",
    }
}

/// The code of a finding: ours, or hadolint's if the rules are hadolint's.
fn code(it: &Diagnostic, is_hadolint: bool) -> &'static str {
    let theirs = || lint::find(it.code).and_then(lint::Rule::hadolint);
    if is_hadolint { theirs().unwrap_or(it.code) } else { it.code }
}

/// A path as a name: with slashes, and without `./`.
pub(super) fn name_of(path: &Path) -> String {
    let text = path.to_string_lossy();
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}
