//! `--watch`: looks again whenever something changes.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
    thread,
    time::{Duration, SystemTime},
};

use super::{Args, Failed, config, files, said};
use crate::cli::finish;

/// How often it looks whether a file has changed. A look costs a walk through the folders.
const PAUSE: Duration = Duration::from_millis(500);

/// What files were like: when each was written, and how long it is.
type State = BTreeMap<PathBuf, Option<(SystemTime, u64)>>;

/// Looks, and looks again.
pub(super) fn run(args: &Args) -> ExitCode {
    if args.files.iter().any(|it| it.as_os_str() == "-") {
        let failed = Failed::usage("the standard input cannot be watched");
        return finish(Err(failed.help("name files or folders")));
    }
    loop {
        // What changes while it looks is a change too.
        let before = state(args);
        let _code = finish(said(args));
        let noun = if before.len() == 1 { "file" } else { "files" };
        let told = writeln!(io::stderr().lock(), "watching {} {noun}", before.len());
        if told.is_err() {
            return ExitCode::SUCCESS;
        }
        loop {
            thread::sleep(PAUSE);
            if state(args) != before {
                break;
            }
        }
    }
}

/// The files that are looked at, and their configurations.
fn state(args: &Args) -> State {
    let found = files::find(&args.files).unwrap_or_default();
    let mut state = State::new();
    let mut add = |path: &Path| {
        let data = fs::metadata(path).ok();
        let data = data.and_then(|it| Some((it.modified().ok()?, it.len())));
        state.insert(path.to_owned(), data);
    };
    args.choice.config.iter().chain(&args.baseline).for_each(|it| add(it));
    for it in &found {
        add(&it.path);
        if args.choice.config.is_none()
            && !args.choice.isolated
            && let Ok(path) = it.path.canonicalize()
            && let Some(it) = config::nearest(&path)
        {
            add(&it);
        }
    }
    state
}
