//! Programs that run what their arguments say.

use super::{Command, Word, program, tools, words::words};
use crate::shell::Kind;

/// A program that runs the rest of its arguments.
struct Wrapper {
    name: &'static str,
    /// The flags with values.
    values: &'static [&'static str],
    /// How many words stand before the command, such as a user or a time.
    skips: usize,
}

macro_rules! wrapper {
    ($name:literal, $values:tt, $skips:literal $(,)?) => {
        Wrapper { name: $name, values: words!($values), skips: $skips }
    };
}

/// Those that images and builds know, with the flags of their manuals.
static WRAPPERS: [Wrapper; 32] = [
    wrapper!(
        "sudo",
        "-u -g -h -p -C -T -r -t -U -D -R --user --group --host --prompt --chdir --chroot --other-user --role --type",
        0,
    ),
    wrapper!("doas", "-u -C", 0),
    wrapper!("env", "-u --unset -C --chdir -a --argv0", 0),
    wrapper!("exec", "-a", 0),
    wrapper!("command", "", 0),
    wrapper!("builtin", "", 0),
    wrapper!("time", "-f --format -o --output", 0),
    wrapper!("nice", "-n --adjustment", 0),
    wrapper!("ionice", "-c --class -n --classdata", 0),
    wrapper!("nohup", "", 0),
    wrapper!("setsid", "", 0),
    wrapper!("stdbuf", "-i -o -e --input --output --error", 0),
    wrapper!("timeout", "-s --signal -k --kill-after", 1),
    wrapper!(
        "xargs",
        "-a --arg-file -d --delimiter -E -I -L --max-lines -n --max-args -P --max-procs -s --max-chars",
        0,
    ),
    wrapper!("parallel", "-j --jobs -n -a -I", 0),
    wrapper!("gosu", "", 1),
    wrapper!("su-exec", "", 1),
    wrapper!("setpriv", "--reuid --regid --groups --inh-caps", 0),
    wrapper!("runuser", "-u --user -g --group", 0),
    wrapper!("chroot", "", 1),
    wrapper!("fakeroot", "-l -s -i -b", 0),
    wrapper!("eatmydata", "", 0),
    wrapper!("chronic", "", 0),
    wrapper!("unbuffer", "", 0),
    wrapper!("flock", "-w --timeout -E", 1),
    wrapper!("linux32", "", 0),
    wrapper!("linux64", "", 0),
    wrapper!("setarch", "", 1),
    wrapper!("tini", "-p -e", 0),
    wrapper!("dumb-init", "-r --rewrite", 0),
    wrapper!("busybox", "", 0),
    wrapper!("uv", "--directory --project --config-file --cache-dir --python -p", 0),
];

/// How many of them may stand in front of each other.
const MAX: usize = 8;

/// Takes the programs in front away that only run the rest; gives their names.
pub(super) fn unwrap<'t>(words: &mut Vec<Word<'t>>) -> Vec<&'t str> {
    let mut through = Vec::new();
    while let Some(first) = words.first().copied().filter(|_| through.len() < MAX) {
        let name = program(first.tree, first.id);
        let skipped = if name.starts_with("python") || name.starts_with("pypy") {
            module(words)
        } else {
            WRAPPERS.iter().find(|it| it.name == name).and_then(|it| wrapped(it, words))
        };
        match skipped.filter(|it| *it < words.len()) {
            Some(skipped) => words.drain(..skipped),
            None => break,
        };
        through.push(name);
    }
    through
}

/// How many words stand before the command that is run.
fn wrapped(it: &Wrapper, words: &[Word<'_>]) -> Option<usize> {
    let mut at = 1;
    while let Some(word) = words.get(at) {
        let text = word.rough();
        let is_assignment = word.tree.kind(word.id) == Kind::Assignment
            || text.contains('=') && matches!(it.name, "sudo" | "env" | "doas");
        if text == "--" {
            at += 1;
            break;
        }
        if is_assignment && !text.starts_with('-') {
            at += 1;
        } else if text.starts_with('-') && text.len() > 1 {
            // `command -v` asks where a command is, `env -S` has it in a word.
            let is_question = it.name == "command" && matches!(&*text, "-v" | "-V");
            if is_question || (it.name == "env" && text.starts_with("-S")) {
                return None;
            }
            at += if tools::is_value_flag(it.values, &text) { 2 } else { 1 };
        } else {
            break;
        }
    }
    at += it.skips;
    // `uv pip install` is pip's; other commands are its own.
    if it.name == "uv" && words.get(at).is_none_or(|it| it.rough() != "pip") {
        return None;
    }
    Some(at)
}

/// `python -m module`.
fn module(words: &[Word<'_>]) -> Option<usize> {
    let flags = words.iter().skip(1).take_while(|it| it.rough().starts_with('-'));
    let at = flags.take_while(|it| it.rough() != "-m").count() + 1;
    words.get(at).filter(|it| it.rough() == "-m").map(|_| at + 1)
}

/// Whether a program may have a script in one of its words.
pub(super) fn reads_scripts(name: &str) -> bool {
    matches!(name, "su" | "sh" | "bash" | "dash" | "ash" | "zsh" | "ksh")
}

/// The word of `sh -c word` that is a script of its own.
pub(super) fn script_word<'t>(command: &Command<'t>) -> Option<Word<'t>> {
    if !reads_scripts(command.name()) {
        return None;
    }
    let is_su = command.name() == "su";
    let mut words = command.arguments().iter();
    while let Some(word) = words.next() {
        let text = word.rough();
        if is_su && text == "--command" {
            return words.next().copied();
        }
        let Some(letters) = text.strip_prefix('-').filter(|it| !it.starts_with('-')) else {
            if is_su || text.starts_with('-') {
                continue;
            }
            return None;
        };
        if letters.contains('c') {
            return words.find(|it| !it.rough().starts_with('-')).copied();
        }
        if letters.ends_with(['o', 'O']) {
            words.next();
        }
    }
    None
}
