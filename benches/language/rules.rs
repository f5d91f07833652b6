//! What share of the linter's time each rule has.

use std::{hint::black_box, time::Duration};

use dockwright::{
    lint::{Rule, Settings, lint_with, rules},
    syntax::parse,
};

use crate::measure::time_once;

/// Rounds for each rule.
const ROUNDS: usize = 60;
/// What no rule should have more of, in percent.
const LIMIT: f64 = 5.0;
/// Rules with less are one line.
const SHOWN: f64 = 0.5;

/// Lints the files with each rule alone. What only some rules need of a file counts for each of them.
pub(crate) fn shares(files: &[String]) {
    let trees: Vec<_> = files.iter().map(|it| parse(it)).collect();
    let lint = |settings: &Settings| {
        time_once(|| {
            for (file, tree) in files.iter().zip(&trees) {
                drop(black_box(lint_with(file, tree, settings)));
            }
        })
    };
    let (all, none) = (Settings::default(), Settings::none());
    // In turn, so that a machine that is busy for a while is so for both.
    let against_none = |settings: &Settings| {
        let rounds = (0..ROUNDS).map(|_| (lint(&none), lint(settings)));
        let best = |a: (Duration, Duration), b: (Duration, Duration)| (a.0.min(b.0), a.1.min(b.1));
        rounds.reduce(best).unwrap_or_default()
    };
    let (facts, whole) = against_none(&all);
    let alone = |rule: &'static Rule| {
        let mut only = Settings::none();
        only.select(rule.code).unwrap();
        let (without, with) = against_none(&only);
        (rule, with.saturating_sub(without))
    };
    let is_shell = |it: &&'static Rule| it.code.starts_with("SC");
    let running = || rules().filter(|it| all.runs(it));
    let mut found: Vec<_> = running().filter(|it| !is_shell(it)).map(alone).collect();
    // Each check of the shell needs what all of them do.
    let checks: Vec<_> = running().filter(is_shell).map(alone).collect();
    let scripts = checks.iter().map(|it| it.1).min().unwrap_or_default();
    found.extend(checks.into_iter().map(|it| (it.0, it.1.saturating_sub(scripts))));
    found.sort_by_key(|it| std::cmp::Reverse(it.1));
    let share = |it: Duration| 100.0 * it.as_secs_f64() / whole.as_secs_f64();

    println!("## Rules\n");
    println!(
        "What each rule takes alone of the time of all, in percent. **Bold** is above {LIMIT}. What several rules need \
         counts for each of them, but for what all need.\n"
    );
    println!("| rule | share |");
    println!("|---|--:|");
    println!("| the facts of a file, for all rules | {:.1} |", share(facts));
    println!("| the commands of scripts, for all checks of the shell | {:.1} |", share(scripts));
    let (shown, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(|it| share(it.1) >= SHOWN);
    for (rule, taken) in shown {
        let mark = if share(taken) > LIMIT { "**" } else { "" };
        println!("| {} {} | {mark}{:.1}{mark} |", rule.code, rule.name, share(taken));
    }
    let sum = rest.iter().map(|it| it.1).sum();
    println!("| {} others, together | {:.1} |\n", rest.len(), share(sum));
}
