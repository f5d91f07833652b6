//! Programs that look at files and change them.

use super::{Foreground, Process, Ran, complain};
use crate::engine::{Output, packages};

const LISTS: &str = "/var/lib/apt/lists";

/// `ls [PATH…]`
pub fn ls(process: &Process, args: &[String]) -> Output {
    let long = args.iter().any(|it| it.starts_with('-') && it.contains('l'));
    if long {
        return super::not_simulated("ls -l");
    }
    let all = args.iter().any(|it| it.starts_with('-') && it.contains('a'));
    let mut paths: Vec<String> = args.iter().filter(|it| !it.starts_with('-')).cloned().collect();
    if paths.is_empty() {
        paths.push(".".to_owned());
    }
    let mut output = Output::default();
    let many = paths.len() > 1;
    for path in &paths {
        let absolute = process.path(path);
        let next = if let Some(names) = process.root.list(&absolute) {
            let shown = names.into_iter().filter(|it| all || !it.starts_with('.'));
            let names: Vec<String> = shown.collect();
            let separator = if process.tty { "  " } else { "\n" };
            let head = if many { format!("{path}:\n") } else { String::new() };
            Output::ok(if names.is_empty() { head } else { head + &names.join(separator) + "\n" })
        } else if process.root.has_program(&absolute) || process.root.files.contains_key(&absolute)
        {
            Output::ok(format!("{path}\n"))
        } else {
            complain(format!("ls: cannot access '{path}': No such file or directory"), 2)
        };
        let exit = output.exit.max(next.exit);
        output = output.then(next).exit(exit);
    }
    output
}

/// `cat PATH…`
pub fn cat(process: &Process, args: &[String]) -> Ran {
    if args.is_empty() && process.stdin {
        return Ran::Foreground(Output::default(), Foreground::Waiting("cat".to_owned()));
    }
    let mut output = Output::default();
    for path in args {
        let absolute = process.path(path);
        let next = match process.root.files.get(&absolute) {
            Some(text) => Output::ok(text.clone()),
            None if process.root.is_directory(&absolute) => {
                complain(format!("cat: {path}: Is a directory"), 1)
            }
            None if process.root.has_program(&absolute) => super::not_simulated("cat of a program"),
            None => complain(format!("cat: {path}: No such file or directory"), 1),
        };
        let exit = output.exit.max(next.exit);
        output = output.then(next).exit(exit);
    }
    Ran::Done(output)
}

/// `mkdir [-p] PATH…`
pub fn mkdir(process: &mut Process, args: &[String]) -> Output {
    let parents = args.iter().any(|it| it == "-p");
    for path in args.iter().filter(|it| !it.starts_with('-')) {
        let absolute = process.path(path);
        if process.root.is_directory(&absolute) && !parents {
            return complain(format!("mkdir: cannot create directory '{path}': File exists"), 1);
        }
        process.root_mut().directories.insert(absolute);
    }
    Output::default()
}

/// `touch PATH…`
pub fn touch(process: &mut Process, args: &[String]) -> Output {
    for path in args.iter().filter(|it| !it.starts_with('-')) {
        let absolute = process.path(path);
        process.root_mut().files.change(absolute, |_| {});
    }
    Output::default()
}

/// `rm [-rf] PATH…`; a final `/*` means what is in the directory.
pub fn rm(process: &mut Process, args: &[String]) -> Output {
    let flags: String = args.iter().filter(|it| it.starts_with('-')).map(String::as_str).collect();
    let (recursive, force) = (flags.contains('r') || flags.contains('R'), flags.contains('f'));
    let mut output = Output::default();
    for path in args.iter().filter(|it| !it.starts_with('-')) {
        let absolute = process.path(path);
        let directory = absolute.trim_end_matches("/*").to_owned();
        let is_directory = process.root.is_directory(&directory);
        if is_directory && recursive {
            remove_below(process, &directory);
        } else if is_directory {
            output =
                output.then(complain(format!("rm: cannot remove '{path}': Is a directory"), 1));
        } else {
            let root = process.root_mut();
            let found = root.files.remove(&absolute).is_some() | root.programs.remove(&absolute);
            if !found && !force {
                let text = format!("rm: cannot remove '{path}': No such file or directory");
                output = output.then(complain(text, 1));
            }
        }
    }
    output
}

fn remove_below(process: &mut Process, directory: &str) {
    let prefix = format!("{}/", directory.trim_end_matches('/'));
    if LISTS.starts_with(directory) && process.root.has_lists {
        process.root_mut().has_lists = false;
        process.grown -= i64::try_from(packages::all().lists).unwrap_or_default();
    }
    let root = process.root_mut();
    root.files.retain(|it, _| !it.starts_with(&prefix));
    root.programs.retain(|it| !it.starts_with(&prefix));
    root.directories.retain(|it| !it.starts_with(&prefix) && it != directory);
}
