//! `dockwright rule`: what a rule is about, and why.

use std::process::ExitCode;

use dockwright::lint::{self, Rule, State};

use super::{Failed, Said, finish};

/// `dockwright rule`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A code, a name, or what another tool calls it; all rules without one.
    code: Option<String>,
}

/// Carries it out.
pub(crate) fn run(args: &Args) -> ExitCode {
    finish(said(args))
}

fn said(args: &Args) -> Result<Said, Failed> {
    let Some(code) = &args.code else {
        return Ok(Said { stdout: lint::rules().map(line).collect(), ..Said::default() });
    };
    // What another tool calls by one name may be several rules.
    let own = |it: &&Rule| it.code.eq_ignore_ascii_case(code) || it.name == *code;
    let mut found: Vec<&Rule> = lint::rules().filter(own).collect();
    if found.is_empty() {
        found = lint::rules().filter(|it| it.is_called(code)).collect();
    }
    if found.is_empty() {
        let text = match lint::Settings::none().select(code) {
            Err(error) => error.to_string(),
            Ok(()) => format!("{code} is more than one rule"),
        };
        return Err(Failed::usage(text).help("dockwright rule without a code lists them all"));
    }
    let texts: Vec<_> = found.into_iter().map(page).collect();
    Ok(Said { stdout: texts.join("\n"), ..Said::default() })
}

fn line(it: &Rule) -> String {
    let aliases: Vec<_> = it
        .hadolint()
        .into_iter()
        .filter(|theirs| *theirs != it.code)
        .chain(it.buildkit())
        .collect();
    let text = format!(
        "{}  {:<8} {:<10} {:<30} {}",
        it.code,
        level(it),
        state(it),
        it.name,
        aliases.join(" ")
    );
    format!("{}\n", text.trim_end())
}

fn page(it: &Rule) -> String {
    let mut text = format!("# {} {}\n\n{}, {}", it.code, it.name, level(it), state(it));
    let aliases: Vec<_> = it.aliases().collect();
    if !aliases.is_empty() {
        text.push_str(&format!("; elsewhere: {}", aliases.join(", ")));
    }
    format!("{text}\n\n{}\n", it.markdown().trim_end())
}

fn level(it: &Rule) -> &'static str {
    super::lint::word(it.severity)
}

fn state(it: &Rule) -> &'static str {
    match it.state {
        State::On => "on",
        State::Off => "off",
        State::Preview => "preview",
        State::Configured => "configured",
    }
}
