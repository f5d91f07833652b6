//! The host's programs: what one needs around a build, and a word about the rest.

use super::{Screen, Terminal};
use crate::{
    engine::{Output, program::system},
    order::Set,
};

/// Every word that the host understands, for completion.
pub(super) const NAMES: &[&str] = &[
    "cat", "cd", "clear", "code", "docker", "echo", "env", "exit", "export", "false", "help",
    "history", "ls", "mkdir", "nano", "pwd", "rm", "touch", "true", "vi", "vim", "whoami",
];

/// Real programs that a learner may try here.
const REAL: &[&str] = &[
    "apt",
    "apt-get",
    "awk",
    "bash",
    "chmod",
    "chown",
    "cp",
    "curl",
    "find",
    "git",
    "grep",
    "head",
    "less",
    "make",
    "man",
    "mv",
    "node",
    "npm",
    "ping",
    "podman",
    "ps",
    "python",
    "python3",
    "sed",
    "sh",
    "ssh",
    "tail",
    "tar",
    "top",
    "traceroute",
    "wc",
    "wget",
    "which",
    "kubectl",
    "docker-compose",
];

/// Runs a program of the host.
pub(super) fn run(
    terminal: &mut Terminal,
    screen: &mut Screen,
    name: &str,
    args: &[String],
) -> Output {
    let first = args.iter().find(|it| !it.starts_with('-')).map(String::as_str);
    match name {
        "ls" => ls(terminal, args, first.unwrap_or(".")),
        "cat" => cat(terminal, args),
        "pwd" => Output::ok(terminal.host().absolute(".")),
        "cd" => cd(terminal, first.unwrap_or("~")),
        "echo" => system::echo(args),
        "printf" => system::printf(args),
        "true" | ":" => Output::default(),
        "false" => Output::default().exit(1),
        "whoami" => Output::ok("user"),
        "hostname" => Output::ok("node"),
        "env" | "printenv" => Output::ok(
            terminal.env.iter().map(|it| format!("{}={}\n", it.0, it.1)).collect::<String>(),
        ),
        "export" => export(terminal, args),
        "clear" => {
            screen.cleared = true;
            Output::default()
        }
        "history" => {
            let lines = (1..).zip(&terminal.history).map(|(at, it)| format!("{at:5}  {it}\n"));
            Output::ok(lines.collect::<String>())
        }
        "help" => help(),
        "nano" | "vi" | "vim" | "code" | "edit" => open(terminal, screen, name, first),
        "touch" | "mkdir" | "rm" => change(terminal, name, args),
        "exit" | "logout" => Output::default().note("This is the host's shell. It stays open."),
        _ if name.contains('=') && args.is_empty() => export(terminal, &[name.to_owned()]),
        _ if REAL.contains(&name) => Output::default()
            .note(format!(
                "Dockwright does not simulate `{name}` on the host. Type `help` for what it does."
            ))
            .exit(127),
        _ => Output::error(format!("bash: {name}: command not found"), 127),
    }
}

fn help() -> Output {
    Output::default().note(
        "Docker: docker pull, images, build, run, ps, push, login, logout, tag, rm, rmi, stop, logs, inspect, version.\n\
         Files: ls, cat FILE, pwd, cd, mkdir, touch, rm, echo TEXT > FILE, nano FILE (opens the editor).\n\
         Line: a && b, a || b, a ; b, $NAME, export NAME=value, history, clear.\n\
         Nothing runs on your computer.",
    )
}

fn ls(terminal: &Terminal, args: &[String], path: &str) -> Output {
    if args.iter().any(|it| it.starts_with('-') && it.contains('l')) {
        let note = "Dockwright lists names only: sizes and dates of files are not simulated.";
        let plain: Vec<String> = args.iter().filter(|it| !it.starts_with('-')).cloned().collect();
        return ls(terminal, &plain, path).note(note);
    }
    let missing =
        || Output::error(format!("ls: cannot access '{path}': No such file or directory"), 2);
    let Some(place) = terminal.host().locate(path) else { return missing() };
    if terminal.files.contains_key(&place) {
        return Output::ok(path);
    }
    let below = terminal.host().below(&place);
    let names: Set = below
        .keys()
        .filter_map(|it| it.split('/').next())
        .filter(|it| !it.is_empty() && !it.starts_with('.'))
        .map(str::to_owned)
        .collect();
    if names.is_empty() && !place.is_empty() && below.is_empty() {
        return missing();
    }
    Output::ok(names.into_iter().collect::<Vec<_>>().join("  "))
}

fn cat(terminal: &Terminal, args: &[String]) -> Output {
    let mut output = Output::default();
    for path in args {
        let found = terminal.host().locate(path).and_then(|it| terminal.files.get(&it));
        let exit = output.exit;
        output = match found {
            Some(text) => output.then(Output::ok(text.clone())).exit(exit),
            None => {
                output.then(Output::error(format!("cat: {path}: No such file or directory"), 1))
            }
        };
    }
    output
}

fn cd(terminal: &mut Terminal, path: &str) -> Output {
    let place = terminal.host().locate(path);
    match place.filter(|it| it.is_empty() || !terminal.host().below(it).is_empty()) {
        Some(place) => {
            terminal.directory = place;
            Output::default()
        }
        None => Output::error(format!("bash: cd: {path}: No such file or directory"), 1),
    }
}

fn export(terminal: &mut Terminal, args: &[String]) -> Output {
    for (name, value) in args.iter().filter_map(|it| it.split_once('=')) {
        terminal.env.insert(name.to_owned(), value.to_owned());
    }
    Output::default()
}

fn open(terminal: &mut Terminal, screen: &mut Screen, name: &str, file: Option<&str>) -> Output {
    let Some(file) = file else {
        return Output::default().note(format!("Name a file: `{name} Dockerfile`.")).exit(1);
    };
    match terminal.host().locate(file).filter(|it| !it.is_empty()) {
        Some(path) => {
            terminal.files.change(path.clone(), |_| {});
            screen.open = Some(path);
            Output::default()
        }
        None => Output::error(format!("{name}: {file}: Permission denied"), 1),
    }
}

fn change(terminal: &mut Terminal, name: &str, args: &[String]) -> Output {
    for path in args.iter().filter(|it| !it.starts_with('-')) {
        let Some(place) = terminal.host().locate(path).filter(|it| !it.is_empty()) else {
            return Output::error(format!("{name}: cannot change '{path}': Permission denied"), 1);
        };
        match name {
            "touch" => {
                terminal.files.change(place, |_| {});
            }
            // A directory is there as long as a file is in it: an empty, hidden one will do.
            "mkdir" => {
                terminal.files.change(format!("{place}/.keep"), |_| {});
            }
            _ => {
                let prefix = format!("{place}/");
                let recursive = args.iter().any(|it| it.starts_with('-') && it.contains('r'));
                let before = terminal.files.len();
                terminal
                    .files
                    .retain(|it, _| *it != place && !(recursive && it.starts_with(&prefix)));
                let force = args.iter().any(|it| it.starts_with('-') && it.contains('f'));
                if terminal.files.len() == before && !force {
                    let text = format!("rm: cannot remove '{path}': No such file or directory");
                    return Output::error(text, 1);
                }
            }
        }
    }
    Output::default()
}
