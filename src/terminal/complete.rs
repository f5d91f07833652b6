//! What may stand at the cursor.

use super::{Completion, Mode, Terminal, host};
use crate::{
    command::complete::{self, Next},
    order,
};

/// The word that ends at `cursor`, and what it could become.
pub(super) fn complete(terminal: &Terminal, line: &str, cursor: usize) -> Completion {
    let before = line.get(..cursor).unwrap_or(line);
    let from = before.rfind(char::is_whitespace).map_or(0, |it| it + 1);
    let current = before.get(from..).unwrap_or_default();
    let head = before.get(..from).unwrap_or_default();
    // What counts is the command after the last operator.
    let head = head.rsplit(['|', ';', '&']).next().unwrap_or_default();
    let words: Vec<String> = head.split_whitespace().map(str::to_owned).collect();
    let all = match &terminal.mode {
        Mode::Login(_) => Vec::new(),
        Mode::Container(attached) => {
            let root = &attached.process().root;
            let programs = root.programs.iter().filter_map(|it| it.rsplit('/').next());
            let files = root.files.keys().map(String::as_str);
            let all: Vec<&str> =
                if words.is_empty() { programs.collect() } else { files.collect() };
            all.into_iter().map(str::to_owned).collect()
        }
        Mode::Host => on_host(terminal, &words, current),
    };
    let mut items: Vec<String> = all.into_iter().filter(|it| it.starts_with(current)).collect();
    order::sort_by(&mut items, Ord::cmp);
    items.dedup();
    Completion { from, to: before.len(), items }
}

fn on_host(terminal: &Terminal, words: &[String], current: &str) -> Vec<String> {
    let Some((first, rest)) = words.split_first() else {
        return host::NAMES.iter().map(|it| (*it).to_owned()).collect();
    };
    let files = || terminal.files.keys().cloned();
    if first != "docker" {
        return files().collect();
    }
    match complete::next(rest, current) {
        Next::Words(words) => words,
        Next::Image => {
            let local = terminal.engine.tags().iter().map(|it| it.0.familiar());
            let pulls = rest.first().is_some_and(|it| it == "pull" || it == "run");
            let remote = terminal.engine.hub().names().filter(|_| pulls);
            local.chain(remote).collect()
        }
        Next::Container => terminal.engine.containers().iter().map(|it| it.name.clone()).collect(),
        Next::Path => files().chain([".".to_owned()]).collect(),
        Next::Unknown => Vec::new(),
    }
}
